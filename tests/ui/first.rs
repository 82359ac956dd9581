//! What the window knows when nobody has worked in its folder yet.

use std::sync::Arc;

use fahuo::engine::Snapshot;

/// The engine runs, and there is nothing.
pub fn start() -> Snapshot {
    let mut snapshot = Snapshot::default();
    Arc::make_mut(&mut snapshot.session).data_dir = "/data".into();
    snapshot
}
