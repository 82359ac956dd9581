//! What was found when the journal was opened, above every page until a person has read it.

use egui::{Frame, Margin, Panel, Ui};

use super::pane::Cx;
use super::theme::{self, Tone};
use super::widgets::{self, Banner, icons, secondary};
use crate::engine::command::Command;

/// Paints it when there is something to say.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let session = &cx.snapshot.session;
    if session.recovered.is_none() && session.synced_by.is_none() {
        return;
    }
    let frame = Frame::new()
        .fill(theme::palette(ui).canvas)
        .inner_margin(Margin::symmetric(24, 8));
    Panel::top("recovered").frame(frame).show(ui, |ui| {
        recovered(ui, cx);
        if let Some(program) = cx.snapshot.session.synced_by {
            widgets::small(ui, cx.ta("synced-title", &[("program", program.into())]));
        }
    });
}

fn recovered(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(recovered) = &cx.snapshot.session.recovered else {
        return;
    };
    let title = cx.ta("recovered-title", &[("damage", recovered.damage.word().into())]);
    let counts = [
        ("shipments", recovered.shipments.into()),
        ("open", recovered.under_way.into()),
        ("lost", recovered.lost_changes.into()),
    ];
    let detail = cx.ta("recovered-detail", &counts);
    let kept = recovered.kept_in.as_ref();
    let kept = kept.map(|folder| cx.ta("recovered-kept", &[("folder", folder.as_str().into())]));
    let (advice, close) = (cx.t("recovered-advice"), cx.t("recovered-close"));
    let read = Banner::new(Tone::Warn, icons::ICON_HISTORY, &title)
        .detail(&detail)
        .advice(&advice)
        .code(kept.as_deref().unwrap_or_default())
        .show(ui, |ui| ui.add(secondary(close)).clicked());
    if read {
        cx.send(Command::CloseRecovered);
    }
}
