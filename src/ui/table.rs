//! The one table: only the rows and columns that are seen are built, rows are chosen by mouse and keys, one or many,
//! columns are made wider and moved, and every row has a name for screen readers and tests.

mod heading;
mod keys;
mod paint;
mod widths;

use egui::{CornerRadius, Frame, Id, Stroke, Ui};

use super::theme::{self, ROUND};
pub use heading::HeadingWish;
use paint::Paint;
pub use widths::{load_widths, take_changed_widths};

/// Height of the headings.
const HEADING: f32 = 32.0;
/// Width of the column with the boxes that choose rows.
const BOXES: f32 = 34.0;
/// The column that takes what is left is at least so wide.
const REST: f32 = 120.0;

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    key: Option<&'static str>,
    width: f32,
    rest: bool,
    sortable: bool,
    right: bool,
}

impl Column {
    /// A column that starts with this width and can be made wider.
    pub fn of(title: impl Into<String>, width: f32) -> Self {
        Self {
            title: title.into(),
            key: None,
            width,
            rest: false,
            sortable: false,
            right: false,
        }
    }

    /// The column that takes what is left.
    pub fn rest(title: impl Into<String>) -> Self {
        Self::rest_from(title, REST)
    }

    /// The column that takes what is left, and at least this width.
    pub fn rest_from(title: impl Into<String>, width: f32) -> Self {
        Self {
            rest: true,
            ..Self::of(title, width)
        }
    }

    /// Under this name its width is remembered, wherever it stands; otherwise its place is its name.
    #[must_use]
    pub fn keyed(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// A click on its heading sorts.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Its cells stand at the right, as amounts and numbers do.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }
}

/// What is asked of the table in one frame.
#[derive(Debug)]
pub struct Table<'a> {
    /// Tells tables of one page apart.
    pub id: &'a str,
    /// What the table is, for screen readers.
    pub name: &'a str,
    /// Its columns.
    pub columns: &'a [Column],
    /// How many rows there are.
    pub rows: usize,
    /// The chosen row.
    pub selected: Option<usize>,
    /// The column by which it is sorted, and whether downwards.
    pub sorted: Option<(usize, bool)>,
}

/// What a table needs in which many rows can be marked and columns moved.
pub struct Many<'a> {
    /// Whether a row is marked.
    pub marked: &'a dyn Fn(usize) -> bool,
    /// Whether all rows are marked; `None` when some are.
    pub all: Option<bool>,
    /// The column that the arrows have reached in the chosen row.
    pub column: Option<usize>,
    /// The words of the boxes: of a row, and of all rows.
    pub words: (&'a dyn Fn(usize) -> String, &'a str),
    /// The menu of a row.
    pub row_menu: &'a mut dyn FnMut(&mut Ui),
    /// The words of a heading's menu, in the order of [`HeadingWish::MENU`].
    pub heading_menu: &'a [String],
}

impl std::fmt::Debug for Many<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Many")
            .field("all", &self.all)
            .finish_non_exhaustive()
    }
}

/// What a person did with the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// A row was chosen by click or keys.
    pub selected: Option<usize>,
    /// A row was opened by double click or Enter.
    pub opened: Option<usize>,
    /// A heading was clicked.
    pub sort: Option<usize>,
    /// A row was marked, or its mark taken away.
    pub marked: Option<usize>,
    /// Everything up to this row was marked.
    pub marked_to: Option<usize>,
    /// All rows were marked, or none.
    pub all: Option<bool>,
    /// The arrows went to another column.
    pub column: Option<usize>,
    /// The menu of this row and column was asked for.
    pub menu: Option<(usize, usize)>,
    /// Something is wished of a heading.
    pub heading: Option<(usize, HeadingWish)>,
}

impl Table<'_> {
    /// Paints the table into all the space there is. `row_name` names a row; `cell` paints the cell of a
    /// row and a column.
    pub fn show(
        self,
        ui: &mut Ui,
        row_name: impl Fn(usize) -> String,
        cell: impl FnMut(&mut Ui, usize, usize),
    ) -> Done {
        self.paint(ui, None, row_name, cell)
    }

    /// The same where many rows can be marked and columns moved.
    pub fn show_many(
        self,
        ui: &mut Ui,
        many: Many<'_>,
        row_name: impl Fn(usize) -> String,
        cell: impl FnMut(&mut Ui, usize, usize),
    ) -> Done {
        self.paint(ui, Some(many), row_name, cell)
    }

    fn paint(
        &self,
        ui: &mut Ui,
        many: Option<Many<'_>>,
        row_name: impl Fn(usize) -> String,
        mut cell: impl FnMut(&mut Ui, usize, usize),
    ) -> Done {
        let mut done = Done::default();
        let keys = keys::read(self, ui, many.as_ref(), &mut done);
        let palette = theme::palette(ui);
        let frame = Frame::new()
            .fill(palette.surface)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(ROUND));
        frame
            .show(ui, |ui| {
                let boxes = if many.is_some() { BOXES } else { 0.0 };
                let bar = ui.spacing().scroll.allocated_width();
                let widths = widths::of(ui, self, ui.available_width() - bar - boxes);
                let paint = Paint {
                    table: self,
                    many,
                    widths,
                    keys,
                    done,
                };
                paint.body(ui, bar, row_name, &mut cell)
            })
            .inner
    }
}

/// Brings a row of a table into sight when it is painted next, as after turning a page.
pub fn scroll_to(ctx: &egui::Context, table: &str, row: usize) {
    ctx.data_mut(|data| data.insert_temp(scroll_id(table), row));
}

fn scroll_id(table: &str) -> Id {
    Id::unique(("scroll", table))
}
