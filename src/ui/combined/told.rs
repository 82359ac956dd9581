//! What is wrong with a combined order, each thing at the place where it is repaired.

use std::cell::Cell;
use std::collections::HashMap;

use egui::{Align, Label, RichText, Ui};

use crate::domain::{CombinedDraft, Field, Intent, OpenId, Problem, ProblemKind, Rules, TransactionId};
use crate::i18n::explain::Names;
use crate::i18n::explain_problem;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, Tone};

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The number of the combined payment, or all sub-orders together.
    Parent,
    /// A sub-order, by its index.
    Sub(usize),
    /// A parcel of a sub-order, both by their index.
    Parcel(usize, usize),
}

/// What is wrong with what is typed.
#[derive(Debug, Default)]
pub(super) struct Told {
    checked: Option<CombinedDraft>,
    wrong: Vec<(Place, Problem)>,
    /// The first line that is painted comes into sight.
    reveal: Cell<bool>,
}

impl Told {
    /// Checks what is typed, when it is something else than before.
    pub(super) fn follow(&mut self, draft: CombinedDraft, cx: &Cx<'_>) {
        if self.checked.as_ref() != Some(&draft) {
            self.wrong = problems(&draft, cx);
            self.checked = Some(draft);
        }
    }

    /// Nothing is wrong. Else the first of it comes into sight.
    pub(super) fn is_good(&self) -> bool {
        self.reveal.set(!self.wrong.is_empty());
        self.wrong.is_empty()
    }

    /// Paints what is wrong at a place.
    pub(super) fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, place: Place) {
        let names = Names {
            couriers: &cx.snapshot.couriers,
        };
        for (_, problem) in self.wrong.iter().filter(|(at, _)| *at == place) {
            let words = explain_problem(cx.lang, problem, &names);
            let line = [words.title, words.action].join(" · ");
            let ink = theme::palette(ui).tone(Tone::Blocked).ink;
            let shown = ui.add(Label::new(RichText::new(line).small().color(ink)).wrap());
            if self.reveal.take() {
                shown.scroll_to_me(Some(Align::Center));
            }
        }
    }
}

fn problems(draft: &CombinedDraft, cx: &Cx<'_>) -> Vec<(Place, Problem)> {
    let account = cx.snapshot.session.account();
    let rules = Rules {
        max_parcels: account.map_or(10, |account| account.max_parcels),
        couriers: Some(&cx.snapshot.couriers),
    };
    let mut wrong = Vec::new();
    let together = draft.check(&rules).err().unwrap_or_default();
    for problem in together.into_iter().flat_map(|(_, problems)| problems) {
        let kinds = [ProblemKind::CombinedParent, ProblemKind::CombinedOrders];
        if kinds.contains(&problem.what) {
            wrong.push((Place::Parent, problem));
        }
    }
    let payers = payers(draft, cx);
    wrong.extend(
        draft
            .other_buyers(|order| payers.get(order).cloned())
            .map(|problem| (Place::Parent, problem)),
    );
    for (index, sub) in draft.subs.iter().enumerate() {
        for problem in Intent::check(sub, &rules).err().unwrap_or_default() {
            if !problem.blocks() {
                continue;
            }
            let place = match (problem.parcel, problem.field) {
                (Some(parcel), _) => Place::Parcel(index, parcel),
                (None, Some(Field::Parcels)) => Place::Parcel(index, 0),
                (None, _) => Place::Sub(index),
            };
            wrong.push((place, problem));
        }
    }
    wrong
}

/// Who paid the sub-orders that the list of orders knows.
fn payers(draft: &CombinedDraft, cx: &Cx<'_>) -> HashMap<String, OpenId> {
    let asked: Vec<TransactionId> = draft
        .subs
        .iter()
        .filter_map(|sub| TransactionId::parse(sub.transaction_id.trim()))
        .collect();
    let rows = cx.snapshot.orders.rows.iter();
    rows.filter(|order| asked.contains(&order.transaction_id))
        .map(|order| (order.transaction_id.as_str().to_owned(), order.openid.clone()))
        .collect()
}
