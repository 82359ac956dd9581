//! The form of combined shipping: the number of the combined payment and below it each sub-order with its parcels.
//! Apart from the usual form because it is rarely right, and says so.

use egui::{Label, RichText, Ui};

use super::Page;
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::ship_form::courier_field::Search;
use super::theme::{self, L, S, Tone, XL, XS};
use super::widgets::{self, Banner, icon_button, icons, primary, quiet, secondary};
use crate::domain::{CombinedDraft, DeliveryMode, Draft, ParcelDraft, Problem, Rules};
use crate::engine::command::Command;
use crate::i18n::explain::Names;
use crate::i18n::{explain_problem, format};

/// What is typed about one sub-order.
#[derive(Debug)]
struct Sub {
    order: String,
    parcels: Vec<ParcelDraft>,
    searches: Vec<Search>,
    more_follows: bool,
}

impl Default for Sub {
    fn default() -> Self {
        Self {
            order: String::new(),
            parcels: vec![ParcelDraft::default()],
            searches: vec![Search::default()],
            more_follows: false,
        }
    }
}

impl Sub {
    fn draft(&self) -> Draft {
        let split = self.parcels.len() > 1 || self.more_follows;
        Draft {
            transaction_id: self.order.trim().to_owned(),
            delivery_mode: if split {
                DeliveryMode::Split
            } else {
                DeliveryMode::Unified
            },
            complete: !self.more_follows,
            parcels: self.parcels.clone(),
            ..Draft::default()
        }
    }
}

/// The page.
#[derive(Debug)]
pub struct Pane {
    parent: String,
    subs: Vec<Sub>,
    /// What is wrong, since the first try.
    wrong: Vec<(String, Vec<Problem>)>,
    confirm: Option<(Confirm, CombinedDraft)>,
}

impl Default for Pane {
    fn default() -> Self {
        Self {
            parent: String::new(),
            subs: vec![Sub::default(), Sub::default()],
            wrong: Vec::new(),
            confirm: None,
        }
    }
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let subtitle = cx.t("combined-subtitle");
        widgets::page_header(ui, &cx.t("combined-title"), Some(&subtitle), |ui| {
            let back = quiet(cx.t("combined-back")).icon(icons::ICON_ARROW_BACK);
            if ui.add(back).clicked() {
                *cx.go = Some(Page::Special);
            }
        });
        widgets::page(ui, "combined", |ui| {
            let (title, detail) = (cx.t("combined-advice"), cx.t("combined-advice.detail"));
            Banner::new(Tone::Info, icons::ICON_INFO, &title)
                .detail(&detail)
                .show(ui, |_| ());
            widgets::card(ui, |ui| {
                let (name, note) = (cx.t("combined-parent"), cx.t("combined-parent-note"));
                widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
                    widgets::text_field(ui, &mut self.parent, &name, "4200…", 320.0);
                });
            });
            ui.add_space(S);
            self.tree(ui, cx);
            self.problems(ui, cx);
            widgets::row(ui, theme::BUTTON, |ui| {
                let add = secondary(cx.t("combined-add-sub")).icon(icons::ICON_ADD);
                if ui.add(add).clicked() {
                    self.subs.push(Sub::default());
                }
                let count = ("count", format::count(self.subs.len()).into());
                let send = primary(cx.ta("combined-send", &[count])).icon(icons::ICON_LOCAL_SHIPPING);
                if ui.add(send).clicked() {
                    self.question(cx);
                }
            });
        });
        self.ask(ui, cx);
    }

    /// The sub-orders, set in below the combined order.
    fn tree(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let many = self.subs.len() > 2;
        let mut removed = None;
        for (index, sub) in self.subs.iter_mut().enumerate() {
            ui.push_id(("sub", index), |ui| {
                let inset = if widgets::is_narrow(ui) { S } else { XL };
                ui.horizontal_top(|ui| {
                    ui.add_space(inset);
                    ui.vertical(|ui| {
                        widgets::card(ui, |ui| {
                            if sub_ui(ui, cx, sub, index, many) {
                                removed = Some(index);
                            }
                        });
                    });
                });
            });
            ui.add_space(S);
        }
        if let Some(index) = removed {
            self.subs.remove(index);
        }
    }

    fn problems(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let names = Names {
            couriers: &cx.snapshot.couriers,
        };
        for (order, problems) in &self.wrong {
            for problem in problems {
                let words = explain_problem(cx.lang, problem, &names);
                let title = if order.is_empty() {
                    words.title.clone()
                } else {
                    format!("{order} · {}", words.title)
                };
                Banner::new(Tone::Blocked, icons::ICON_ERROR, &title)
                    .detail(&words.detail)
                    .advice(&words.action)
                    .show(ui, |_| ());
            }
        }
    }

    fn question(&mut self, cx: &Cx<'_>) {
        let draft = CombinedDraft {
            parent: self.parent.trim().to_owned(),
            subs: self.subs.iter().map(Sub::draft).collect(),
        };
        let account = cx.snapshot.session.account();
        let rules = Rules {
            max_parcels: account.map_or(10, |account| account.max_parcels),
            couriers: Some(&cx.snapshot.couriers),
        };
        self.wrong = draft.check(&rules).err().unwrap_or_default();
        if !self.wrong.is_empty() {
            return;
        }
        let count = ("count", format::count(draft.subs.len()).into());
        let confirm = Confirm {
            title: cx.ta("combined-ask", std::slice::from_ref(&count)),
            body: vec![cx.t("combined-ask-all"), cx.t("combined-ask-told")],
            yes: cx.ta("combined-send", &[count]),
            no: cx.t("errands-no"),
            costly: true,
            ..Confirm::default()
        };
        self.confirm = Some((confirm, draft));
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, draft)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                cx.send(Command::ShipCombined(draft.clone()));
                *cx.go = Some(Page::Outbox);
                *self = Self::default();
            }
        }
    }
}

