//! Combined orders: several payments of one combined payment, reported with one call, all of them or none (contract
//! 3.2). Each sub-order is an intent and a shipment like any other; what they share is which belong together.

use serde::{Deserialize, Serialize};

use super::{Draft, Field, Intent, OpenId, Problem, ProblemKind, Rules, TransactionId};

/// Which shipments go out together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Combined {
    /// WeChat's number of the combined order.
    pub parent: TransactionId,
    /// WeChat's numbers of its sub-orders, in the order in which they are sent.
    pub orders: Vec<TransactionId>,
}

/// A combined order as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CombinedDraft {
    /// WeChat's number of the combined order.
    pub parent: String,
    /// Its sub-orders, each with its parcels.
    pub subs: Vec<Draft>,
}

impl CombinedDraft {
    /// One intent for each sub-order.
    ///
    /// # Errors
    /// What is wrong, each with the number of the order that it is about.
    pub fn check(&self, rules: &Rules<'_>) -> Result<Vec<Intent>, Vec<(String, Vec<Problem>)>> {
        let mut wrong = Vec::new();
        let typed_parent = self.parent.trim();
        let is_sub = self
            .subs
            .iter()
            .any(|sub| sub.transaction_id.trim() == typed_parent);
        let parent = TransactionId::parse(typed_parent).filter(|_| !is_sub);
        if parent.is_none() {
            wrong.push((typed_parent.to_owned(), vec![ProblemKind::CombinedParent.into()]));
        }
        let orders: Vec<TransactionId> = self
            .subs
            .iter()
            .filter_map(|sub| TransactionId::parse(sub.transaction_id.trim()))
            .collect();
        let repeated = (1..orders.len()).any(|at| {
            let (earlier, rest) = orders.split_at(at);
            rest.first().is_some_and(|order| earlier.contains(order))
        });
        if repeated || self.subs.len() < 2 {
            wrong.push((typed_parent.to_owned(), vec![ProblemKind::CombinedOrders.into()]));
        }
        let mut intents = Vec::new();
        for sub in &self.subs {
            let combined = parent.clone().map(|parent| Combined {
                parent,
                orders: orders.clone(),
            });
            let draft = Draft {
                combined,
                reship: None,
                ..sub.clone()
            };
            match Intent::check(&draft, rules) {
                Ok((intent, _)) => intents.push(intent),
                Err(problems) => wrong.push((sub.transaction_id.clone(), problems)),
            }
        }
        if wrong.is_empty() { Ok(intents) } else { Err(wrong) }
    }

    /// One payment has one buyer: the sub-orders that another buyer paid than the first one that is known. Orders that
    /// are not known here pass; WeChat knows them.
    pub fn other_buyers(&self, payer: impl Fn(&str) -> Option<OpenId>) -> Option<Problem> {
        let known = self.subs.iter().filter_map(|sub| {
            let order = sub.transaction_id.trim();
            let payer = payer(order).filter(|payer| !payer.0.is_empty())?;
            Some((order, payer))
        });
        let known: Vec<(&str, OpenId)> = known.collect();
        let (_, first) = known.first()?;
        let others = known.iter().filter(|(_, payer)| payer != first);
        let orders: Vec<String> = others.map(|(order, _)| (*order).to_owned()).collect();
        (!orders.is_empty())
            .then(|| Problem::of(ProblemKind::CombinedBuyers { orders }, Field::TransactionId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ParcelDraft;

    fn sub(order: &str) -> Draft {
        Draft {
            transaction_id: order.into(),
            parcels: vec![ParcelDraft {
                courier: "YTO".into(),
                tracking_no: format!("YT{order}"),
                item_desc: "茶".into(),
                ..ParcelDraft::default()
            }],
            ..Draft::default()
        }
    }

    fn check(parent: &str, subs: Vec<Draft>) -> Result<Vec<Intent>, Vec<String>> {
        let draft = CombinedDraft {
            parent: parent.into(),
            subs,
        };
        let rules = Rules {
            max_parcels: 10,
            couriers: None,
        };
        draft.check(&rules).map_err(|wrong| {
            let problems = wrong.iter().flat_map(|(_, problems)| problems);
            problems.map(|problem| problem.what.word()).collect()
        })
    }

    #[test]
    fn a_combined_order_has_a_parent_of_its_own_and_two_different_sub_orders() {
        let both = || vec![sub("421"), sub("422")];
        let intents = check(" 42 ", both()).unwrap();
        for intent in &intents {
            let combined = intent.combined().unwrap();
            assert_eq!((combined.parent.as_str(), combined.orders.len()), ("42", 2));
            let kept = serde_json::to_string(intent).unwrap();
            assert_eq!(serde_json::from_str::<Intent>(&kept).unwrap(), *intent);
        }
        for (parent, subs, expected) in [
            ("", both(), vec!["combined_parent"]),
            ("421", both(), vec!["combined_parent"]),
            ("42", vec![sub("421")], vec!["combined_orders"]),
            ("42", vec![sub("421"), sub("421")], vec!["combined_orders"]),
            (
                "42",
                vec![sub("421"), Draft::default()],
                vec!["order_missing", "no_parcel"],
            ),
        ] {
            assert_eq!(check(parent, subs).unwrap_err(), expected, "{parent}");
        }
    }

    #[test]
    fn sub_orders_of_another_buyer_are_named_and_unknown_ones_pass() {
        let draft = CombinedDraft {
            parent: "42".into(),
            subs: ["421", "422", " 423 ", "424"].map(sub).to_vec(),
        };
        let one = |order: &str| (order != "424").then(|| OpenId("o1".into()));
        assert_eq!(draft.other_buyers(one), None);
        assert_eq!(draft.other_buyers(|_| None), None);
        let two = |order: &str| {
            let payer = if order == "423" { "o2" } else { "o1" };
            Some(OpenId(payer.into()))
        };
        let problem = draft.other_buyers(two).unwrap();
        let orders = vec![String::from("423")];
        assert_eq!(problem.what, ProblemKind::CombinedBuyers { orders });
    }
}
