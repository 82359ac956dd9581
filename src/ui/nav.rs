//! The list at the left from which a page is chosen: words where there is room, icons alone where there is not.

mod page;

use egui::{Align2, CornerRadius, FontId, Frame, Margin, Panel, Rect, Response, RichText, ScrollArea, Sense};
use egui::{Role, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

use super::actions::{self, ActionId};
use super::pane::Cx;
use super::theme::{self, L, M, NAV, NAV_ENTRY, NAV_ENTRY_LOW, NAV_RAIL, ROUND_SMALL, S, Tone, XS};
use super::widgets::{icon_button, icons};
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::{Orders, Snapshot};
use crate::i18n::{Lang, format};

pub use page::{Page, Place};

/// Below this width of the window its names leave more room to the page than they give help.
const RAIL_BELOW: f32 = 900.0;

/// The list at the left, with what it counts.
#[derive(Debug, Default)]
pub struct Nav {
    counted: Option<Arc<Orders>>,
    to_ship: usize,
    /// The page that was brought into sight and the room there was, so that a person may scroll away from it.
    sighted: Option<(Page, u32)>,
}

impl Nav {
    /// Paints the list; a choice is put into `cx.go`.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: Page) {
        self.count(cx.snapshot);
        let palette = theme::palette(ui);
        let rail = ui.ctx().content_rect().width() < RAIL_BELOW;
        let (width, beside, above) = if rail { (NAV_RAIL, 8, 8) } else { (NAV, 12, 16) };
        let frame = Frame::new()
            .fill(palette.surface)
            .inner_margin(Margin::symmetric(beside, above));
        Panel::left(if rail { "nav-rail" } else { "nav" })
            .exact_size(width)
            .resizable(false)
            .show_separator_line(true)
            .frame(frame)
            .show(ui, |ui| {
                brand(ui, cx, rail);
                ui.add_space(if rail { S } else { L });
                ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
                    footer(ui, cx, rail);
                    ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                        self.entries(ui, cx, open, rail);
                    });
                });
            });
    }

    /// All pages; they move together before they scroll.
    fn entries(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: Page, rail: bool) {
        let pages: Vec<Page> = Page::listed().collect();
        let sight = Some((open.marked(), theme::whole(ui.available_height())));
        let room = ui.available_height() / (pages.len() as f32).max(1.0) - XS;
        let height = room.clamp(NAV_ENTRY_LOW, NAV_ENTRY);
        ScrollArea::vertical()
            .id_salt("nav-pages")
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = XS;
                let mut group = Some(0);
                for page in pages {
                    if page.place().rank() != group {
                        group = page.place().rank();
                        line(ui);
                    }
                    let (count, tone) = self.counter(cx.snapshot, page);
                    let look = Look {
                        chosen: page == open.marked(),
                        count,
                        tone,
                        rail,
                        height,
                    };
                    let shown = entry(ui, cx, page, &look);
                    if look.chosen && self.sighted != sight {
                        shown.scroll_to_me(None);
                        self.sighted = sight;
                    }
                    if shown.clicked() {
                        *cx.go = Some(page);
                    }
                }
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
        if page == Page::Orders {
            (self.to_ship, Tone::Neutral)
        } else if page != Page::Outbox {
            (0, Tone::Neutral)
        } else if outbox.needs_person > 0 || outbox.rejected > 0 {
            // As many as the page lists for a person, what WeChat has refused among them.
            (outbox.needs_person.saturating_add(outbox.rejected), Tone::Person)
        } else {
            let open = [outbox.queued, outbox.waiting, outbox.sending, outbox.unclear];
            (open.into_iter().fold(0, usize::saturating_add), Tone::Info)
        }
    }
}

