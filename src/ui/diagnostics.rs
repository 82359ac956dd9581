//! The dialogs of the diagnostics: what WeChat received under a request id, and the bundle for support. Every place that
//! shows a request id opens the first with [`rid_button`]; the window shows them.

mod bundle;
mod rid;

use egui::{Context, Id, Ui};

use super::pane::Cx;
use super::saving::Save;
use super::widgets::{icons, quiet};
use crate::domain::parse_rid;

/// What was asked for, until the next frame.
#[derive(Clone, Debug, Default)]
enum Asked {
    #[default]
    Bundle,
    Rid(String),
}

/// The open dialogs.
#[derive(Debug, Default)]
pub struct Dialogs {
    rid: Option<rid::Dialog>,
    bundle: Option<bundle::Dialog>,
    /// A bundle that is to be saved.
    pub wants_save: Option<Save>,
}

/// The request id in a line of codes as this program writes it; `None` without one.
pub fn rid_of(code: &str) -> Option<String> {
    let (_, rid) = code.rsplit_once("rid ")?;
    parse_rid(rid)
}

/// The button that asks what WeChat received, beside a line of codes that holds a request id.
pub fn rid_button(ui: &mut Ui, cx: &Cx<'_>, code: &str) {
    let Some(rid) = rid_of(code) else { return };
    let open = quiet(cx.t("rid-open")).icon(icons::ICON_MANAGE_SEARCH);
    if ui.add(open).clicked() {
        ask_rid(ui.ctx(), rid);
    }
}

/// Opens the dialog about a request id in the next frame; an empty one is typed there.
pub fn ask_rid(ctx: &Context, rid: String) {
    ask(ctx, Asked::Rid(rid));
}

/// Opens the dialog with the bundle in the next frame.
pub fn ask_bundle(ctx: &Context) {
    ask(ctx, Asked::Bundle);
}

fn ask(ctx: &Context, asked: Asked) {
    ctx.data_mut(|data| data.insert_temp(id(), asked));
    ctx.request_repaint();
}

fn id() -> Id {
    Id::unique("diagnostics-asked")
}

/// Shows what is open or was asked for.
pub fn show(ctx: &Context, cx: &mut Cx<'_>, open: &mut Dialogs) {
    match ctx.data_mut(|data| data.remove_temp::<Asked>(id())) {
        Some(Asked::Rid(rid)) => open.rid = Some(rid::Dialog::about(rid, cx)),
        Some(Asked::Bundle) => open.bundle = Some(bundle::Dialog::begin(cx)),
        None => {}
    }
    if let Some(dialog) = &mut open.rid
        && !dialog.show(ctx, cx)
    {
        open.rid = None;
    }
    if let Some(dialog) = &mut open.bundle {
        match dialog.show(ctx, cx) {
            bundle::Wish::Stay => {}
            bundle::Wish::Close => open.bundle = None,
            bundle::Wish::Save => {
                open.bundle = None;
                open.wants_save = Some(Save::Bundle);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_with_a_request_id_has_one() {
        for (code, rid) in [
            ("错误码 40164 · rid 65f1a2b3-0a1b", Some("65f1a2b3-0a1b")),
            ("rid 65f1", Some("65f1")),
            ("错误码 40164 · HTTP 200", None),
            ("", None),
        ] {
            assert_eq!(rid_of(code).as_deref(), rid, "{code}");
        }
    }
}
