//! The dialog with the bundle for support: everything that will be saved is read first, and nothing else is saved.

use egui::{Context, Frame, Id, Label, Layout, Margin, Modal, RichText, ScrollArea, Ui};

use crate::domain::plain_text;
use crate::engine::command::{Command, DiagnosticsAsk};
use crate::engine::snapshot::Bundle;
use crate::i18n::bundle_part_words;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, L, M, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary, secondary};

/// What stays free of the window beside the dialog.
const MARGIN: f32 = 96.0;
/// Height of everything in the dialog that is no text of a file.
const OTHERS: f32 = 320.0;
/// Height of the dialog's buttons, with its frame and what stays free above and below.
const BUTTONS: f32 = 168.0;
/// Width of the list of files.
const LIST: f32 = 220.0;
/// Lines of a file that are laid out at once.
const LINE: f32 = 18.0;

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Go on reading.
    Stay,
    /// Save nothing.
    Close,
    /// Save it.
    Save,
}

/// The open dialog.
#[derive(Debug, Default)]
pub struct Dialog {
    shown: usize,
    /// When the bundle before this one was made: that is not shown.
    before: Option<crate::domain::Timestamp>,
}

impl Dialog {
    /// Has a bundle put together.
    pub fn begin(cx: &mut Cx<'_>) -> Self {
        cx.send(Command::Diagnose(DiagnosticsAsk::PreviewBundle));
        Self {
            shown: 0,
            before: cx.snapshot.diagnostics.bundle.as_ref().map(|bundle| bundle.at),
        }
    }

    /// Paints it.
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> Wish {
        let bundle = cx.snapshot.diagnostics.bundle.clone();
        let bundle = bundle.filter(|bundle| Some(bundle.at) != self.before);
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
        let shown = Modal::new(Id::unique("bundle")).frame(frame).show(ctx, |ui| {
            let room = ctx.content_rect().size();
            ui.set_width((room.x - MARGIN).min(900.0));
            let height = (room.y - OTHERS).max(140.0);
            // In a much enlarged window what is read moves, and the buttons stay.
            ScrollArea::vertical()
                .id_salt("bundle-all")
                .max_height((room.y - BUTTONS).max(120.0))
                .show(ui, |ui| {
                    ui.label(RichText::new(cx.t("bundle-title")).heading());
                    ui.add_space(XS);
                    widgets::weak(ui, cx.t("bundle-text"));
                    ui.add_space(S);
                    match &bundle {
                        None => {
                            widgets::loading(ui, &cx.t("bundle-title"));
                        }
                        Some(bundle) => self.contents(ui, cx, bundle, height),
                    }
                });
            ui.add_space(L);
            let clean = bundle.as_ref().is_some_and(|bundle| bundle.leak.is_none());
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = M;
                let save = primary(cx.t("bundle-save")).icon(icons::ICON_SAVE).enabled(clean);
                let saves = ui.add(save).clicked();
                let closes = ui.add(secondary(cx.t("bundle-no"))).clicked();
                match (saves, closes) {
                    (true, _) => Wish::Save,
                    (false, true) => Wish::Close,
                    (false, false) => Wish::Stay,
                }
            })
            .inner
        });
        let wish = if shown.inner == Wish::Stay && shown.should_close() {
            Wish::Close
        } else {
            shown.inner
        };
        if wish == Wish::Close {
            cx.send(Command::Diagnose(DiagnosticsAsk::DropBundle));
        }
        wish
    }

    fn contents(&mut self, ui: &mut Ui, cx: &Cx<'_>, bundle: &Bundle, height: f32) {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(LIST);
                for (index, part) in bundle.parts.iter().enumerate() {
                    let args = [
                        ("name", bundle_part_words(cx.lang, part.name).into()),
                        ("size", kilobytes(part.text.len()).into()),
                    ];
                    let name = cx.ta("bundle-part", &args);
                    let choose = egui::Button::selectable(self.shown == index, name).wrap();
                    if ui.add(choose).clicked() {
                        self.shown = index;
                    }
                }
            });
            ui.add_space(M);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                let Some(part) = bundle.parts.get(self.shown) else {
                    return;
                };
                widgets::small(ui, part.name);
                let lines: Vec<&str> = part.text.lines().collect();
                ScrollArea::both()
                    .id_salt(part.name)
                    .auto_shrink([false, false])
                    .max_height(height)
                    .show_rows(ui, LINE, lines.len(), |ui, rows| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        for line in lines.get(rows).unwrap_or_default() {
                            let inset = line.len().saturating_sub(line.trim_start().len());
                            let words = plain_text::visible(line, 512);
                            let line = RichText::new(format!("{:inset$}{words}", "")).monospace();
                            let line = Label::new(line).selectable(true).extend();
                            ui.allocate_ui(egui::vec2(ui.available_width(), LINE), |ui| ui.add(line));
                        }
                    });
            });
        });
        ui.add_space(S);
        let (tone, icon, words) = match &bundle.leak {
            None => (Tone::Done, icons::ICON_CHECK_CIRCLE, cx.t("bundle-clean")),
            Some(leak) => {
                let args = [
                    ("part", leak.part.as_str().into()),
                    ("shape", leak.shape.word().into()),
                ];
                (Tone::Blocked, icons::ICON_ERROR, cx.ta("bundle-leak", &args))
            }
        };
        widgets::icon_line(ui, icon, tone, 20.0, |ui| {
            let ink = theme::palette(ui).text;
            ui.add(Label::new(RichText::new(words).color(ink)).wrap());
        });
    }
}

fn kilobytes(bytes: usize) -> String {
    format!("{} KB", bytes.div_ceil(1024))
}
