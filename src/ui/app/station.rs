//! The scanner station within the window: it takes its keys before anything is painted, and its sounds are played.

use egui::Ui;

use super::App;
use crate::sound::Speaker;
use crate::ui::nav::Page;
use crate::ui::pane::Cx;
use crate::ui::scan;

impl App {
    /// Plays its sounds here; without this it is silent.
    #[must_use]
    pub fn with_speaker(mut self, speaker: Speaker) -> Self {
        self.speaker = speaker;
        self
    }

    /// The scanner station; for tests of what it keeps.
    pub fn scan(&self) -> &scan::Pane {
        &self.scan
    }

    /// Follows what was scanned, on every page, and takes the scanner's keys on its own.
    pub(super) fn listen(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        self.scan.follow(cx);
        if self.page == Page::Scan {
            self.scan.listen(ui, cx);
        }
    }

    /// Plays what there is to hear.
    pub(super) fn sound(&mut self) {
        for sound in self.scan.take_sounds() {
            self.speaker.play(sound);
        }
    }
}
