//! Ctrl-C as a question that a loop can ask, so that answers on their way are still recorded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a person or the system asked this program to stop.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Where it cannot listen, Ctrl-C ends the program at once, which the journal
    /// survives as well.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        let asked = Arc::clone(&interrupt.asked);
        let listener = std::thread::Builder::new()
            .name("ctrl-c".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                if let Ok(runtime) = runtime
                    && runtime.block_on(signal()).is_ok()
                {
                    asked.store(true, Ordering::SeqCst);
                }
            });
        // Without a thread there is nobody to listen; see above.
        drop(listener);
        interrupt
    }

    /// As if somebody had asked.
    #[cfg(test)]
    pub fn press(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Somebody asked.
    pub fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}

#[cfg(unix)]
async fn signal() -> std::io::Result<()> {
    let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = term.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
