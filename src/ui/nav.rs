//! Which page is open, and the list at the left from which it is chosen.

use egui::{Align2, CornerRadius, FontId, Frame, Margin, Panel, Response, RichText, Sense, Stroke, Ui};
use egui::{Role, WidgetInfo, pos2, vec2};
use std::sync::Arc;

use super::actions::{self, ActionId};
use super::pane::Cx;
use super::theme::{self, L, M, NAV, ROUND_SMALL, S, Tone, XS};
use super::widgets::{Icon, icon_button, icons};
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::{Orders, Snapshot};
use crate::i18n::{Lang, format};

/// The pages of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Page {
    /// The list of orders and the open one beside it.
    #[default]
    Orders,
    /// The form that ships the open order; reached from the orders.
    Ship,
    /// A file: check, send, result.
    Import,
    /// What is on its way and what needs a person.
    Outbox,
    /// Account, checks, window.
    Settings,
}

impl Page {
    /// The pages of the list at the left.
    pub const LISTED: [Self; 4] = [Self::Orders, Self::Import, Self::Outbox, Self::Settings];

    fn icon(self) -> Icon {
        match self {
            Self::Orders | Self::Ship => icons::ICON_RECEIPT_LONG,
            Self::Import => icons::ICON_UPLOAD_FILE,
            Self::Outbox => icons::ICON_OUTBOX,
            Self::Settings => icons::ICON_SETTINGS,
        }
    }

    fn action(self) -> ActionId {
        match self {
            Self::Orders | Self::Ship => ActionId::GoOrders,
            Self::Import => ActionId::GoImport,
            Self::Outbox => ActionId::GoOutbox,
            Self::Settings => ActionId::GoSettings,
        }
    }

    /// The message with its name.
    pub fn name_id(self) -> &'static str {
        match self {
            Self::Orders => "nav-orders",
            Self::Ship => "nav-ship",
            Self::Import => "nav-import",
            Self::Outbox => "nav-outbox",
            Self::Settings => "nav-settings",
        }
    }
}

/// The list at the left, with what it counts.
#[derive(Debug, Default)]
pub struct Nav {
    counted: Option<Arc<Orders>>,
    to_ship: usize,
}

impl Nav {
    /// Paints the list; a choice is put into `cx.go`.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: Page) {
        self.count(cx.snapshot);
        let palette = theme::palette(ui);
        let frame = Frame::new()
            .fill(palette.surface)
            .inner_margin(Margin::symmetric(12, 16));
        Panel::left("nav")
            .exact_size(NAV)
            .resizable(false)
            .show_separator_line(true)
            .frame(frame)
            .show(ui, |ui| {
                brand(ui, cx);
                ui.add_space(L);
                ui.spacing_mut().item_spacing.y = XS;
                for page in Page::LISTED {
                    let (count, tone) = self.counter(cx.snapshot, page);
                    let chosen = page == open || (page == Page::Orders && open == Page::Ship);
                    if entry(ui, cx, page, chosen, count, tone).clicked() {
                        *cx.go = Some(page);
                    }
                }
                ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| footer(ui, cx));
            });
    }

    fn count(&mut self, snapshot: &Snapshot) {
        let same = |counted: &Arc<Orders>| Arc::ptr_eq(counted, &snapshot.orders);
        if !self.counted.as_ref().is_some_and(same) {
            self.to_ship = snapshot
                .orders
                .rows
                .iter()
                .filter(|order| order.can_ship())
                .count();
            self.counted = Some(Arc::clone(&snapshot.orders));
        }
    }

    fn counter(&self, snapshot: &Snapshot, page: Page) -> (usize, Tone) {
        let outbox = &snapshot.outbox;
        match page {
            Page::Orders => (self.to_ship, Tone::Neutral),
            Page::Outbox if outbox.needs_person > 0 => (outbox.needs_person, Tone::Person),
            Page::Outbox => {
                let open = [outbox.queued, outbox.waiting, outbox.sending, outbox.unclear];
                (open.into_iter().fold(0, usize::saturating_add), Tone::Info)
            }
            Page::Import | Page::Settings | Page::Ship => (0, Tone::Neutral),
        }
    }
}

