//! The seven points to go through when WeChat does not know an order: those that can be tested are, and the others
//! are a person's to tick.

use std::time::Duration;

use crate::domain::Timestamp;
use crate::engine::snapshot::{CheckKind, CheckResult, Snapshot};
use crate::i18n::{Lang, not_visible_checklist, text, text_with};

/// How many points there are.
pub const POINTS: usize = 7;
/// WeChat's usual delay after a payment.
const USUAL_DELAY: Duration = Duration::from_mins(1);

/// The order in question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its number as it was typed or sent.
    pub number: String,
    /// Since when it is looked for.
    pub since: Option<Timestamp>,
}

/// What is known of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// It was tested and is not the reason.
    Fine,
    /// It was tested and may well be the reason.
    Reason,
    /// Only a person can know.
    Ask,
}

/// One point in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What could be the reason.
    pub words: String,
    /// What is known of it.
    pub tested: Tested,
    /// What was found; empty when nobody could test it.
    pub found: String,
    /// The settings can tell more, or repair it.
    pub in_settings: bool,
}

/// Goes through all points.
pub fn points(lang: Lang, snapshot: &Snapshot, subject: &Subject, now: Timestamp) -> Vec<Point> {
    let words = not_visible_checklist(lang);
    words
        .into_iter()
        .enumerate()
        .map(|(index, words)| {
            let (tested, found, in_settings) = test(lang, index, snapshot, subject, now);
            Point {
                words,
                tested,
                found,
                in_settings,
            }
        })
        .collect()
}

fn test(
    lang: Lang,
    index: usize,
    snapshot: &Snapshot,
    subject: &Subject,
    now: Timestamp,
) -> (Tested, String, bool) {
    let say = |id: &str| text(lang, id);
    let ask = (Tested::Ask, String::new(), false);
    match index {
        0 => match subject.since {
            Some(since) if now.since(since) >= USUAL_DELAY => {
                let minutes = now.since(since).as_secs().checked_div(60).unwrap_or_default();
                let args = [("minutes", minutes.into())];
                (Tested::Fine, text_with(lang, "checklist-waited", &args), false)
            }
            Some(_) => (Tested::Reason, say("checklist-just-now"), false),
            None => ask,
        },
        2 => match result_of(snapshot, CheckKind::SettlementConfirmed) {
            Some(CheckResult::Passed) => (Tested::Fine, say("checklist-settled"), false),
            Some(CheckResult::No) => (Tested::Reason, say("checklist-not-settled"), true),
            _ => (Tested::Ask, say("checklist-not-checked"), true),
        },
        4 => own_account(lang, snapshot),
        5 if is_by_wechats_number(&subject.number) => (Tested::Fine, say("checklist-own-number"), false),
        5 => merchant(lang, snapshot),
        6 if is_by_wechats_number(&subject.number) => (Tested::Fine, say("checklist-number-fits"), false),
        6 => (Tested::Reason, say("checklist-number-odd"), false),
        _ => ask,
    }
}

/// The order belongs to the account when the account's orders can be read at all.
fn own_account(lang: Lang, snapshot: &Snapshot) -> (Tested, String, bool) {
    let Some(account) = snapshot.session.account() else {
        return (Tested::Ask, String::new(), true);
    };
    let appid = ("appid", account.appid.as_str().into());
    match result_of(snapshot, CheckKind::ServiceOpened) {
        Some(CheckResult::No) => (Tested::Reason, text(lang, "checklist-service-closed"), true),
        _ => (Tested::Ask, text_with(lang, "checklist-appid", &[appid]), true),
    }
}

/// The merchant number with which a shop's order number is asked for.
fn merchant(lang: Lang, snapshot: &Snapshot) -> (Tested, String, bool) {
    let own = snapshot
        .session
        .account()
        .map_or("", |account| account.mchid.as_str());
    if own.is_empty() {
        return (Tested::Ask, text(lang, "checklist-no-mchid"), true);
    }
    let mchid = ("mchid", own.into());
    let orders = snapshot.orders.rows.iter().take(1000);
    let mut known = orders.clone().map(|order| {
        if order.sub_mchid.is_empty() {
            order.mchid.as_str()
        } else {
            order.sub_mchid.as_str()
        }
    });
    if snapshot.orders.rows.is_empty() {
        return (Tested::Ask, text_with(lang, "checklist-mchid", &[mchid]), true);
    }
    if known.any(|known| known == own) {
        (
            Tested::Fine,
            text_with(lang, "checklist-mchid-fits", &[mchid]),
            false,
        )
    } else {
        (
            Tested::Reason,
            text_with(lang, "checklist-mchid-differs", &[mchid]),
            true,
        )
    }
}

fn result_of(snapshot: &Snapshot, kind: CheckKind) -> Option<&CheckResult> {
    let checks = &snapshot.session.doctor.checks;
    checks
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, result)| result)
}

/// 28 digits that begin like WeChat's numbers do.
pub fn is_by_wechats_number(number: &str) -> bool {
    let number = number.trim();
    number.len() == 28 && number.starts_with('4') && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::AccountId;
    use crate::engine::snapshot::{Account, Doctor, Session};

    fn shop(settled: CheckResult, mchid: &str) -> Snapshot {
        Snapshot {
            session: Arc::new(Session {
                accounts: vec![Account {
                    mchid: mchid.into(),
                    appid: "wx1".into(),
                    ..Account::default()
                }],
                current: Some(AccountId(0)),
                doctor: Doctor {
                    series: 1,
                    checks: vec![(CheckKind::SettlementConfirmed, settled)],
                    ..Doctor::default()
                },
                ..Session::default()
            }),
            ..Snapshot::default()
        }
    }

    #[test]
    fn what_can_be_tested_is() {
        use Tested::{Ask, Fine, Reason};
        let now = Timestamp::from_secs(1_700_000_000);
        let wechat = "4200000925202101284997714292";
        for (number, waited, settled, mchid, expected) in [
            (
                wechat,
                120,
                CheckResult::Passed,
                "1",
                [Fine, Ask, Fine, Ask, Ask, Fine, Fine],
            ),
            (
                wechat,
                10,
                CheckResult::No,
                "",
                [Reason, Ask, Reason, Ask, Ask, Fine, Fine],
            ),
            (
                "S-1",
                3600,
                CheckResult::NotRun,
                "",
                [Fine, Ask, Ask, Ask, Ask, Ask, Reason],
            ),
        ] {
            let subject = Subject {
                number: number.into(),
                since: Some(now.minus(Duration::from_secs(waited))),
            };
            for lang in Lang::ALL {
                let points = points(lang, &shop(settled.clone(), mchid), &subject, now);
                let tested: Vec<Tested> = points.iter().map(|point| point.tested).collect();
                assert_eq!(tested, expected, "{number} {waited}");
                for point in &points {
                    assert!(!point.words.is_empty() && !point.found.contains("checklist-"));
                    assert!(point.tested == Ask || !point.found.is_empty(), "{point:?}");
                }
            }
        }
    }
}
