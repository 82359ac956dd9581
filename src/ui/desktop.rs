//! Messages of the system, for a person who does not look at the window. They are sent by a thread of their own,
//! because the service behind them may be slow or missing; then nothing is said and nothing waits.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::theme::Tone;
use crate::domain::Alert;
use crate::i18n::{self, Arg, Lang, format};

/// A message: a title and a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub title: String,
    /// What was or was not sent, and what to do.
    pub body: String,
}

/// How a message is shown; tests put their own function here.
pub type Show = fn(&Message);

/// Where messages go.
#[derive(Debug)]
pub struct Desktop {
    show: Show,
    worker: Option<Sender<Message>>,
    /// The window has the keyboard, so nobody needs to be called.
    pub in_front: bool,
}

impl Default for Desktop {
    fn default() -> Self {
        Self::with(system)
    }
}

impl Desktop {
    /// Messages go to this function, on a thread of its own.
    pub fn with(show: Show) -> Self {
        Self {
            show,
            worker: None,
            in_front: false,
        }
    }

    /// Shows a message; never waits for it.
    pub fn say(&mut self, message: Message) {
        if self.worker.is_none() {
            let (sender, messages) = channel::<Message>();
            let show = self.show;
            let started = thread::Builder::new()
                .name("desktop-notes".into())
                .spawn(move || {
                    for message in messages {
                        show(&message);
                    }
                });
            self.worker = started.ok().map(|_thread| sender);
        }
        if let Some(worker) = &self.worker {
            // A thread that has ended is a message that nobody sees, as without a service.
            drop(worker.send(message));
        }
    }
}

/// The words of an alert and how they strike the eye.
pub fn words(alert: &Alert, lang: Lang) -> (Tone, Message) {
    let say = |id: &str, args: &[(&str, Arg)]| i18n::text_with(lang, id, args);
    let number = |count: usize| [("count", format::count(count).into())];
    let (tone, title, body) = match alert {
        Alert::Soon(count) => (
            Tone::Warn,
            say("alert-soon", &number(*count)),
            say("alert-soon-then", &[]),
        ),
        Alert::Late(count) => (
            Tone::Blocked,
            say("alert-late", &number(*count)),
            say("alert-late-then", &[]),
        ),
        Alert::NeedPerson(count) => (
            Tone::Person,
            say("alert-person", &number(*count)),
            say("alert-person-then", &[]),
        ),
        Alert::BatchDone(counts) => {
            let left = [counts.refused, counts.unclear, counts.needs_person];
            let left = left.into_iter().fold(0, usize::saturating_add);
            let args = [
                ("shipped", format::count(counts.shipped).into()),
                ("left", format::count(left).into()),
            ];
            (
                Tone::Done,
                say("alert-batch", &[]),
                say("alert-batch-then", &args),
            )
        }
        Alert::AccountStopped(failure) => {
            let why = i18n::explain_failure(lang, failure).title;
            (
                Tone::Blocked,
                say("alert-account", &[("why", why.into())]),
                say("alert-account-then", &[]),
            )
        }
    };
    (tone, Message { title, body })
}

/// The service of the system. Its failures are silent: the same is said in the window.
fn system(message: &Message) {
    let mut note = notify_rust::Notification::new();
    note.appname("发货台").summary(&message.title).body(&message.body);
    drop(note.show());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CallFailure, Counts, FailureKind};

    #[test]
    fn every_alert_has_words_in_both_languages_and_no_long_number() {
        let stopped = CallFailure {
            rid: Some("65a1b2c3-1d2e3f-12345678901234".into()),
            ..CallFailure::of(FailureKind::IpNotAllowed {
                ip: Some("203.0.113.7".into()),
            })
        };
        for lang in Lang::ALL {
            for alert in [
                Alert::Soon(2),
                Alert::Late(12_345),
                Alert::NeedPerson(1),
                Alert::BatchDone(Counts::default()),
                Alert::AccountStopped(stopped.clone()),
            ] {
                let (_, message) = words(&alert, lang);
                let said = format!("{} {}", message.title, message.body);
                assert!(!message.title.is_empty() && !message.body.is_empty(), "{alert:?}");
                assert!(!said.contains("alert-"), "{said}");
                let longest = said.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
                assert!(longest.unwrap_or(0) <= 6, "{said}");
            }
        }
    }
}
