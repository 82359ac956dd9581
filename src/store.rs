//! The local record: journal, order cache, batches, audit and settings in SQLite.