fn brand(ui: &mut Ui, cx: &Cx<'_>, rail: bool) {
    let palette = theme::palette(ui);
    ui.horizontal(|ui| {
        let (rect, sign) = ui.allocate_exact_size(vec2(36.0, 36.0), Sense::hover());
        ui.painter()
            .rect_filled(rect, CornerRadius::same(10), palette.accent);
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            icons::ICON_LOCAL_SHIPPING.codepoint,
            FontId::new(22.0, icons::ICON_LOCAL_SHIPPING.font_family()),
            palette.on_accent,
        );
        let account = account_name(cx);
        if rail {
            sign.on_hover_text(account);
            return;
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(RichText::new(cx.t("app-title")).text_style(theme::section_style()));
            ui.add(egui::Label::new(RichText::new(account).small().color(palette.weak)).truncate());
        });
    });
}

/// The shop in use, by the name that its staff gave it.
fn account_name(cx: &Cx<'_>) -> String {
    let session = &cx.snapshot.session;
    if session.sandbox {
        return cx.t("nav-practice-shop");
    }
    let name = session.account().map(|account| account.name.clone());
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| cx.t("nav-no-account"))
}

/// Between what is used every day and the rest.
fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let stroke = Stroke::new(1.0, theme::palette(ui).line);
    ui.painter()
        .hline(rect.x_range().shrink(XS), rect.center().y, stroke);
}

/// How an entry is painted.
struct Look {
    chosen: bool,
    count: usize,
    tone: Tone,
    /// The icon alone.
    rail: bool,
    height: f32,
}

fn entry(ui: &mut Ui, cx: &Cx<'_>, page: Page, look: &Look) -> Response {
    let palette = theme::palette(ui);
    let size = vec2(ui.available_width(), look.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let pair = palette.tone(Tone::Ready);
    let (fill, ink) = match (look.chosen, response.hovered() || response.has_focus()) {
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
    let glyph = FontId::new(20.0, icon.font_family());
    let name = cx.t(page.name_id());
    if look.rail {
        painter.text(rect.center(), Align2::CENTER_CENTER, icon.codepoint, glyph, ink);
    } else {
        let at = pos2(rect.left() + M, middle);
        painter.text(at, Align2::LEFT_CENTER, icon.codepoint, glyph, ink);
        let family = if look.chosen {
            super::fonts::bold()
        } else {
            egui::FontFamily::Proportional
        };
        let at = pos2(rect.left() + M + 20.0 + M, middle);
        painter.text(at, Align2::LEFT_CENTER, &name, FontId::new(14.0, family), ink);
    }
    let said = match look.count {
        0 => name.clone(),
        count => {
            pill(ui, rect, look);
            format!("{name} {}", format::count(count))
        }
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, look.chosen, &said));
    let keys = actions::keys_of(ui.ctx(), ActionId::Go(page));
    let hint = if look.rail {
        format!("{name}  {keys}")
    } else {
        keys
    };
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(hint.trim().to_owned())
}

/// What an entry counts; where there is no room for a number, a dot says that there is one.
fn pill(ui: &Ui, rect: Rect, look: &Look) {
    let colours = theme::palette(ui).tone(look.tone);
    let painter = ui.painter();
    if look.rail {
        painter.circle_filled(rect.right_top() + vec2(-S, S), 4.0, colours.ink);
        return;
    }
    let number = format::count(look.count);
    let galley = painter.layout_no_wrap(number, FontId::proportional(12.0), colours.ink);
    let size = vec2((galley.size().x + 12.0).max(22.0), 20.0);
    let pill = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - S, rect.center().y), size);
    painter.rect_filled(pill, CornerRadius::same(10), colours.ground);
    let inside = Align2::CENTER_CENTER
        .align_size_within_rect(galley.size(), pill)
        .min;
    painter.galley(inside, galley, colours.ink);
}

/// The quick switches of language and theme, and the list of keys.
fn footer(ui: &mut Ui, cx: &mut Cx<'_>, rail: bool) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = XS;
        let keys = icon_button(icons::ICON_KEYBOARD, cx.t("nav-keys"));
        if rail {
            // The switches stand in the settings too; the help stays at hand.
            if ui.add(keys).clicked() {
                actions::request(ui.ctx(), ActionId::ShowKeys);
            }
            return;
        }
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
        if ui.add(keys).clicked() {
            actions::request(ui.ctx(), ActionId::ShowKeys);
        }
    });
}
