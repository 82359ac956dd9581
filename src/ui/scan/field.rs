//! The field that a scanner types into. It takes its keys before any other widget sees them, so that no letter of a
//! fast scan is lost, no input method makes words of digits, and Enter or Tab always end a scan.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Event, FontId, Id, ImeEvent, Key, Modifiers, TextEdit, Ui, WidgetInfo, vec2};

use crate::domain::scan::Rhythm;
use crate::ui::theme;

/// One finished scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finished {
    /// What was read.
    pub text: String,
    /// The piece of a broken scan that stood before it; mostly empty.
    pub left_out: String,
    /// When it ended, by the window's clock.
    pub millis: u64,
}

/// The field.
#[derive(Debug, Default)]
pub(super) struct Field {
    text: String,
    rhythm: Rhythm,
    finished: Vec<Finished>,
    /// Keys go to it: no other field and no dialog has the keyboard.
    listens: bool,
    wants_focus: bool,
    keeps_tab: bool,
}

impl Field {
    fn id() -> Id {
        Id::unique("scan-field")
    }

    /// Takes the keys of this frame before anything is painted: a button that has the keyboard must not be pressed by
    /// the Enter of a scan.
    ///
    /// `own_dialog`: the sheet of commands is shown, and may be read from the screen.
    pub(super) fn listen(&mut self, ctx: &Context, own_dialog: bool) {
        let focused = ctx.memory(egui::Memory::focused);
        let has_focus = focused == Some(Self::id());
        let other_field = focused.is_some() && !has_focus && ctx.text_edit_focused();
        self.listens =
            !other_field && (own_dialog || ctx.memory(|memory| memory.top_modal_layer().is_none()));
        self.wants_focus = false;
        self.keeps_tab = !self.text.is_empty();
        if self.listens {
            let before = self.text.clone();
            let known = self.finished.len();
            self.take_keys(ctx, has_focus);
            let taken = self.text != before || self.finished.len() != known;
            let clicked = ctx.input(|input| input.pointer.any_released());
            self.wants_focus = taken || clicked || focused.is_none();
            if taken {
                self.caret_to_end(ctx);
            }
        }
    }

    /// The scans that are finished, in their order.
    pub(super) fn take_finished(&mut self) -> Vec<Finished> {
        std::mem::take(&mut self.finished)
    }

    /// Paints the field.
    pub(super) fn ui(&mut self, ui: &mut Ui, name: &str, hint: &str) {
        let field = TextEdit::singleline(&mut self.text)
            .id(Self::id())
            .font(FontId::monospace(20.0))
            .hint_text(hint)
            // Tab ends a scan; in an empty field it leads on as everywhere.
            .lock_focus(self.keeps_tab)
            .desired_width(f32::INFINITY)
            .margin(vec2(14.0, 11.0));
        let response = ui.add(field);
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.has_focus() {
            // A scanner types keys; an input method would take them for words.
            ui.output_mut(|output| output.ime = None);
        }
        if response.changed() && self.text.is_empty() {
            self.rhythm.clear();
        }
        let shown = self.text.clone();
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, &shown, &shown, name);
            info.label = Some(name.to_owned());
            info
        });
        if self.listens {
            let stroke = egui::Stroke::new(2.0, theme::palette(ui).accent);
            let rounding = egui::CornerRadius::same(theme::ROUND_SMALL);
            ui.painter()
                .rect_stroke(response.rect, rounding, stroke, egui::StrokeKind::Inside);
        }
    }

    /// Takes the keys of this frame, as many scans as they are.
    fn take_keys(&mut self, ctx: &Context, has_focus: bool) {
        ctx.input_mut(|input| {
            let millis = millis(input.time);
            input.events.retain(|event| !self.takes(event, millis, has_focus));
        });
    }

    /// Takes one event; `true` when it was meant for the field.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "events are the toolkit's, and all others stay where they are"
    )]
    fn takes(&mut self, event: &Event, millis: u64, has_focus: bool) -> bool {
        match event {
            Event::Text(text) | Event::Ime(ImeEvent::Commit(text)) => {
                // Space presses a button that has the keyboard.
                let is_blank = self.text.is_empty() && text.trim().is_empty();
                if !is_blank {
                    self.push(text, millis);
                }
                has_focus || !is_blank
            }
            Event::Paste(text) => {
                let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                for line in lines.by_ref() {
                    self.push(line, millis);
                    if text.trim().contains(['\n', '\r']) {
                        self.finish(millis);
                    }
                }
                true
            }
            Event::Ime(_) => true,
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => self.key(*key, *modifiers, millis, has_focus),
            _ => false,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "keys are the toolkit's, and all others stay where they are"
    )]
    fn key(&mut self, key: Key, modifiers: Modifiers, millis: u64, has_focus: bool) -> bool {
        if modifiers.any() {
            return false;
        }
        let holds = !self.text.is_empty();
        match key {
            Key::Enter | Key::Tab if holds => {
                self.finish(millis);
                true
            }
            // Otherwise Enter would take the keyboard out of the field.
            Key::Enter => has_focus,
            Key::Escape if holds => {
                self.clear();
                true
            }
            Key::Backspace if holds && !has_focus => {
                self.text.pop();
                true
            }
            _ => false,
        }
    }

    fn push(&mut self, text: &str, millis: u64) {
        self.text.push_str(text);
        self.rhythm.beat(self.text.chars().count(), millis);
    }

    fn finish(&mut self, millis: u64) {
        let left = self.rhythm.left_over();
        let text: String = self.text.chars().skip(left).collect();
        let left_out: String = self.text.chars().take(left).collect();
        self.clear();
        if !text.trim().is_empty() {
            self.finished.push(Finished {
                text,
                left_out,
                millis,
            });
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.rhythm.clear();
    }

    fn caret_to_end(&self, ctx: &Context) {
        let id = Self::id();
        let mut state = TextEditState::load(ctx, id).unwrap_or_default();
        let end = CCursor::new(self.text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::one(end)));
        state.store(ctx, id);
    }
}

/// Milliseconds of the window's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the window's clock counts up from zero"
)]
fn millis(secs: f64) -> u64 {
    (secs * 1000.0) as u64
}
