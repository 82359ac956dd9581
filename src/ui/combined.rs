//! The form of combined shipping: the number of the combined payment and below it each sub-order with its parcels.
//! Apart from the usual form because it is rarely right, and says so.

mod told;

use egui::{Label, RichText, Ui};

use self::told::{Place, Told};
use super::Page;
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::ship_form::courier_field::Search;
use super::theme::{self, L, S, Tone, XL, XS};
use super::widgets::{self, Banner, icon_button, icons, primary, quiet, secondary};
use crate::domain::{CombinedDraft, DeliveryMode, Draft, ParcelDraft};
use crate::engine::command::Command;
use crate::i18n::format;

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
    /// What is wrong; `None` before the first try.
    told: Option<Told>,
    confirm: Option<(Confirm, CombinedDraft)>,
}

impl Default for Pane {
    fn default() -> Self {
        Self {
            parent: String::new(),
            subs: vec![Sub::default(), Sub::default()],
            told: None,
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
        let draft = self.draft();
        if let Some(told) = &mut self.told {
            told.follow(draft, cx);
        }
        widgets::page(ui, "combined", |ui| {
            let (title, detail) = (cx.t("combined-advice"), cx.t("combined-advice.detail"));
            Banner::new(Tone::Info, icons::ICON_INFO, &title)
                .detail(&detail)
                .show(ui, |_| ());
            widgets::card(ui, |ui| {
                let (name, note) = (cx.t("combined-parent"), cx.t("combined-parent-note"));
                widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
                    widgets::text_field(ui, &mut self.parent, &name, "4200…", 320.0);
                    if let Some(told) = &self.told {
                        told.ui(ui, cx, Place::Parent);
                    }
                });
            });
            ui.add_space(S);
            self.tree(ui, cx);
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
        let told = self.told.as_ref();
        for (index, sub) in self.subs.iter_mut().enumerate() {
            ui.push_id(("sub", index), |ui| {
                let inset = if widgets::is_narrow(ui) { S } else { XL };
                ui.horizontal_top(|ui| {
                    ui.add_space(inset);
                    ui.vertical(|ui| {
                        widgets::card(ui, |ui| {
                            if sub_ui(ui, cx, sub, (index, told), many) {
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

    fn draft(&self) -> CombinedDraft {
        CombinedDraft {
            parent: self.parent.trim().to_owned(),
            subs: self.subs.iter().map(Sub::draft).collect(),
        }
    }

    fn question(&mut self, cx: &Cx<'_>) {
        let draft = self.draft();
        let told = self.told.get_or_insert_default();
        told.follow(draft.clone(), cx);
        if !told.is_good() {
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
fn sub_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    sub: &mut Sub,
    (index, told): (usize, Option<&Told>),
    removable: bool,
) -> bool {
    let tell = |ui: &mut Ui, place: Place| {
        if let Some(told) = told {
            told.ui(ui, cx, place);
        }
    };
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
        tell(ui, Place::Sub(index));
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
            tell(ui, Place::Parcel(index, at));
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
