//! The command line: arguments become commands, snapshots become text or JSON.
