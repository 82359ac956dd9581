//! The month in which days are chosen. Our own, because the toolkit's speaks English only.

use egui::{Button, Grid, RichText, Ui, vec2};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::model::filter::day_of;
use crate::ui::pane::Cx;
use crate::ui::theme;
use crate::ui::widgets::{icon_button, icons};

/// Width of a day.
const DAY: f32 = 32.0;

/// The month of the range, in which a click on a day is the first or the last one of it; the clicked day.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, range: Range) -> Option<Date> {
    let id = month_id();
    let today = day_of(cx.now);
    let start = || range.0.unwrap_or(today).first_of_month();
    let mut month = ui.data(|data| data.get_temp::<Date>(id)).unwrap_or_else(start);
    let clicked = month_ui(ui, cx, &mut month, range, today);
    ui.data_mut(|data| data.insert_temp(id, month));
    clicked
}

/// Next time the month of the range is shown, not the one that was looked at last.
pub(super) fn forget(ui: &Ui) {
    let id = month_id();
    ui.data_mut(|data| data.remove_temp::<Date>(id));
}

fn month_id() -> egui::Id {
    egui::Id::unique("month of the days of payment")
}

/// The first and the last day of a range, as far as they are typed.
pub(super) type Range = (Option<Date>, Option<Date>);

fn month_ui(ui: &mut Ui, cx: &Cx<'_>, month: &mut Date, range: Range, today: Date) -> Option<Date> {
    ui.horizontal(|ui| {
        let before = icon_button(icons::ICON_CHEVRON_LEFT, cx.t("orders-month-before"));
        if ui.add(before).clicked() {
            *month = shifted(*month, -1);
        }
        let args = [
            ("year", i64::from(month.year()).into()),
            ("month", i64::from(month.month()).into()),
        ];
        let title = RichText::new(cx.ta("orders-month", &args)).text_style(theme::strong_style());
        ui.add_sized(vec2(148.0, 28.0), egui::Label::new(title));
        let after = icon_button(icons::ICON_CHEVRON_RIGHT, cx.t("orders-month-after"));
        if ui.add(after).clicked() {
            *month = shifted(*month, 1);
        }
    });
    let palette = theme::palette(ui);
    let mut chosen = None;
    let grid = Grid::new("days").spacing(vec2(0.0, 2.0)).min_col_width(DAY);
    grid.show(ui, |ui| {
        for weekday in cx.t("orders-weekdays").split_whitespace() {
            let word = RichText::new(weekday).small().color(palette.weak);
            ui.add_sized(vec2(DAY, 22.0), egui::Label::new(word));
        }
        ui.end_row();
        for week in weeks(*month) {
            for cell in week {
                match cell {
                    Some(day) => {
                        if day_ui(ui, day, range, today) {
                            chosen = Some(day);
                        }
                    }
                    None => {
                        ui.label("");
                    }
                }
            }
            ui.end_row();
        }
    });
    chosen
}

fn day_ui(ui: &mut Ui, day: Date, range: Range, today: Date) -> bool {
    let palette = theme::palette(ui);
    let (from, to) = range;
    let is_end = from == Some(day) || to == Some(day);
    let is_inside = from.zip(to).is_some_and(|(from, to)| from < day && day < to);
    let ink = match (is_end, day == today) {
        (true, _) => palette.on_accent,
        (false, true) => palette.accent,
        (false, false) => palette.text,
    };
    let word = RichText::new(day.day().to_string()).color(ink);
    let mut button = Button::new(word)
        .min_size(vec2(DAY, 28.0))
        .frame_when_inactive(is_end || is_inside);
    if is_end {
        button = button.fill(palette.accent);
    } else if is_inside {
        button = button.fill(palette.tone(theme::Tone::Ready).ground);
    }
    let response = ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(2.0, 2.0);
        ui.add(button)
    });
    let name = day.to_string();
    response
        .inner
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_end, &name));
    response.inner.clicked()
}

fn shifted(month: Date, months: i64) -> Date {
    month.checked_add(months.months()).unwrap_or(month)
}

/// The weeks of a month from Monday to Sunday; days of other months are left out.
fn weeks(month: Date) -> Vec<[Option<Date>; 7]> {
    let first = month.first_of_month();
    let offset = i64::from(first.weekday().to_monday_zero_offset());
    let days = i64::from(month.days_in_month());
    let rows = offset.saturating_add(days).saturating_add(6).div_euclid(7);
    (0..rows)
        .map(|row| {
            std::array::from_fn(|column| {
                let place = row
                    .saturating_mul(7)
                    .saturating_add(i64::try_from(column).unwrap_or(0));
                let at = place.saturating_sub(offset);
                let span = Span::new().try_days(at).ok()?;
                let inside = (0..days).contains(&at);
                inside.then(|| first.checked_add(span).ok()).flatten()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_day_of_a_month_stands_once_under_its_weekday() {
        for month in [
            date(2026, 2, 1),
            date(2026, 11, 1),
            date(2024, 2, 1),
            date(2026, 8, 1),
        ] {
            let weeks = weeks(month);
            let days: Vec<Date> = weeks.iter().flatten().flatten().copied().collect();
            let expected: Vec<Date> = (1..=month.days_in_month())
                .map(|day| date(month.year(), month.month(), day))
                .collect();
            assert_eq!(days, expected);
            for week in &weeks {
                for (column, day) in week.iter().enumerate() {
                    let offset = day.map(|d| usize::try_from(d.weekday().to_monday_zero_offset()).unwrap());
                    assert!(offset.is_none_or(|offset| offset == column), "{day:?}");
                }
            }
        }
    }
}
