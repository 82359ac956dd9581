//! Reads the files that warehouses send: bytes in, rows and problems out.
