//! The vocabulary of the program: pure types and rules, no input or output.
