//! What is worth calling a person for who does not look at the window, and that it is said once: which orders have
//! passed 36 or 48 hours, which shipments only a person can decide, that the account has stopped. What was told is
//! remembered over restarts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CallFailure, Counts, FailureKind, Order, ShipmentId, Timestamp, TransactionId};

/// Hours after the payment at which an order is told as nearly late.
pub const SOON_HOURS: u64 = 36;
/// Hours after the payment at which WeChat counts an order as late.
pub const LATE_HOURS: u64 = 48;
/// Numbers of orders that are remembered for each limit. Of more, the oldest count as told: nobody needs to hear of
/// each of five thousand late orders.
const MOST: usize = 5000;

/// Something worth calling a person for. It names nobody and no number of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alert {
    /// So many more orders have passed 36 hours and not 48.
    Soon(usize),
    /// So many more orders have passed 48 hours.
    Late(usize),
    /// So many more shipments wait for a person, or were refused.
    NeedPerson(usize),
    /// The rows of a file have their ends.
    BatchDone(Counts),
    /// Nothing is sent until a person repairs the account.
    AccountStopped(CallFailure),
}

/// What was told before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    soon: Marks,
    late: Marks,
    person: BTreeSet<ShipmentId>,
    account: Option<(FailureKind, Timestamp)>,
}

/// Orders that were told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Marks {
    ids: BTreeSet<TransactionId>,
    /// Orders that were paid until then count as told.
    floor: Option<Timestamp>,
}

/// What there is to be told about.
#[derive(Debug)]
pub struct Seen<'a, O, P> {
    /// All orders that are known.
    pub orders: O,
    /// The shipments that wait for a person or were refused; `None` while a file is being sent, which is summed up at
    /// its end: what was told before stays told.
    pub person: Option<P>,
    /// Why the account has stopped.
    pub account: Option<&'a CallFailure>,
    /// When the account was last seen to work.
    pub worked_at: Option<Timestamp>,
}

impl Told {
    /// What is new, each thing once: what is returned counts as told from now on.
    pub fn news<'a, O, P>(&mut self, seen: Seen<'a, O, P>, now: Timestamp) -> Vec<Alert>
    where
        O: Iterator<Item = &'a Order>,
        P: Iterator<Item = ShipmentId>,
    {
        let (mut soon, mut late) = (Vec::new(), Vec::new());
        for order in seen.orders {
            if order.late_by(LATE_HOURS, now) {
                late.push(order);
            } else if order.late_by(SOON_HOURS, now) {
                soon.push(order);
            }
        }
        let mut news = Vec::new();
        let many = [
            (self.late.take(late), Alert::Late as fn(usize) -> Alert),
            (self.soon.take(soon), Alert::Soon),
            (
                seen.person.map_or(0, |person| self.persons(person)),
                Alert::NeedPerson,
            ),
        ];
        for (count, alert) in many {
            if count > 0 {
                news.push(alert(count));
            }
        }
        news.extend(self.stopped(seen.account, seen.worked_at, now));
        news
    }

    /// How many of these shipments are new. One that is settled and comes back is new again.
    fn persons(&mut self, now_there: impl Iterator<Item = ShipmentId>) -> usize {
        let there: BTreeSet<ShipmentId> = now_there.collect();
        let new = there.difference(&self.person).count();
        self.person = there;
        new
    }

    fn stopped(
        &mut self,
        why: Option<&CallFailure>,
        worked_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Alert> {
        // An account that was never filled in has not stopped.
        let why = why.filter(|why| why.kind != FailureKind::NoCredentials)?;
        let told = self.account.as_ref();
        let same = told.is_some_and(|(kind, at)| {
            *kind == why.kind && worked_at.is_none_or(|worked_at| worked_at <= *at)
        });
        if same {
            return None;
        }
        self.account = Some((why.kind.clone(), now));
        Some(Alert::AccountStopped(why.clone()))
    }
}

impl Marks {
    /// How many of these orders are new.
    fn take(&mut self, mut there: Vec<&Order>) -> usize {
        let known = |order: &&Order| {
            self.ids.contains(&order.transaction_id)
                || self.floor.is_some_and(|floor| order.pay_time <= floor)
        };
        let new = there
            .len()
            .saturating_sub(there.iter().filter(|order| known(order)).count());
        if there.len() > MOST {
            there.sort_by_key(|order| std::cmp::Reverse(order.pay_time));
            self.floor = there.get(MOST).map(|order| order.pay_time).max(self.floor);
            there.truncate(MOST);
        }
        self.ids = there.iter().map(|order| order.transaction_id.clone()).collect();
        new
    }
}

#[cfg(test)]
#[path = "alerts_tests.rs"]
mod tests;