fn brand(ui: &mut Ui, cx: &Cx<'_>) {
    let palette = theme::palette(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(36.0, 36.0), Sense::hover());
        ui.painter()
            .rect_filled(rect, CornerRadius::same(10), palette.accent);
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            icons::ICON_LOCAL_SHIPPING.codepoint,
            FontId::new(22.0, icons::ICON_LOCAL_SHIPPING.font_family()),
            palette.on_accent,
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(RichText::new(cx.t("app-title")).text_style(theme::section_style()));
            let account = cx.snapshot.session.account().map(|account| account.name.clone());
            let account = account
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| cx.t("nav-no-account"));
            ui.add(egui::Label::new(RichText::new(account).small().color(palette.weak)).truncate());
        });
    });
}

fn entry(ui: &mut Ui, cx: &Cx<'_>, page: Page, chosen: bool, count: usize, tone: Tone) -> Response {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    let pair = palette.tone(Tone::Ready);
    let (fill, ink) = match (chosen, response.hovered() || response.has_focus()) {
        (true, _) => (Some(pair.ground), pair.ink),
        (false, true) => (Some(palette.subtle), palette.text),
        (false, false) => (None, palette.text),
    };
    let painter = ui.painter();
    if let Some(fill) = fill {
        painter.rect_filled(rect, CornerRadius::same(ROUND_SMALL), fill);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.accent);
        painter.rect_stroke(
            rect,
            CornerRadius::same(ROUND_SMALL),
            stroke,
            egui::StrokeKind::Inside,
        );
    }
    let middle = rect.center().y;
    let icon = page.icon();
    let at = pos2(rect.left() + M, middle);
    let glyph = FontId::new(20.0, icon.font_family());
    painter.text(at, Align2::LEFT_CENTER, icon.codepoint, glyph, ink);
    let name = cx.t(page.name_id());
    let family = if chosen {
        super::fonts::bold()
    } else {
        egui::FontFamily::Proportional
    };
    let at = pos2(rect.left() + M + 20.0 + M, middle);
    painter.text(at, Align2::LEFT_CENTER, &name, FontId::new(14.0, family), ink);
    let mut said = name;
    if count > 0 {
        let number = format::count(count);
        let colours = palette.tone(tone);
        let galley = painter.layout_no_wrap(number.clone(), FontId::proportional(12.0), colours.ink);
        let size = vec2((galley.size().x + 12.0).max(22.0), 20.0);
        let pill = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - S, middle), size);
        painter.rect_filled(pill, CornerRadius::same(10), colours.ground);
        let inside = Align2::CENTER_CENTER
            .align_size_within_rect(galley.size(), pill)
            .min;
        painter.galley(inside, galley, colours.ink);
        said = format!("{said} {number}");
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &said));
    let keys = actions::keys_of(ui.ctx(), page.action());
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(keys)
}

/// The quick switches of language and theme, and the list of keys.
fn footer(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = XS;
        let other = match cx.lang {
            Lang::ZhCn => Lang::En,
            Lang::En => Lang::ZhCn,
        };
        let language = icon_button(icons::ICON_TRANSLATE, cx.t("nav-switch-language"));
        if ui.add(language).clicked() {
            cx.send(Command::Prefer(Preference::Language(other.tag().to_owned())));
        }
        let (icon, id, theme) = if ui.visuals().dark_mode {
            (icons::ICON_LIGHT_MODE, "nav-switch-light", "light")
        } else {
            (icons::ICON_DARK_MODE, "nav-switch-dark", "dark")
        };
        if ui.add(icon_button(icon, cx.t(id))).clicked() {
            cx.send(Command::Prefer(Preference::Theme(theme.to_owned())));
        }
        let keys = icon_button(icons::ICON_KEYBOARD, cx.t("nav-keys"));
        if ui.add(keys).clicked() {
            actions::request(ui.ctx(), ActionId::ShowKeys);
        }
    });
}
