//! What stands in the place of the table when it has no rows: why, and the one thing to do.

use egui::Ui;

use super::list::Wish;
use super::model::{Model, View, is_barred};
use crate::engine::command::Command;
use crate::engine::snapshot::Fetch;
use crate::ui::nav::Page;
use crate::ui::pane::Cx;
use crate::ui::theme::S;
use crate::ui::widgets::{self, Icon, icons};

/// Nothing is known at all: why, and the one thing to do. `false` when the page has more to show.
pub(super) fn nothing_yet(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> bool {
    if cx.snapshot.session.account().is_none() {
        let action = widgets::primary(cx.t("orders-no-account-go"));
        let (title, text) = (cx.t("orders-no-account-title"), cx.t("orders-no-account-text"));
        if widgets::empty_state(ui, icons::ICON_MANAGE_ACCOUNTS, &title, &text, Some(action)) {
            *cx.go = Some(Page::Settings);
        }
        return true;
    }
    match &cx.snapshot.orders.fetch {
        Fetch::Running { .. } => {
            ui.add_space(S);
            widgets::loading(ui, &cx.t("orders-loading-title"));
            true
        }
        Fetch::Failed { .. } | Fetch::Complete { .. } => false,
        Fetch::Idle if cx.snapshot.orders.read_at.is_some() => false,
        Fetch::Idle => {
            let action = widgets::primary(cx.t("orders-empty-fetch")).icon(icons::ICON_REFRESH);
            let (title, text) = (cx.t("orders-empty-title"), cx.t("orders-empty-text"));
            let pressed = widgets::empty_state(ui, icons::ICON_RECEIPT_LONG, &title, &text, Some(action));
            if pressed && let Ok(query) = model.filter.query() {
                cx.send(Command::RefreshOrders(query));
            }
            true
        }
    }
}

/// The filter shows nothing: a number can be asked for, any filter can be cleared.
pub(super) fn none_fits(ui: &mut Ui, cx: &Cx<'_>, model: &Model) -> Wish {
    let title = cx.t("orders-none-title");
    let icon: Icon = icons::ICON_SEARCH_OFF;
    if let Some(number) = model.number_to_find() {
        let action = widgets::primary(cx.t("orders-find")).hint(cx.t("orders-find-hint"));
        let action = action.name(format!("{} {number}", cx.t("orders-find")));
        let text = cx.t("orders-none-find-text");
        return if widgets::empty_state(ui, icon, &title, &text, Some(action)) {
            Wish::Find(number.to_owned())
        } else {
            Wish::None
        };
    }
    if is_barred(&cx.snapshot.orders) && cx.snapshot.orders.rows.is_empty() {
        let (title, text) = (cx.t("orders-barred-title"), cx.t("orders-barred-text"));
        widgets::empty_state(ui, icons::ICON_RECEIPT_LONG, &title, &text, None);
        return Wish::None;
    }
    let filtered = !model.filter.is_wide() || model.filter.view != View::All;
    let action = filtered.then(|| widgets::secondary(cx.t("orders-show-all")));
    let text = cx.t("orders-none-text");
    if widgets::empty_state(ui, icon, &title, &text, action) {
        Wish::Clear
    } else {
        Wish::None
    }
}
