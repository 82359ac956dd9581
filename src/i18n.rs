//! Words in both languages. Errors carry meaning; this module turns meaning into text.
