//! The page before there is a file: a place to drop one, a button, a field for a path, and what a file
//! should contain.

use std::path::PathBuf;

use egui::{Align, Align2, CornerRadius, FontId, Key, Layout, RichText, Sense, Shape, Stroke, Ui, vec2};
use egui::{Role, WidgetInfo};

use super::Pane;
use crate::engine::command::Command;
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, L, M, ROUND, S, Tone, XS};
use crate::ui::widgets::{self, Banner, icons, primary, quiet, secondary};

/// What a file needs: the message of its name, and whether it may be missing.
const COLUMNS: [(&str, &str, bool); 4] = [
    ("import-column-order", "import-column-order-note", true),
    ("import-column-courier", "import-column-courier-note", true),
    ("import-column-tracking", "import-column-tracking-note", true),
    ("import-column-goods", "import-column-goods-note", false),
];

impl Pane {
    pub(super) fn choose(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::page_header(ui, &cx.t("import-title"), Some(&cx.t("import-subtitle")), |_| ());
        widgets::page(ui, "import-choose", |ui| {
            if cx.snapshot.session.current.is_none() && !cx.snapshot.session.sandbox {
                no_account(ui, cx);
            }
            left_over(ui, cx);
            self.wants_file |= target(ui, cx);
            ui.add_space(M);
            self.path_field(ui, cx);
            ui.add_space(S);
            super::arrived::show(ui, cx);
            ui.spacing_mut().item_spacing.x = L;
            ui.columns(2, |columns| {
                for column in columns.iter_mut() {
                    column.spacing_mut().item_spacing.x = S;
                }
                let [left, right] = columns else { return };
                widgets::section(left, &cx.t("import-columns-title"), |ui| columns_help(ui, cx));
                widgets::section(right, &cx.t("import-steps-title"), |ui| steps(ui, cx));
            });
        });
    }

    fn path_field(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let size = vec2(ui.available_width(), theme::BUTTON);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let path = self.path.trim().trim_matches('"').to_owned();
            let button = secondary(cx.t("import-path-check")).enabled(!path.is_empty());
            let pressed = ui.add(button).clicked();
            let (name, hint) = (cx.t("import-path"), cx.t("import-path-hint"));
            let width = ui.available_width();
            let field = widgets::text_field(ui, &mut self.path, &name, &hint, width);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if (pressed || entered) && !path.is_empty() {
                cx.send(Command::OpenFile(PathBuf::from(path)));
            }
        });
    }
}

fn no_account(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (title, detail) = (cx.t("import-no-account"), cx.t("import-no-account-detail"));
    let open = widgets::Banner::new(Tone::Warn, icons::ICON_KEY, &title)
        .detail(&detail)
        .show(ui, |ui| ui.add(secondary(cx.t("import-open-settings"))).clicked());
    if open {
        *cx.go = Some(crate::ui::Page::Settings);
    }
}

/// What was checked before the last end of the program and not sent.
fn left_over(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(left) = cx.snapshot.watch.left_over.clone() else {
        return;
    };
    let name = left.path.file_name().unwrap_or_default().to_string_lossy();
    let title = cx.ta("left-over", &[("file", name.as_ref().into())]);
    let about = [
        ("when", format::moment(left.at, cx.now).into()),
        ("ready", format::count(left.ready).into()),
        ("blocked", format::count(left.blocked).into()),
    ];
    let detail = cx.ta("left-over-detail", &about);
    let (again, forget) = Banner::new(Tone::Info, icons::ICON_HISTORY, &title)
        .detail(&detail)
        .show(ui, |ui| {
            let again = ui.add(secondary(cx.t("left-over-check")).icon(icons::ICON_REPLAY));
            let forget = ui.add(quiet(cx.t("left-over-forget")));
            (again.clicked(), forget.clicked())
        });
    if again {
        cx.send(Command::OpenFile(left.path));
    } else if forget {
        cx.send(Command::ForgetLeftOver);
    }
}

/// The large dashed field; `true` when it or its button is clicked.
fn target(ui: &mut Ui, cx: &Cx<'_>) -> bool {
    let palette = theme::palette(ui);
    let hovering = crate::ui::drop_zone::hovering(ui.ctx());
    let size = vec2(ui.available_width(), 210.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = cx.t("import-drop-name");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let hot = hovering || response.hovered() || response.has_focus();
    let pair = palette.tone(Tone::Ready);
    let fill = if hot { pair.ground } else { palette.surface };
    let ink = if hot { palette.accent } else { palette.line_strong };
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(ROUND), fill);
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.5, ink), 7.0, 5.0));
    let icon = icons::ICON_UPLOAD_FILE;
    let above = rect.center() - vec2(0.0, 58.0);
    painter.circle_filled(above, 32.0, pair.ground);
    let glyph = FontId::new(32.0, icon.font_family());
    painter.text(above, Align2::CENTER_CENTER, icon.codepoint, glyph, pair.ink);
    let title = FontId::new(17.0, crate::ui::fonts::bold());
    let middle = rect.center() + vec2(0.0, -4.0);
    painter.text(
        middle,
        Align2::CENTER_CENTER,
        cx.t("import-drop-title"),
        title,
        palette.text,
    );
    let below = rect.center() + vec2(0.0, 20.0);
    let kinds = FontId::proportional(13.0);
    painter.text(
        below,
        Align2::CENTER_CENTER,
        cx.t("import-drop-kinds"),
        kinds,
        palette.weak,
    );
    let place = egui::Rect::from_center_size(rect.center() + vec2(0.0, 62.0), vec2(180.0, 36.0));
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(place)
            .layout(Layout::centered_and_justified(egui::Direction::LeftToRight)),
    );
    let choose = primary(cx.t("import-choose")).icon(icons::ICON_FOLDER_OPEN);
    let button = inside.add(choose);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() | button.clicked()
}

fn columns_help(ui: &mut Ui, cx: &Cx<'_>) {
    for (name, note, needed) in COLUMNS {
        widgets::row(ui, 22.0, |ui| {
            widgets::strong(ui, cx.t(name));
            let (tone, word) = if needed {
                (Tone::Ready, "import-needed")
            } else {
                (Tone::Neutral, "import-optional")
            };
            widgets::badge(ui, tone, cx.t(word));
        });
        ui.add_space(-XS);
        widgets::small(ui, cx.t(note));
        ui.add_space(XS);
    }
}

fn steps(ui: &mut Ui, cx: &Cx<'_>) {
    for (number, id) in ["import-step-1", "import-step-2", "import-step-3", "import-step-4"]
        .into_iter()
        .enumerate()
    {
        widgets::row(ui, 26.0, |ui| {
            let palette = theme::palette(ui);
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::hover());
            let pair = palette.tone(Tone::Ready);
            ui.painter().circle_filled(rect.center(), 12.0, pair.ground);
            ui.painter().text(
                rect.center(),
                Align2::CENTER_CENTER,
                number.saturating_add(1),
                FontId::new(12.5, crate::ui::fonts::bold()),
                pair.ink,
            );
            ui.add_space(XS);
            ui.add(egui::Label::new(RichText::new(cx.t(id))).wrap());
        });
        ui.add_space(XS);
    }
    ui.add_space(L - S);
    ui.horizontal(|ui| {
        widgets::icon(ui, icons::ICON_VERIFIED_USER, Tone::Ready, 18.0);
        widgets::weak(ui, cx.t("import-promise"));
    });
}
