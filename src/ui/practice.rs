//! Practice with made-up orders from inside the window: the engine of the shop ends, one on the pretend WeChat takes
//! its place, and the other way round. Both happen on a thread of their own, because an engine waits for the answers
//! that are on their way.

use std::any::Any;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::Context;

use crate::engine::Handle;

/// With what an engine works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The shop's own journal and WeChat.
    Work,
    /// Made-up orders and the pretend WeChat, in a folder that goes away.
    Practice,
}

/// A started engine, and what must live as long as it does.
#[derive(Debug)]
pub struct Running {
    /// The engine.
    pub handle: Handle,
    /// The pretend WeChat with its folder, or nothing.
    pub keeps: Box<dyn Any + Send>,
}

/// Starts an engine.
type Start = dyn Fn(Mode) -> Result<Running, String> + Send + Sync;

/// How an engine is started; the program gives it, because the window knows neither folders nor the simulator.
#[derive(Clone)]
pub struct Starter(Arc<Start>);

impl std::fmt::Debug for Starter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Starter")
    }
}

impl Starter {
    /// From a function; what it returns as an error is shown as it is.
    pub fn new(start: impl Fn(Mode) -> Result<Running, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(start))
    }
}

/// What a change of engines has given.
#[derive(Debug)]
pub struct Changed {
    /// The engine that works now, and with what; `None` when none could be started.
    pub running: Option<(Mode, Running)>,
    /// What stood in the way of the one that was asked for.
    pub failed: Option<String>,
}

/// The change from one engine to the other.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is about another step of the change"
)]
pub struct Change {
    coming: Option<Receiver<Changed>>,
    /// The first steps are shown as soon as it is known that nobody has worked in this folder.
    pub greets: bool,
    /// A person wants it in this frame.
    pub wanted: bool,
    /// No engine could be started: whatever is asked for from now on has nowhere to go.
    pub is_stranded: bool,
    /// As soon as it is known, it is said which mode has begun.
    pub tells: bool,
}

impl Change {
    /// One engine has ended or is ending, the next is not there yet.
    pub fn is_under_way(&self) -> bool {
        self.coming.is_some()
    }

    /// Ends the old engine and starts one of this mode; when that cannot be started, the other mode again.
    pub fn begin(&mut self, starter: &Starter, mode: Mode, old: Option<Running>, ctx: &Context) {
        let (sender, receiver) = channel();
        let (start, ctx) = (Arc::clone(&starter.0), ctx.clone());
        let work = move || {
            if let Some(Running { handle, keeps }) = old {
                // The engine first: it waits for its last answers from what is kept.
                drop(handle);
                drop(keeps);
            }
            let changed = match start(mode) {
                Ok(running) => Changed {
                    running: Some((mode, running)),
                    failed: None,
                },
                Err(words) => Changed {
                    running: start(other(mode)).ok().map(|running| (other(mode), running)),
                    failed: Some(words),
                },
            };
            // The window may be gone by now; then nobody needs the engine.
            drop(sender.send(changed));
            ctx.request_repaint();
        };
        // Without a thread nobody sends, which is told like an engine that could not be started.
        drop(thread::Builder::new().name("change-engine".into()).spawn(work));
        self.coming = Some(receiver);
    }

    /// The result, once.
    pub fn poll(&mut self) -> Option<Changed> {
        let changed = match self.coming.as_ref()?.try_recv() {
            Ok(changed) => changed,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Changed {
                running: None,
                failed: Some(String::new()),
            },
        };
        self.coming = None;
        Some(changed)
    }
}

fn other(mode: Mode) -> Mode {
    match mode {
        Mode::Work => Mode::Practice,
        Mode::Practice => Mode::Work,
    }
}
