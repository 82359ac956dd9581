//! One event loop that alone writes to the store and starts calls.
