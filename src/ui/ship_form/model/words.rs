//! What the form says: what will happen, what the button costs, what is still missing. Apart from the form,
//! because it decides nothing.

use crate::domain::parcel::MAX_ITEM_DESC_CHARS;
use crate::domain::{CourierList, Field, MaskedContact, Problem};
use crate::i18n::explain::Names;
use crate::i18n::{Lang, explain_problem, text, text_with};
use crate::ui::order_detail::model::Purpose;
use crate::ui::orders::model::{Said, Tone};

use super::paste::Pasted;
use super::{Form, Way};

/// The name of a way.
pub fn way_name(lang: Lang, way: Way) -> String {
    text(
        lang,
        match way {
            Way::Unified => "ship-way-unified",
            Way::Split => "ship-way-split",
            Way::SameCity => "ship-way-same-city",
            Way::Virtual => "ship-way-virtual",
            Way::PickUp => "ship-way-pick-up",
        },
    )
}

/// The title of the form.
pub fn title(lang: Lang, purpose: Purpose) -> String {
    text(
        lang,
        match purpose {
            Purpose::First => "ship-title-first",
            Purpose::Continue => "ship-title-continue",
            Purpose::Correct => "ship-title-correct",
        },
    )
}

/// What will happen, in one sentence.
pub fn consequence(lang: Lang, form: &Form) -> String {
    let all = form.sent_parcels().len();
    let fresh = all.saturating_sub(form.kept());
    let args = [
        ("all", all.into()),
        ("fresh", fresh.into()),
        ("kept", form.kept().into()),
    ];
    let id = match (form.way, form.complete) {
        _ if form.changes_nothing() => "ship-will-nothing",
        _ if form.purpose == Purpose::Correct => "ship-will-replace",
        (Way::Unified, _) => "ship-will-unified",
        (Way::Split, true) if form.kept() > 0 && fresh == 0 => "ship-will-finish",
        (Way::Split, true) if form.kept() > 0 => "ship-will-rest",
        (Way::Split, true) if all == 1 => "ship-will-unified",
        (Way::Split, true) => "ship-will-split",
        (Way::Split, false) if form.kept() > 0 => "ship-will-some-more",
        (Way::Split, false) => "ship-will-some",
        (Way::SameCity, _) => "ship-will-same-city",
        (Way::Virtual, _) => "ship-will-virtual",
        (Way::PickUp, _) => "ship-will-pick-up",
    };
    text_with(lang, id, &args)
}

/// What is left afterwards, when the order is complete then; `None` for a correction, which says it itself.
pub fn afterwards(lang: Lang, form: &Form) -> Option<String> {
    let completes = form.way != Way::Split || form.complete;
    let says = form.purpose != Purpose::Correct && completes && !form.changes_nothing();
    says.then(|| text(lang, "ship-afterwards"))
}

/// What became of pasted lines.
pub fn pasted(lang: Lang, pasted: Pasted, max: usize) -> Said {
    let args = [
        ("taken", pasted.taken.into()),
        ("skipped", pasted.skipped.into()),
        ("left", pasted.without_room.into()),
        ("max", max.into()),
    ];
    if pasted.without_room > 0 {
        Said::new(text_with(lang, "ship-pasted-full", &args), Tone::Bad)
    } else if pasted.skipped > 0 {
        Said::new(text_with(lang, "ship-pasted-some", &args), Tone::Warn)
    } else {
        Said::new(text_with(lang, "ship-pasted", &args), Tone::Quiet)
    }
}

/// What the buyer will see of the order: a line for each parcel, or the text of a delivery without a courier.
pub fn buyer_lines(form: &Form, couriers: &CourierList) -> Vec<(String, String)> {
    let draft = form.draft();
    let shown = draft.parcels.iter().map(|parcel| {
        let number = parcel.tracking_no.trim();
        let courier = match parcel.courier.trim() {
            "" => String::new(),
            id => couriers.name(id).to_owned(),
        };
        let way = [courier.as_str(), number].join(" ").trim().to_owned();
        (parcel.item_desc.trim().to_owned(), way)
    });
    shown.collect()
}

/// The words of the button that sends: what it costs stands on it.
pub fn send_label(lang: Lang, form: &Form) -> String {
    let all = form.sent_parcels().len();
    let fresh = all.saturating_sub(form.kept());
    let (id, count) = match (form.purpose, form.way) {
        (Purpose::Correct, _) => ("ship-send-correction", all),
        (Purpose::Continue, _) if fresh == 0 => ("ship-send-finish", 0),
        (_, Way::Unified | Way::Split) => ("ship-send-parcels", fresh),
        (_, Way::SameCity) => ("ship-send-same-city", 1),
        (_, Way::Virtual) => ("ship-send-virtual", 1),
        (_, Way::PickUp) => ("ship-send-pick-up", 1),
    };
    text_with(lang, id, &[("count", count.into())])
}

/// `3 / 10`, and loud when there are too many.
pub fn parcel_count(form: &Form) -> Said {
    let (count, max) = (form.sent_parcels().len(), form.max_parcels());
    let tone = if count > max { Tone::Bad } else { Tone::Quiet };
    Said::new(format!("{count} / {max}"), tone)
}

/// `36 / 120` under a text; loud from the limit on.
pub fn length(typed: &str) -> Said {
    let count = typed.trim().chars().count();
    let tone = match count {
        0..=110 => Tone::Quiet,
        111..=MAX_ITEM_DESC_CHARS => Tone::Warn,
        _ => Tone::Bad,
    };
    Said::new(format!("{count} / {MAX_ITEM_DESC_CHARS}"), tone)
}

/// How a typed phone will be sent; `None` while it is empty or no phone.
pub fn contact_preview(lang: Lang, typed: &str) -> Option<String> {
    let masked = MaskedContact::mask(typed)?;
    let args = [("masked", masked.as_str().into())];
    Some(text_with(lang, "ship-contact-preview", &args))
}

/// A problem in words, as they stand under its field.
pub fn problem_line(lang: Lang, problem: &Problem, couriers: &CourierList) -> Said {
    let explained = explain_problem(lang, problem, &Names { couriers });
    let tone = if problem.blocks() { Tone::Bad } else { Tone::Warn };
    if explained.action.is_empty() {
        return Said::new(explained.title, tone);
    }
    let args = [
        ("title", explained.title.into()),
        ("action", explained.action.into()),
    ];
    Said::new(text_with(lang, "ship-problem-line", &args), tone)
}

/// The problems that stand under one field.
pub fn at_field(problems: &[Problem], parcel: usize, field: Field) -> impl Iterator<Item = &Problem> {
    problems
        .iter()
        .filter(move |problem| problem.field == Some(field) && problem.parcel.unwrap_or(0) == parcel)
}

/// Why the button cannot be pressed yet; `None` when it can.
pub fn blocked_because(lang: Lang, form: &Form, problems: &[Problem]) -> Option<String> {
    if form.changes_nothing() {
        return Some(text(lang, "ship-nothing-to-send"));
    }
    let blocking: Vec<&Problem> = problems.iter().filter(|problem| problem.blocks()).collect();
    if blocking.is_empty() {
        return None;
    }
    let wrong = blocking.iter().filter(|problem| form.says(problem)).count();
    let missing = blocking.len().saturating_sub(wrong);
    let (id, count) = if wrong == 0 {
        ("ship-still-missing", missing)
    } else {
        ("ship-still-wrong", wrong)
    };
    Some(text_with(lang, id, &[("count", count.into())]))
}
