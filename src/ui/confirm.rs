//! The dialog before something that costs: it says what will happen, and closing it in any way means No.

use egui::{
    Context, Frame, Id, Key, Label, Layout, Margin, Modal, Modifiers, RichText, ScrollArea, Ui, vec2,
};

use super::theme::{self, L, M, S, XS};
use super::widgets::{danger, primary, secondary, text_field};

/// What stays free of the window beside the dialog.
const MARGIN: f32 = 96.0;
/// Height of everything in the dialog and around it that is no comparison.
const OTHERS: f32 = 420.0;

/// A question that waits for an answer.
#[derive(Clone, Debug, Default)]
pub struct Confirm {
    /// The question, as a heading.
    pub title: String,
    /// What will happen and what cannot be undone.
    pub body: Vec<String>,
    /// The word on the button that does it; a number that costs something stands on it.
    pub yes: String,
    /// The word on the other button.
    pub no: String,
    /// It destroys or spends something.
    pub costly: bool,
    /// What must be typed before *yes* can be pressed: the prompt and the expected text.
    pub typed: Option<(String, String)>,
    /// What has been typed so far.
    pub input: String,
    /// It compares two sides, so it needs room.
    pub wide: bool,
}

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// Do it.
    Yes,
    /// Do not: the other button, Esc, or a click outside.
    No,
}

impl Confirm {
    /// Shows the dialog; `extra` paints what should be compared below the sentences.
    pub fn show(&mut self, ctx: &Context, extra: impl FnOnce(&mut Ui)) -> Answer {
        let palette = if ctx.theme() == egui::Theme::Dark {
            &theme::DARK
        } else {
            &theme::LIGHT
        };
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
        // Each question is a window of its own: one would else be painted at the place and height of the one before.
        let modal = Modal::new(Id::unique("confirm").with(&self.title))
            .frame(frame)
            .backdrop_color(palette.veil);
        let shown = modal.show(ctx, |ui| {
            let room = ctx.content_rect().size();
            let width = if self.wide { 720.0_f32 } else { 460.0 };
            ui.set_width(width.min(room.x - MARGIN));
            ui.label(RichText::new(&self.title).heading());
            ui.add_space(XS);
            for line in &self.body {
                ui.add(Label::new(line).wrap());
            }
            // A long comparison scrolls; the buttons stay where they are.
            ScrollArea::vertical()
                .max_height((room.y - OTHERS).max(96.0))
                .show(ui, extra);
            let mut allowed = true;
            if let Some((prompt, expected)) = &self.typed {
                ui.add_space(S);
                ui.add(Label::new(prompt).wrap());
                let field = text_field(ui, &mut self.input, prompt, "", 200.0);
                if ui.memory(|memory| memory.focused().is_none()) {
                    // By keys alone: type, then Tab to one of the buttons.
                    field.request_focus();
                }
                if field.has_focus() {
                    // Digits only: an input method would take them away.
                    ui.output_mut(|output| output.ime = None);
                }
                allowed = self.input.trim() == expected;
            }
            ui.add_space(L);
            // As high as a button: a layout that fills the room would keep the height that the dialog once had.
            let line = vec2(ui.available_width(), theme::BUTTON);
            ui.allocate_ui_with_layout(line, Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = M;
                let yes = if self.costly {
                    danger(&self.yes)
                } else {
                    primary(&self.yes)
                };
                let pressed = ui.add(yes.enabled(allowed)).clicked();
                let refuse = ui.add(secondary(&self.no));
                if ui.memory(|memory| memory.focused().is_none()) && self.typed.is_none() {
                    // Enter and Space by habit must not spend anything.
                    refuse.request_focus();
                }
                match (pressed, refuse.clicked()) {
                    (true, _) => Answer::Yes,
                    (false, true) => Answer::No,
                    (false, false) => Answer::Open,
                }
            })
            .inner
        });
        // Also while a field in the dialog has the keyboard.
        let escaped = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if shown.inner == Answer::Open && (escaped || shown.should_close()) {
            return Answer::No;
        }
        shown.inner
    }
}
