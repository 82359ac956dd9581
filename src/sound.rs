//! Short sounds for people who look at parcels and not at the screen. They are made here and given to the player that
//! the system has; where there is none, it stays silent. Apart from the window, which must never wait for a sound.

mod player;
mod wave;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use player::Player;

/// A sound, the mildest first. No two are alike in pitch, length and number of tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sound {
    /// Taken: one short high tone.
    Taken,
    /// Complete: two rising tones.
    Done,
    /// Look up: two equal tones of middle pitch.
    Warning,
    /// Refused: one long, low and rough tone.
    Refusal,
}

impl Sound {
    /// All sounds, the mildest first.
    pub const ALL: [Self; 4] = [Self::Taken, Self::Done, Self::Warning, Self::Refusal];
}

/// Plays sounds on a thread of its own, one after the other; what comes while one is played is cut down to the
/// gravest, so that fast work does not make a queue of beeps.
#[derive(Debug, Default)]
pub struct Speaker {
    plays: bool,
    to: Option<Sender<Sound>>,
    silent: Arc<AtomicBool>,
}

impl Speaker {
    /// A speaker that gives its sounds to the system's player; the thread begins with the first sound.
    pub fn system() -> Self {
        Self {
            plays: true,
            ..Self::default()
        }
    }

    /// A speaker that gives its sounds to this channel; for tests.
    pub fn into_channel(to: Sender<Sound>) -> Self {
        Self {
            plays: true,
            to: Some(to),
            ..Self::default()
        }
    }

    /// Plays a sound soon; never waits.
    pub fn play(&mut self, sound: Sound) {
        if !self.plays {
            return;
        }
        let to = self.to.get_or_insert_with(|| begin(Arc::clone(&self.silent)));
        if to.send(sound).is_err() {
            self.silent.store(true, Ordering::Relaxed);
        }
    }

    /// The system has no player, or none that works.
    pub fn is_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed)
    }
}

fn begin(silent: Arc<AtomicBool>) -> Sender<Sound> {
    let (to, from) = channel();
    let started = thread::Builder::new()
        .name("sounds".into())
        .spawn(move || serve(&from, &silent));
    // Without a thread nothing receives, and the next sound notices.
    drop(started);
    to
}

fn serve(from: &Receiver<Sound>, silent: &AtomicBool) {
    let mut player = Player::find();
    while let Ok(first) = from.recv() {
        let sound = from.try_iter().fold(first, Sound::max);
        let heard = player.as_mut().is_some_and(|player| player.play(sound));
        silent.store(!heard, Ordering::Relaxed);
        if !heard {
            // What has failed once is not tried at every scan.
            player = None;
        }
    }
}
