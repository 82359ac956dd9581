//! The dialog about a request id: it is typed or came with an error, and WeChat tells what it received.

use egui::{Context, Frame, Id, Key, Label, Layout, Margin, Modal, RichText, ScrollArea, Ui};

use crate::domain::{RidRecord, plain_text};
use crate::engine::command::{Command, DiagnosticsAsk};
use crate::engine::snapshot::RidAnswer;
use crate::i18n::{explain_failure, format};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, L, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary, quiet, secondary};

/// What stays free of the window beside the dialog.
const MARGIN: f32 = 96.0;
/// Height of everything in the dialog that is no answer.
const OTHERS: f32 = 330.0;
/// So many signs of a text are shown.
const MOST_SIGNS: usize = 8192;

/// The open dialog.
#[derive(Debug, Default)]
pub struct Dialog {
    typed: String,
    /// The question was sent, so an older answer is not shown.
    asked: bool,
}

impl Dialog {
    /// A dialog about this id, which is asked at once; an empty one is typed first.
    pub fn about(rid: String, cx: &mut Cx<'_>) -> Self {
        let asked = !rid.is_empty();
        if asked {
            cx.send(Command::Diagnose(DiagnosticsAsk::Rid(rid.clone())));
        }
        Self { typed: rid, asked }
    }

    /// Paints it; `false` when it is to be closed.
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
        let shown = Modal::new(Id::unique("rid")).frame(frame).show(ctx, |ui| {
            let room = ctx.content_rect().size();
            ui.set_width((room.x - MARGIN).min(680.0));
            ui.label(RichText::new(cx.t("rid-title")).heading());
            ui.add_space(XS);
            widgets::weak(ui, cx.t("rid-text"));
            ui.add_space(S);
            self.question(ui, cx);
            ui.add_space(S);
            ScrollArea::vertical()
                .max_height((room.y - OTHERS).max(140.0))
                .show(ui, |ui| {
                    if self.asked {
                        answer(ui, cx);
                    }
                });
            ui.add_space(L);
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let close = ui.add(secondary(cx.t("rid-close"))).clicked();
                if let RidAnswer::Found { rid, record } = &cx.snapshot.diagnostics.rid
                    && self.asked
                    && ui
                        .add(quiet(cx.t("rid-copy")).icon(icons::ICON_CONTENT_COPY))
                        .clicked()
                {
                    ui.copy_text(all(cx, rid, record));
                }
                close
            })
            .inner
        });
        !(shown.inner || shown.should_close())
    }

    fn question(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let name = cx.t("rid-field");
        widgets::row(ui, theme::BUTTON, |ui| {
            let width = (ui.available_width() - 140.0).max(200.0);
            let field = widgets::text_field(ui, &mut self.typed, &name, "65f1a2b3-0a1b2c3d-4e5f6071", width);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let can = !self.typed.trim().is_empty();
            let ask = primary(cx.t("rid-ask")).icon(icons::ICON_SEARCH).enabled(can);
            if (ui.add(ask).clicked() || entered) && can {
                self.asked = true;
                cx.send(Command::Diagnose(DiagnosticsAsk::Rid(self.typed.clone())));
            }
        });
    }
}

fn answer(ui: &mut Ui, cx: &Cx<'_>) {
    match &cx.snapshot.diagnostics.rid {
        RidAnswer::Nothing => {}
        RidAnswer::NoRid(_) => {
            widgets::icon_line(ui, icons::ICON_ERROR, Tone::Blocked, 20.0, |ui| {
                ui.add(Label::new(cx.t("rid-wrong")).wrap());
            });
        }
        RidAnswer::Asking(_) => {
            widgets::loading(ui, &cx.t("rid-asking"));
        }
        RidAnswer::Failed { failure, .. } => {
            let words = explain_failure(cx.lang, failure);
            widgets::icon_line(ui, icons::ICON_ERROR, Tone::Blocked, 20.0, |ui| {
                ui.spacing_mut().item_spacing.y = XS;
                widgets::strong(ui, &words.title);
                for line in [&words.detail, &words.action] {
                    if !line.is_empty() {
                        widgets::weak(ui, line);
                    }
                }
                if !words.code.is_empty() {
                    widgets::small(ui, &words.code);
                }
            });
        }
        RidAnswer::Found { record, .. } => found(ui, cx, record),
    }
}

fn found(ui: &mut Ui, cx: &Cx<'_>, record: &RidRecord) {
    for (name, value) in short(cx, record) {
        if !value.is_empty() {
            widgets::key_value(ui, &name, &value);
        }
    }
    for (id, text) in long(record) {
        ui.add_space(S);
        widgets::small(ui, cx.t(id));
        if text.is_empty() {
            widgets::weak(ui, cx.t("rid-empty"));
        } else {
            let shown = RichText::new(plain_text::visible(text, MOST_SIGNS)).monospace();
            ui.add(Label::new(shown).selectable(true).wrap());
        }
    }
    ui.add_space(S);
    widgets::small(ui, cx.t("rid-masked"));
}

fn short(cx: &Cx<'_>, record: &RidRecord) -> [(String, String); 3] {
    let millis = [("millis", record.cost_millis.into())];
    [
        (
            cx.t("rid-at"),
            record.invoked_at.map(format::moment_exact).unwrap_or_default(),
        ),
        (cx.t("rid-cost"), cx.ta("rid-cost-value", &millis)),
        (cx.t("rid-client-ip"), record.client_ip.clone()),
    ]
}

fn long(record: &RidRecord) -> [(&'static str, &str); 3] {
    [
        ("rid-url", &record.url),
        ("rid-request", &record.request),
        ("rid-response", &record.response),
    ]
}

/// Everything as text, for a technician.
fn all(cx: &Cx<'_>, rid: &str, record: &RidRecord) -> String {
    let mut lines = vec![format!("rid: {rid}")];
    for (name, value) in short(cx, record) {
        lines.push(format!("{name}: {value}"));
    }
    for (id, text) in long(record) {
        lines.push(format!("{}:\n{text}", cx.t(id)));
    }
    lines.join("\n")
}
