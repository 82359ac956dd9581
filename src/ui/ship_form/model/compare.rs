//! What a correction replaces: the parcels that WeChat shows beside those that would stand there instead.
//! Apart from the form, because a person must see both sides before the only correction is spent.

use std::collections::BTreeSet;

use crate::domain::{CourierList, ParcelId};
use crate::i18n::{Lang, text, text_with};

use super::{Form, Way};

/// What becomes of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands on both sides.
    Stays,
    /// It will be gone.
    Goes,
    /// It is new.
    Comes,
}

/// One parcel of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Courier and number, or how it is delivered.
    pub title: String,
    /// What is in it.
    pub goods: String,
    /// What becomes of it.
    pub change: Change,
}

/// Both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What WeChat shows now.
    pub old: Vec<Line>,
    /// What would stand there.
    pub new: Vec<Line>,
}

/// Puts both sides beside each other.
pub fn compare(lang: Lang, form: &Form, couriers: &CourierList) -> Comparison {
    let shown = &form.order().shipping.parcels;
    let old_way = Way::of(form.order());
    let old: Vec<(Option<ParcelId>, String, String)> = shown
        .iter()
        .map(|parcel| {
            let goods = parcel.goods_desc.clone();
            let (id, title) = titled(
                lang,
                couriers,
                old_way,
                &parcel.express_company,
                &parcel.tracking_no,
            );
            (id, title, goods)
        })
        .collect();
    let draft = form.draft();
    let new: Vec<(Option<ParcelId>, String, String)> = draft
        .parcels
        .iter()
        .map(|parcel| {
            let goods = parcel.item_desc.trim().to_owned();
            let (id, title) = titled(lang, couriers, form.way, &parcel.courier, &parcel.tracking_no);
            (id, title, goods)
        })
        .collect();
    let ids = |side: &[(Option<ParcelId>, String, String)]| -> BTreeSet<ParcelId> {
        side.iter().filter_map(|(id, _, _)| id.clone()).collect()
    };
    let (old_ids, new_ids) = (ids(&old), ids(&new));
    let lines = |side: Vec<(Option<ParcelId>, String, String)>, other: &BTreeSet<ParcelId>, change| {
        let line = |(id, title, goods): (Option<ParcelId>, String, String)| Line {
            title,
            goods,
            change: if id.is_some_and(|id| other.contains(&id)) {
                Change::Stays
            } else {
                change
            },
        };
        side.into_iter().map(line).collect()
    };
    Comparison {
        old: lines(old, &new_ids, Change::Goes),
        new: lines(new, &old_ids, Change::Comes),
    }
}

fn titled(
    lang: Lang,
    couriers: &CourierList,
    way: Way,
    courier: &str,
    tracking_no: &str,
) -> (Option<ParcelId>, String) {
    if !way.is_express() || tracking_no.trim().is_empty() {
        return (None, super::words::way_name(lang, way));
    }
    let name = couriers.name(courier.trim()).to_owned();
    let args = [("courier", name.into()), ("number", tracking_no.trim().into())];
    let title = text_with(lang, "ship-courier-and-number", &args);
    (Some(ParcelId::new(courier, tracking_no)), title)
}

/// The word for what becomes of a parcel.
pub fn change_name(lang: Lang, change: Change) -> String {
    text(
        lang,
        match change {
            Change::Stays => "ship-change-stays",
            Change::Goes => "ship-change-goes",
            Change::Comes => "ship-change-comes",
        },
    )
}
