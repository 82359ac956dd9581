//! What the page of shopping orders knows: the form of each call, what is wrong with it, and whose openid was typed. Apart
//! from the painting, so that it is tested without a window.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::shopping::{
    ItemDraft, KeyDraft, KeyKind, LinkDraft, MAX_IMAGES, MAX_ITEMS, ShoppingContent, ShoppingFault,
    ShoppingField, ShoppingParcelDraft, ShoppingPlace, SubDetailsDraft, SubShipDraft,
};
use crate::domain::{
    CourierList, DeliveryMode, ShoppingCall, ShoppingDraft, ShoppingId, ShoppingProblem, ShoppingRecord,
    ShoppingRules,
};
use crate::engine::snapshot::{ShoppingFileView, Snapshot};

/// One sub-order of the shipping form.
#[derive(Clone, Debug)]
pub struct SubShip {
    /// Its numbers and its mode.
    pub draft: SubShipDraft,
    /// The items of each parcel, as one text each.
    pub items: Vec<String>,
}

impl Default for SubShip {
    fn default() -> Self {
        Self {
            draft: SubShipDraft {
                parcels: vec![ShoppingParcelDraft::default()],
                ..SubShipDraft::default()
            },
            items: vec![String::new()],
        }
    }
}

/// What a check needs of the account; it is checked again when one of these is another one.
#[derive(Debug)]
struct MadeFrom {
    couriers: Arc<CourierList>,
    appid: String,
    max_parcels: usize,
}

/// The form.
#[derive(Debug)]
pub struct Model {
    /// Which call is open.
    pub call: ShoppingCall,
    /// By which number all orders are named.
    pub kind: KeyKind,
    /// The combined order.
    pub parent: KeyDraft,
    /// The payer.
    pub openid: String,
    /// The sub-orders of the details.
    pub details: Vec<SubDetailsDraft>,
    /// The sub-orders of the shipping.
    pub ships: Vec<SubShip>,
    /// The item whose fields are open: its sub-order and its place.
    pub open_item: Option<(usize, usize)>,
    /// The result whose details are open.
    pub selected: Option<ShoppingId>,
    /// What is missing is told from the first try on.
    pub tried: bool,
    changed: bool,
    problems: Vec<ShoppingProblem>,
    /// The openid of each order that was typed or read since the start, by the order's number.
    payers: HashMap<String, String>,
    from: Option<MadeFrom>,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            call: ShoppingCall::Details,
            kind: KeyKind::Transaction,
            parent: KeyDraft::default(),
            openid: String::new(),
            details: vec![SubDetailsDraft {
                items: vec![new_item()],
                ..SubDetailsDraft::default()
            }],
            ships: vec![SubShip::default()],
            open_item: Some((0, 0)),
            selected: None,
            tried: false,
            changed: true,
            problems: Vec::new(),
            payers: HashMap::new(),
            from: None,
        }
    }
}

fn new_item() -> ItemDraft {
    ItemDraft {
        quantity: String::from("1"),
        image_urls: vec![String::new()],
        ..ItemDraft::default()
    }
}

impl Model {
    /// Brings what is wrong up to date, when something was typed or the account is another one.
    pub fn follow(&mut self, snapshot: &Snapshot) {
        let account = snapshot.session.account();
        let appid = account.map_or("", |account| account.appid.as_str());
        let max_parcels = account.map_or(10, |account| account.max_parcels);
        let same = self.from.as_ref().is_some_and(|from| {
            Arc::ptr_eq(&from.couriers, &snapshot.couriers)
                && from.appid == appid
                && from.max_parcels == max_parcels
        });
        if same && !self.changed {
            return;
        }
        if !same {
            self.take_appid(appid);
        }
        let rules = ShoppingRules {
            couriers: Some(&snapshot.couriers),
            appid,
            max_parcels,
        };
        self.problems = self.draft().check(&rules).err().unwrap_or_default();
        self.from = Some(MadeFrom {
            couriers: Arc::clone(&snapshot.couriers),
            appid: appid.to_owned(),
            max_parcels,
        });
        self.changed = false;
    }