/// One sub-order; `true` when it is to be removed.
fn sub_ui(ui: &mut Ui, cx: &Cx<'_>, sub: &mut Sub, index: usize, removable: bool) -> bool {
    let number = ("number", index.saturating_add(1).into());
    let heading = cx.ta("combined-sub", std::slice::from_ref(&number));
    let mut removed = false;
    ui.horizontal(|ui| {
        ui.label(RichText::new(&heading).text_style(theme::section_style()));
        if removable {
            let name = cx.ta("combined-remove-sub", std::slice::from_ref(&number));
            removed = ui.add(icon_button(icons::ICON_DELETE, name)).clicked();
        }
    });
    let name = cx.ta("combined-sub-order", &[number]);
    widgets::field(ui, &name, None, |ui| {
        widgets::text_field(ui, &mut sub.order, &name, "4200…", 320.0);
    });
    let many = sub.parcels.len() > 1;
    let mut gone = None;
    let parcels = sub.parcels.iter_mut().zip(sub.searches.iter_mut());
    for (at, (parcel, search)) in parcels.enumerate() {
        ui.push_id(("parcel", at), |ui| {
            if parcel_ui(
                ui,
                cx,
                parcel,
                search,
                &format!("{heading} {}", at.saturating_add(1)),
                many,
            ) {
                gone = Some(at);
            }
        });
    }
    if let Some(at) = gone {
        sub.parcels.remove(at);
        sub.searches.remove(at);
    }
    ui.horizontal(|ui| {
        let add = quiet(cx.t("combined-add-parcel"))
            .icon(icons::ICON_ADD)
            .name(format!("{heading}: {}", cx.t("combined-add-parcel")));
        if ui.add(add).clicked() {
            sub.parcels.push(ParcelDraft::default());
            sub.searches.push(Search::default());
        }
        ui.add_space(L);
        ui.checkbox(&mut sub.more_follows, cx.t("combined-more"));
    });
    removed
}

/// One parcel; `true` when it is to be removed.
fn parcel_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    parcel: &mut ParcelDraft,
    search: &mut Search,
    place: &str,
    removable: bool,
) -> bool {
    let mut removed = false;
    // In a narrow window what does not fit stands on the next line.
    widgets::wrapped(ui, |ui| {
        ui.add(Label::new(icons::ICON_SUBDIRECTORY_ARROW_RIGHT.rich_text()));
        ui.add_space(XS);
        let courier = cx.t("field-courier");
        search.ui(
            ui,
            cx,
            &mut parcel.courier,
            &format!("{place} {courier}"),
            180.0,
            &[],
        );
        for (id, text, width) in [
            ("field-tracking-no", &mut parcel.tracking_no, 200.0),
            ("field-item-desc", &mut parcel.item_desc, 220.0),
            ("field-receiver-contact", &mut parcel.receiver_contact, 150.0),
        ] {
            let word = cx.t(id);
            widgets::text_field(ui, text, &format!("{place} {word}"), &word, width);
        }
        if removable {
            let name = format!("{place}: {}", cx.t("combined-remove-parcel"));
            removed = ui.add(icon_button(icons::ICON_DELETE, name)).clicked();
        }
    });
    removed
}
