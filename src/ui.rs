//! The window: panes that paint a snapshot and collect commands.