    /// Links lead to the account's Mini Program unless another one was typed.
    fn take_appid(&mut self, appid: &str) {
        let before = self
            .from
            .as_ref()
            .map_or("", |from| from.appid.as_str())
            .to_owned();
        let links = self.details.iter_mut().flat_map(|sub| {
            std::iter::once(&mut sub.link).chain(sub.items.iter_mut().map(|item| &mut item.link))
        });
        for link in links.filter(|link| link.appid == before) {
            appid.clone_into(&mut link.appid);
        }
    }

    /// Something was typed.
    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// What is typed.
    pub fn draft(&self) -> ShoppingDraft {
        let keyed = |key: &KeyDraft| KeyDraft {
            by: self.kind,
            ..key.clone()
        };
        let content = match self.call {
            ShoppingCall::Details => ShoppingContent::Details(
                self.details
                    .iter()
                    .map(|sub| SubDetailsDraft {
                        key: keyed(&sub.key),
                        ..sub.clone()
                    })
                    .collect(),
            ),
            ShoppingCall::Ship => ShoppingContent::Ship(
                self.ships
                    .iter()
                    .map(|sub| SubShipDraft {
                        key: keyed(&sub.draft.key),
                        mode: sub.draft.mode,
                        parcels: with_items(sub),
                    })
                    .collect(),
            ),
            ShoppingCall::Verify => ShoppingContent::Verify,
        };
        ShoppingDraft {
            key: keyed(&self.parent),
            openid: self.openid.trim().to_owned(),
            content,
        }
    }

    /// What is wrong.
    pub fn problems(&self) -> &[ShoppingProblem] {
        &self.problems
    }

    /// What is wrong with a field, as far as it is to be told now: that something is missing is no news before the first
    /// try.
    pub fn fault(&self, place: ShoppingPlace, field: ShoppingField) -> Option<ShoppingFault> {
        let mut found = self.problems.iter().filter(|problem| {
            problem.place == place
                && problem.field == field
                && (self.tried || problem.fault != ShoppingFault::Missing)
        });
        found.next().map(|problem| problem.fault)
    }

    /// Another call is opened; its form has kept what was typed, and the order stays.
    pub fn open(&mut self, call: ShoppingCall) {
        self.call = call;
        self.tried = false;
        self.changed = true;
    }

    /// Adds a sub-order.
    pub fn add_sub(&mut self) {
        self.changed = true;
        match self.call {
            ShoppingCall::Details => {
                // The page of the order is usually the same one with another number.
                let link = self
                    .details
                    .last()
                    .map(|sub| sub.link.clone())
                    .unwrap_or_default();
                let mut item = new_item();
                item.link.appid.clone_from(&link.appid);
                self.details.push(SubDetailsDraft {
                    link,
                    items: vec![item],
                    ..SubDetailsDraft::default()
                });
                self.open_item = Some((self.details.len().saturating_sub(1), 0));
            }
            ShoppingCall::Ship => self.ships.push(SubShip::default()),
            ShoppingCall::Verify => {}
        }
    }

    /// Takes a sub-order away.
    pub fn remove_sub(&mut self, index: usize) {
        self.changed = true;
        match self.call {
            ShoppingCall::Details if index < self.details.len() => drop(self.details.remove(index)),
            ShoppingCall::Ship if index < self.ships.len() => drop(self.ships.remove(index)),
            ShoppingCall::Details | ShoppingCall::Ship | ShoppingCall::Verify => {}
        }
        self.open_item = None;
    }

    /// Adds an item with the page of the one before; not beyond the limit.
    pub fn add_item(&mut self, sub: usize) {
        self.changed = true;
        if let Some(draft) = self
            .details
            .get_mut(sub)
            .filter(|sub| sub.items.len() < MAX_ITEMS)
        {
            let link = draft.items.last().map_or_else(
                || LinkDraft {
                    appid: draft.link.appid.clone(),
                    ..LinkDraft::default()
                },
                |item| item.link.clone(),
            );
            draft.items.push(ItemDraft { link, ..new_item() });
            self.open_item = Some((sub, draft.items.len().saturating_sub(1)));
        }
    }

