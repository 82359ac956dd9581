//! The charts of the board: bars with a number on each, their names for screen readers, and the same as a table.

use egui::{
    Align2, Color32, FontId, Grid, Label, Rangef, RichText, Role, Sense, TextStyle, Ui, Vec2b, WidgetInfo,
    vec2,
};
use egui_plot::{AxisHints, Bar as PlotBar, BarChart, GridMark, Plot, PlotPoint, Text, VLine};

use super::model::Bar;
use crate::i18n::format;
use crate::ui::theme::{self, CHART, S, Tone};
use crate::ui::{said, widgets};

/// One chart.
#[derive(Debug)]
pub struct Chart<'a> {
    /// Tells the charts apart.
    pub id: &'a str,
    /// Its heading.
    pub title: &'a str,
    /// The sentence that says what it shows; also for screen readers.
    pub said: &'a str,
    /// What its rows are, as the heading of its table.
    pub column: &'a str,
    /// The heading of the numbers in its table.
    pub orders: &'a str,
    /// Its bars.
    pub bars: &'a [Bar],
    /// Its bars lie, so that long names have room.
    pub lying: bool,
    /// A line between two bars: before which of them, and what it says.
    pub line: Option<(usize, &'a str)>,
}

impl Chart<'_> {
    /// Paints it as a card: bars, or the same numbers as a table.
    pub fn show(&self, ui: &mut Ui, as_table: bool) {
        widgets::card(ui, |ui| {
            ui.label(RichText::new(self.title).text_style(theme::section_style()));
            ui.add(Label::new(RichText::new(self.said).small().color(theme::palette(ui).weak)).wrap());
            ui.add_space(S);
            if as_table {
                self.table(ui);
            } else {
                self.bars(ui);
            }
        });
    }

    fn table(&self, ui: &mut Ui) {
        Grid::new((self.id, "table"))
            .num_columns(2)
            .min_col_width(120.0)
            .striped(true)
            .show(ui, |ui| {
                widgets::strong(ui, self.column);
                widgets::strong(ui, self.orders);
                ui.end_row();
                for bar in self.bars {
                    ui.label(&bar.name);
                    ui.label(format::count(bar.count));
                    ui.end_row();
                }
            });
    }

    fn bars(&self, ui: &mut Ui) {
        ui.scope(|ui| {
            ui.style_mut()
                .text_styles
                .insert(TextStyle::Body, FontId::proportional(12.0));
            self.plot(ui);
        });
    }

    fn plot(&self, ui: &mut Ui) {
        let palette = theme::palette(ui);
        let most = self.bars.iter().map(|bar| bar.count).max().unwrap_or(0) as f64;
        // Above the bars their numbers, and above these the words of the line.
        let above = match (self.lying, self.line) {
            (true, _) => 1.12,
            (false, None) => 1.22,
            (false, Some(_)) => 1.4,
        };
        let end = (most * above).max(1.0);
        let across = -0.6..=self.bars.len() as f64 - 0.4;
        let shown = self.empty_plot(palette.weak).show(ui, |plot| {
            // The longest bar leaves room for its number.
            if self.lying {
                plot.set_plot_bounds_y(across);
                plot.set_plot_bounds_x(0.0..=end);
            } else {
                plot.set_plot_bounds_x(across);
                plot.set_plot_bounds_y(0.0..=end);
            }
            let bars = self.bars.iter().enumerate();
            let bars = bars.map(|(at, bar)| self.bar(at, bar, palette.tone(said::tone(bar.tone)).ink));
            plot.bar_chart(BarChart::new(self.title, bars.collect()).allow_hover(false));
            for (at, bar) in self.bars.iter().enumerate().filter(|(_, bar)| bar.count > 0) {
                plot.text(self.number(at, bar, palette.text));
            }
            if let Some((before, words)) = self.line {
                let at = before as f64 - 0.5;
                let red = palette.tone(Tone::Blocked).ink;
                plot.vline(VLine::new(words, at).color(red).width(1.5));
                let top = PlotPoint::new(at, end);
                let words = RichText::new(format!(" {words}")).small().color(red);
                plot.text(
                    Text::new("", top, words)
                        .anchor(Align2::LEFT_TOP)
                        .allow_hover(false),
                );
            }
        });
        self.hover(ui, &shown);
        let name = format!("{}: {}", self.title, self.said);
        shown
            .response
            .widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    }

    /// The plot with the names of the bars along one side, which nobody can move or zoom.
    fn empty_plot(&self, ink: Color32) -> Plot<'_> {
        let mark = |at: usize| GridMark {
            value: self.place(at),
            step_size: 1.0,
        };
        let marks: Vec<GridMark> = (0..self.bars.len()).map(mark).collect();
        let axis = if self.lying {
            AxisHints::new_y()
        } else {
            AxisHints::new_x()
        };
        let axis = axis
            .label_spacing(Rangef::new(4.0, 12.0))
            .tick_label_color(ink)
            .formatter(|mark, _| self.name_at(mark.value));
        let plot = Plot::new(self.id)
            .height(CHART)
            .sense(Sense::hover())
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_background(false)
            .show_axes(Vec2b::new(!self.lying, self.lying))
            .show_grid(Vec2b::FALSE)
            .show_x(false)
            .show_y(false)
            .set_margin_fraction(vec2(0.0, 0.0))
            .label_formatter(|_| None);
        if self.lying {
            plot.y_grid_spacer(move |_| marks.clone())
                .custom_y_axes(vec![axis])
        } else {
            plot.x_grid_spacer(move |_| marks.clone())
                .custom_x_axes(vec![axis])
        }
    }

    /// Where a bar stands: from left to right, or from top to bottom.
    fn place(&self, at: usize) -> f64 {
        if self.lying {
            self.bars.len().saturating_sub(1).saturating_sub(at) as f64
        } else {
            at as f64
        }
    }

    fn bar_near(&self, value: f64) -> Option<&Bar> {
        let mut all = self.bars.iter().enumerate();
        let found = all.find(|(at, _)| (self.place(*at) - value).abs() < 0.5);
        found.map(|(_, bar)| bar)
    }

    fn name_at(&self, value: f64) -> String {
        self.bar_near(value)
            .map_or_else(String::new, |bar| bar.short.clone())
    }

    fn bar(&self, at: usize, bar: &Bar, ink: Color32) -> PlotBar {
        let painted = PlotBar::new(self.place(at), bar.count as f64)
            .width(0.66)
            .fill(ink)
            .stroke(egui::Stroke::NONE);
        if self.lying { painted.horizontal() } else { painted }
    }

    fn number(&self, at: usize, bar: &Bar, ink: Color32) -> Text {
        let (place, length) = (self.place(at), bar.count as f64);
        let words = RichText::new(format!(" {} ", format::count(bar.count)))
            .small()
            .color(ink);
        let (point, anchor) = if self.lying {
            (PlotPoint::new(length, place), Align2::LEFT_CENTER)
        } else {
            (PlotPoint::new(place, length), Align2::CENTER_BOTTOM)
        };
        Text::new("", point, words).anchor(anchor).allow_hover(false)
    }

    /// Over a bar, wherever along it the pointer stands, its whole name and number.
    fn hover(&self, ui: &Ui, shown: &egui_plot::PlotResponse<()>) {
        let Some(pointer) = shown.response.hover_pos() else {
            return;
        };
        let value = shown.transform.value_from_position(pointer);
        let along = if self.lying { value.y } else { value.x };
        if let Some(bar) = self.bar_near(along) {
            let words = format!("{}: {}", bar.name, format::count(bar.count));
            shown.response.clone().on_hover_text_at_pointer(words);
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs(1));
    }
}
