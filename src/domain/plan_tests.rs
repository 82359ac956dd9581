//! The plan as a table: rows in, verdicts out.
