//! The fields of the form: a name, the field, and below it what is wrong or how much room is left.

use egui::Ui;

use super::model::Model;
use crate::domain::shopping::{KeyDraft, KeyKind, LinkDraft, LinkKind, ShoppingField, ShoppingPlace};
use crate::i18n::{format, shopping_fault, shopping_field_name};
use crate::ui::pane::Cx;
use crate::ui::theme::Tone;
use crate::ui::widgets;

/// Widest field.
const WIDEST: f32 = 640.0;
/// From this width on, two fields stand side by side.
const TWO: f32 = 520.0;

/// One field.
pub(super) struct Line<'a> {
    place: ShoppingPlace,
    field: ShoppingField,
    name: &'a str,
    said: String,
    hint: &'static str,
    note: String,
    most: Option<usize>,
}

impl<'a> Line<'a> {
    /// A field with this name above it.
    pub(super) fn new(place: ShoppingPlace, field: ShoppingField, name: &'a str) -> Self {
        Self {
            place,
            field,
            name,
            said: String::new(),
            hint: "",
            note: String::new(),
            most: None,
        }
    }

    /// Another name for screen readers, with the place.
    pub(super) fn said(mut self, said: String) -> Self {
        self.said = said;
        self
    }

    /// What stands in it while it is empty.
    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// What is worth knowing.
    pub(super) fn note(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    /// So many characters at most; how many there are is shown.
    pub(super) fn most(mut self, most: usize) -> Self {
        self.most = Some(most);
        self
    }
}

/// Paints fields of the form with what the model says about them.
pub(super) struct Painter<'a, 'b> {
    cx: &'a Cx<'b>,
    model: &'a Model,
}

impl<'a, 'b> Painter<'a, 'b> {
    /// With what is known of the form.
    pub(super) fn new(cx: &'a Cx<'b>, model: &'a Model) -> Self {
        Self { cx, model }
    }

    /// What is wrong with a field.
    pub(super) fn fault(&self, place: ShoppingPlace, field: ShoppingField) -> Option<String> {
        let fault = self.model.fault(place, field)?;
        Some(shopping_fault(self.cx.lang, fault))
    }

    /// One line of text; `true` when it was changed.
    pub(super) fn line(&self, ui: &mut Ui, line: Line<'_>, value: &mut String) -> bool {
        let fault = self.fault(line.place, line.field);
        let count = line.most.filter(|_| !value.is_empty()).map(|most| {
            let count = format::count(value.trim().chars().count());
            let args = [("count", count.into()), ("most", format::count(most).into())];
            self.cx.ta("shopping-length", &args)
        });
        let note = match (fault, count) {
            (Some(fault), Some(count)) => Some((Tone::Blocked, format!("{count} · {fault}"))),
            (Some(fault), None) => Some((Tone::Blocked, fault)),
            (None, Some(count)) => Some((Tone::Neutral, count)),
            (None, None) => Some(line.note)
                .filter(|note| !note.is_empty())
                .map(|note| (Tone::Neutral, note)),
        };
        let note = note.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let said = if line.said.is_empty() {
            line.name
        } else {
            &line.said
        };
        widgets::field(ui, line.name, note, |ui| {
            let width = ui.available_width().min(WIDEST);
            widgets::text_field(ui, value, said, line.hint, width).changed()
        })
    }

    /// The numbers of an order, of the kind that is chosen; `named` gives the name of each.
    pub(super) fn key(
        &self,
        ui: &mut Ui,
        key: &mut KeyDraft,
        place: ShoppingPlace,
        named: impl Fn(ShoppingField) -> String,
    ) -> bool {
        let one = |ui: &mut Ui, field: ShoppingField, hint: &'static str, value: &mut String| {
            let (name, said) = (shopping_field_name(self.cx.lang, field), named(field));
            self.line(ui, Line::new(place, field, &name).said(said).hint(hint), value)
        };
        match self.model.kind {
            KeyKind::Transaction => one(ui, ShoppingField::TransactionId, "4200…", &mut key.transaction_id),
            KeyKind::Merchant => {
                let KeyDraft {
                    mchid, out_trade_no, ..
                } = key;
                let mut changed = false;
                pair(ui, |ui, second| {
                    changed |= if second {
                        one(ui, ShoppingField::OutTradeNo, "", out_trade_no)
                    } else {
                        one(ui, ShoppingField::Mchid, "", mchid)
                    };
                });
                changed
            }
        }
    }

    /// A link: where it leads, and the fields of that; `fields` are those of its AppID, its path and its address.
    pub(super) fn link(
        &self,
        ui: &mut Ui,
        link: &mut LinkDraft,
        place: ShoppingPlace,
        fields: [ShoppingField; 3],
        said: &str,
    ) -> bool {
        let cx = self.cx;
        let (page, web) = (cx.t("shopping-link-mini-program"), cx.t("shopping-link-url"));
        let choices = [
            (LinkKind::MiniProgram.word(), page.as_str()),
            (LinkKind::Url.word(), web.as_str()),
        ];
        let name = format!("{said} {}", cx.t("shopping-link-kind"));
        let mut changed = false;
        if let Some(chosen) = widgets::choice(ui, &name, &choices, link.kind.word()) {
            link.kind = if chosen == LinkKind::Url.word() {
                LinkKind::Url
            } else {
                LinkKind::MiniProgram
            };
            changed = true;
        }
        let [appid, path, url] = fields;
        let one = |ui: &mut Ui, field: ShoppingField, hint: &'static str, value: &mut String| {
            let name = shopping_field_name(cx.lang, field);
            let shown = Line::new(place, field, &name)
                .said(format!("{said} {name}"))
                .hint(hint);
            self.line(ui, shown, value)
        };
        match link.kind {
            LinkKind::Url => changed |= one(ui, url, "https://…", &mut link.url),
            LinkKind::MiniProgram => {
                let LinkDraft {
                    appid: typed,
                    path: page,
                    ..
                } = link;
                pair(ui, |ui, second| {
                    changed |= if second {
                        one(ui, appid, "wx…", typed)
                    } else {
                        one(ui, path, "pages/…", page)
                    };
                });
            }
        }
        changed
    }
}

/// Two things side by side where there is room, else one below the other; `true` for the second.
pub(super) fn pair(ui: &mut Ui, mut add: impl FnMut(&mut Ui, bool)) {
    if ui.available_width() < TWO {
        add(ui, false);
        add(ui, true);
        return;
    }
    ui.columns_const(|[left, right]: &mut [Ui; 2]| {
        add(left, false);
        add(right, true);
    });
}