    /// Takes an item away.
    pub fn remove_item(&mut self, sub: usize, item: usize) {
        self.changed = true;
        if let Some(draft) = self.details.get_mut(sub).filter(|sub| item < sub.items.len()) {
            draft.items.remove(item);
            self.open_item = None;
        }
    }

    /// Adds an image; not beyond the limit.
    pub fn add_image(&mut self, sub: usize, item: usize) {
        self.changed = true;
        let item = self.details.get_mut(sub).and_then(|sub| sub.items.get_mut(item));
        if let Some(item) = item.filter(|item| item.image_urls.len() < MAX_IMAGES) {
            item.image_urls.push(String::new());
        }
    }

    /// Adds a parcel; more than one are split.
    pub fn add_parcel(&mut self, sub: usize) {
        self.changed = true;
        if let Some(sub) = self.ships.get_mut(sub) {
            sub.draft.parcels.push(ShoppingParcelDraft::default());
            sub.items.push(String::new());
            sub.draft.mode = DeliveryMode::Split;
        }
    }

    /// Takes a parcel away.
    pub fn remove_parcel(&mut self, sub: usize, parcel: usize) {
        self.changed = true;
        if let Some(sub) = self
            .ships
            .get_mut(sub)
            .filter(|sub| parcel < sub.draft.parcels.len() && parcel < sub.items.len())
        {
            sub.draft.parcels.remove(parcel);
            sub.items.remove(parcel);
        }
    }

    /// Empties the form.
    pub fn clear(&mut self) {
        *self = Self {
            call: self.call,
            kind: self.kind,
            selected: self.selected,
            payers: std::mem::take(&mut self.payers),
            ..Self::default()
        };
    }

    /// Remembers whose order it is, until the program ends.
    pub fn remember(&mut self, draft: &ShoppingDraft) {
        let number = draft.key.number().to_owned();
        self.payers.insert(number, draft.openid.clone());
    }

    /// The same for all orders of a file.
    pub fn remember_file(&mut self, file: &ShoppingFileView) {
        for order in file.file.ready() {
            self.remember(&order.draft);
        }
    }

    /// Puts what was told before into the form, with the payer when it is still known.
    pub fn take(&mut self, record: &ShoppingRecord) {
        self.clear();
        self.name(record);
        self.call = record.draft.call();
        match &record.draft.content {
            ShoppingContent::Details(subs) => self.details.clone_from(subs),
            ShoppingContent::Ship(subs) => {
                let form = subs.iter().map(|sub| SubShip {
                    items: sub
                        .parcels
                        .iter()
                        .map(|parcel| parcel.item_ids.join(" "))
                        .collect(),
                    draft: sub.clone(),
                });
                self.ships = form.collect();
            }
            ShoppingContent::Verify => {}
        }
    }

    /// Puts its order into the question how it came out.
    pub fn verify(&mut self, record: &ShoppingRecord) {
        self.open(ShoppingCall::Verify);
        self.name(record);
    }

    fn name(&mut self, record: &ShoppingRecord) {
        let key = &record.draft.key;
        self.kind = key.by;
        self.parent = key.clone();
        let known = self.payers.get(key.number());
        self.openid = known.cloned().unwrap_or_default();
        self.tried = false;
        self.changed = true;
    }
}

/// The parcels with the items that were typed; unified names none.
fn with_items(sub: &SubShip) -> Vec<ShoppingParcelDraft> {
    let parcels = sub.draft.parcels.iter().zip(&sub.items);
    let parcels = parcels.map(|(parcel, typed)| {
        let ids = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
        let item_ids = if sub.draft.mode == DeliveryMode::Split {
            ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        ShoppingParcelDraft {
            item_ids,
            ..parcel.clone()
        }
    });
    parcels.collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
