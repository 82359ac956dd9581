//! What a person has typed into the form, apart from what the order says: for taking steps back, and for keeping a
//! draft while the page is left or the program is closed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Form, Way};
use crate::domain::{MaskedContact, ParcelDraft, ParcelId, private};
use crate::ui::order_detail::model::Purpose;

/// Steps that can be taken back.
const MOST_STEPS: usize = 200;
/// Drafts that are kept; the oldest give way.
const MOST_DRAFTS: usize = 30;
/// Bytes that all kept drafts may take together.
const MOST_BYTES: usize = 60_000;

/// The key under which drafts are kept.
pub const KEY: &str = "ship.drafts";

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    way: Way,
    complete: bool,
    /// The parcels behind those that WeChat holds.
    parcels: Vec<ParcelDraft>,
    plain_text: String,
}

impl Form {
    /// What is typed now.
    pub fn content(&self) -> Content {
        Content {
            way: self.way,
            complete: self.complete,
            parcels: self.parcels.get(self.kept..).unwrap_or_default().to_vec(),
            plain_text: self.plain_text.clone(),
        }
    }

    /// Puts back what was typed; the parcels that WeChat holds stay.
    pub fn restore(&mut self, content: &Content) {
        if self.may_choose(content.way) {
            self.way = content.way;
        }
        self.complete = content.complete;
        self.parcels.truncate(self.kept);
        self.parcels.extend(content.parcels.iter().cloned());
        self.plain_text.clone_from(&content.plain_text);
        self.touched.clear();
    }

    /// The account's sender, who stands in where a parcel of 顺丰 has no contact; empty when none is kept.
    pub fn usual_sender(&self) -> &str {
        &self.sender
    }

    /// The name of a draft of this form: what it is for, and what WeChat holds. A draft of another one does not fit.
    fn name_of_draft(&self) -> (String, BTreeSet<ParcelId>) {
        let purpose = match self.purpose {
            Purpose::First => "first",
            Purpose::Continue => "continue",
            Purpose::Correct => "correct",
        };
        (purpose.to_owned(), self.look.parcels.clone())
    }
}

/// Where a change was made: typing goes on in one step while it stays in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Text(usize, usize),
    Plain,
    Other,
}

fn slot(before: &Content, after: &Content) -> Slot {
    if before.way != after.way
        || before.complete != after.complete
        || before.parcels.len() != after.parcels.len()
    {
        return Slot::Other;
    }
    let fields = |parcel: &ParcelDraft| {
        [
            parcel.courier.clone(),
            parcel.tracking_no.clone(),
            parcel.item_desc.clone(),
            parcel.consignor_contact.clone(),
            parcel.receiver_contact.clone(),
        ]
    };
    let mut changed = Vec::new();
    for (index, (one, other)) in before.parcels.iter().zip(&after.parcels).enumerate() {
        for (field, (a, b)) in fields(one).iter().zip(fields(other).iter()).enumerate() {
            if a != b {
                changed.push(Slot::Text(index, field));
            }
        }
    }
    match (changed.as_slice(), before.plain_text != after.plain_text) {
        ([one], false) => *one,
        ([], true) => Slot::Plain,
        _ => Slot::Other,
    }
}

/// The steps of one form.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    now: Option<Content>,
    past: Vec<Content>,
    future: Vec<Content>,
    last: Option<Slot>,
}

impl Edits {
    /// Notices what has changed; `true` when something has.
    pub fn observe(&mut self, form: &Form) -> bool {
        let content = form.content();
        let Some(now) = &self.now else {
            self.now = Some(content);
            return false;
        };
        if *now == content {
            return false;
        }
        let slot = slot(now, &content);
        if slot == Slot::Other || self.last != Some(slot) {
            self.past.push(now.clone());
            let surplus = self.past.len().saturating_sub(MOST_STEPS);
            self.past.drain(..surplus);
        }
        self.last = Some(slot);
        self.future.clear();
        self.now = Some(content);
        true
    }

    /// A step can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// A step that was taken back can be made again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes one step back.
    pub fn undo(&mut self, form: &mut Form) {
        if let Some(content) = self.past.pop() {
            self.future.extend(self.now.replace(content.clone()));
            self.last = None;
            form.restore(&content);
        }
    }

    /// Makes the step again that was taken back last.
    pub fn redo(&mut self, form: &mut Form) {
        if let Some(content) = self.future.pop() {
            self.past.extend(self.now.replace(content.clone()));
            self.last = None;
            form.restore(&content);
        }
    }
}

/// One kept draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    order: String,
    purpose: String,
    held: BTreeSet<ParcelId>,
    content: Content,
}

/// The drafts of all orders, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Drafts {
    kept: Vec<Kept>,
}

impl Drafts {
    /// Reads what was kept; nothing when it cannot be read.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        if self.kept.is_empty() {
            return String::new();
        }
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The draft of this form, when there is one that fits it.
    pub fn find(&self, form: &Form) -> Option<&Content> {
        let (purpose, held) = form.name_of_draft();
        let order = form.order().transaction_id.as_str();
        let kept = self.kept.iter().rev().find(|kept| kept.order == order)?;
        (kept.purpose == purpose && kept.held == held).then_some(&kept.content)
    }

    /// Keeps what is typed. Phones are masked before; one that is typed half is left out, and so is a text with a
    /// phone or the like in it.
    pub fn keep(&mut self, form: &Form) {
        self.forget(form);
        let mut content = form.content();
        leave_private(&mut content.plain_text);
        for parcel in &mut content.parcels {
            leave_private(&mut parcel.item_desc);
            leave_private(&mut parcel.tracking_no);
            for contact in [&mut parcel.consignor_contact, &mut parcel.receiver_contact] {
                let masked = MaskedContact::mask(contact);
                *contact = masked.map_or_else(String::new, |masked| masked.as_str().to_owned());
            }
        }
        let (purpose, held) = form.name_of_draft();
        self.kept.push(Kept {
            order: form.order().transaction_id.as_str().to_owned(),
            purpose,
            held,
            content,
        });
        while self.kept.len() > MOST_DRAFTS || self.text().len() > MOST_BYTES {
            self.kept.remove(0);
        }
    }

    /// Forgets the draft of this form's order.
    pub fn forget(&mut self, form: &Form) {
        let order = form.order().transaction_id.as_str();
        self.kept.retain(|kept| kept.order != order);
    }
}

fn leave_private(text: &mut String) {
    if private::is_private(text) {
        text.clear();
    }
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
