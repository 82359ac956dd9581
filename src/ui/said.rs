//! Paints what the models say: their tones become the theme's. Apart from the models, which know no colours,
//! and from the theme, which knows no models.

use egui::{Label, Response, RichText, Ui};

use super::orders::model::{Said, Tone};
use super::{theme, widgets};

/// The theme's tone of a model's tone.
pub fn tone(tone: Tone) -> theme::Tone {
    match tone {
        Tone::Plain | Tone::Quiet => theme::Tone::Neutral,
        Tone::Ready => theme::Tone::Ready,
        Tone::Busy => theme::Tone::Info,
        Tone::Good => theme::Tone::Done,
        Tone::Warn => theme::Tone::Warn,
        Tone::Bad => theme::Tone::Blocked,
        Tone::Unclear => theme::Tone::Unclear,
        Tone::Person => theme::Tone::Person,
    }
}

/// A pill; nothing when there are no words.
pub fn pill(ui: &mut Ui, said: &Said) {
    if !said.text.is_empty() {
        widgets::badge(ui, tone(said.tone), &said.text);
    }
}

/// Words in the colour of their tone.
pub fn words(said: &Said, ui: &Ui) -> RichText {
    let palette = theme::palette(ui);
    let colour = match said.tone {
        Tone::Plain => palette.text,
        Tone::Quiet => palette.weak,
        Tone::Ready | Tone::Busy | Tone::Good | Tone::Warn | Tone::Bad | Tone::Unclear | Tone::Person => {
            palette.tone(tone(said.tone)).ink
        }
    };
    RichText::new(&said.text).color(colour)
}

/// One line that is cut where the place ends.
pub fn line(ui: &mut Ui, said: &Said) -> Response {
    let words = words(said, ui);
    ui.add(Label::new(words).truncate())
}

/// A note under a field or a heading, as long as it needs to be.
pub fn note(ui: &mut Ui, said: &Said) -> Response {
    let words = words(said, ui).small();
    ui.add(Label::new(words).wrap())
}
