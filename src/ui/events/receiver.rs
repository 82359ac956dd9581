//! The door for a relay: off until a person opens it. Token and key leave the form the moment they are saved, and cannot
//! be brought back by undo.

use egui::Ui;

use crate::engine::command::{Command, EventsAsk, ReceiverEdit};
use crate::engine::notice::{EventsSaid, Notice};
use crate::engine::snapshot::{ReceiverStanding, ReceiverTrouble, ReceiverView};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary, quiet, secondary};

/// The port that is proposed.
const USUAL_PORT: u16 = 8089;

/// What is typed about the door.
#[derive(Default)]
pub struct Form {
    port: String,
    token: String,
    aes_key: String,
    filled_from: Option<ReceiverView>,
    trouble: Option<ReceiverTrouble>,
}

impl std::fmt::Debug for Form {
    /// Without what is secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        if let Notice::Events(EventsSaid::ReceiverNotSaved(trouble)) = notice {
            self.trouble = Some(*trouble);
        } else if matches!(notice, Notice::Saved | Notice::SecretNotKept) {
            self.trouble = None;
        }
    }

    /// Paints the card.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let receiver = cx.snapshot.events.receiver.clone();
        self.follow(&receiver);
        widgets::section(ui, &cx.t("events-door"), |ui| {
            standing(ui, cx, receiver.standing);
            ui.add_space(S);
            self.fields(ui, cx, &receiver);
            if self.trouble == Some(ReceiverTrouble::NoAccount) {
                widgets::weak(ui, cx.t("events-door-no-account"));
            }
            widgets::row(ui, theme::BUTTON, |ui| self.buttons(ui, cx, &receiver));
            ui.add_space(S);
            widgets::weak(ui, cx.t("events-door-note"));
        });
    }

    /// What is being typed is not overwritten by anything but a change of what is kept.
    fn follow(&mut self, receiver: &ReceiverView) {
        let same = |known: &ReceiverView| known.port == receiver.port && known.on == receiver.on;
        if !self.filled_from.as_ref().is_some_and(same) {
            let port = match receiver.port {
                0 => USUAL_PORT,
                port => port,
            };
            self.port = port.to_string();
            self.filled_from = Some(receiver.clone());
        }
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>, receiver: &ReceiverView) {
        let name = cx.t("events-port");
        let wrong = cx.t("events-port-wrong");
        let note = self.port().is_none().then_some((Tone::Blocked, wrong.as_str()));
        widgets::field(ui, &name, note, |ui| {
            widgets::text_field(ui, &mut self.port, &name, "", 96.0);
        });
        let note = |trouble: ReceiverTrouble, note: &str, wrong: &str| {
            if self.trouble == Some(trouble) {
                (Tone::Blocked, cx.t(wrong))
            } else {
                (Tone::Neutral, cx.t(note))
            }
        };
        let token = note(ReceiverTrouble::Token, "events-token-note", "events-token-wrong");
        let key = note(
            ReceiverTrouble::AesKey,
            "events-aes-key-note",
            "events-aes-key-wrong",
        );
        let kept = |is_kept: bool| {
            if is_kept {
                cx.t("settings-secret-kept")
            } else {
                String::new()
            }
        };
        secret(
            ui,
            &mut self.token,
            token_id(),
            &cx.t("events-token"),
            &token,
            kept(receiver.has_token),
        );
        secret(
            ui,
            &mut self.aes_key,
            key_id(),
            &cx.t("events-aes-key"),
            &key,
            kept(receiver.has_aes_key),
        );
    }

    fn port(&self) -> Option<u16> {
        self.port.trim().parse().ok().filter(|port| *port > 0)
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, receiver: &ReceiverView) {
        let has_token = receiver.has_token || !self.token.trim().is_empty();
        let port = self.port();
        let id = if receiver.on {
            "events-door-save"
        } else {
            "events-door-open"
        };
        let save = primary(cx.t(id)).enabled(has_token && port.is_some());
        if ui.add(save).clicked() {
            let edit = ReceiverEdit {
                on: true,
                port: port.unwrap_or(USUAL_PORT),
                token: widgets::take_secret(&mut self.token),
                aes_key: widgets::take_secret(&mut self.aes_key),
                forget_keys: false,
            };
            self.trouble = None;
            cx.send(Command::Events(EventsAsk::SaveReceiver(edit)));
            widgets::forget_typed(ui.ctx(), [token_id(), key_id()]);
        }
        if receiver.on {
            let close = secondary(cx.t("events-door-close"));
            if ui.add(close).clicked() {
                cx.send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
                    port: receiver.port,
                    ..ReceiverEdit::default()
                })));
            }
        } else if receiver.has_token || receiver.has_aes_key {
            let forget = quiet(cx.t("events-door-forget")).icon(icons::ICON_DELETE);
            if ui.add(forget).clicked() {
                cx.send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
                    port: receiver.port,
                    forget_keys: true,
                    ..ReceiverEdit::default()
                })));
            }
        }
    }
}

fn secret(ui: &mut Ui, value: &mut String, id: egui::Id, name: &str, note: &(Tone, String), hint: String) {
    widgets::field(ui, name, Some((note.0, &note.1)), |ui| {
        widgets::secret_field(ui, id, value, name, hint);
    });
}

/// Whether the door is open, in plain words, with the address for the relay.
fn standing(ui: &mut Ui, cx: &Cx<'_>, standing: ReceiverStanding) {
    let (tone, icon, id) = match standing {
        ReceiverStanding::Closed => (Tone::Neutral, icons::ICON_LINK_OFF, "events-door-closed"),
        ReceiverStanding::NoToken => (Tone::Blocked, icons::ICON_KEY, "events-door-no-token"),
        ReceiverStanding::Opening => (Tone::Info, icons::ICON_HOURGLASS_TOP, "events-door-opening"),
        ReceiverStanding::Open(_) => (Tone::Done, icons::ICON_LINK, "events-door-is-open"),
        ReceiverStanding::PortTaken => (Tone::Blocked, icons::ICON_WARNING, "events-door-port-taken"),
    };
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.spacing_mut().item_spacing.y = XS;
        widgets::strong(ui, cx.t(id));
        if let ReceiverStanding::Open(port) = standing {
            widgets::copyable(ui, &format!("http://127.0.0.1:{port}/"), &cx.t("copy"));
        }
    });
}

fn token_id() -> egui::Id {
    egui::Id::unique("events-token")
}

fn key_id() -> egui::Id {
    egui::Id::unique("events-aes-key")
}
