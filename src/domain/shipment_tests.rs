//! The state machine as a table of cases.
