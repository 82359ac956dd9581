//! Every line of the history has words in both languages, and none of them is a raw word.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::domain::{CallFailure, Details, Doubt, ErrandEnd, ErrandWhy, FailureKind, OrderState, Refusal};

fn line(happened: Happened) -> HistoryLine {
    HistoryLine {
        at: Timestamp::from_secs(1_700_000_000),
        kind: HistoryKind::Shipment,
        order: None,
        shipment: None,
        intent: None,
        file: None,
        by: String::new(),
        happened,
        raw: String::new(),
    }
}

fn check(name: &str, happened: Happened) {
    let line = line(happened);
    let couriers = CourierList::default();
    let [chinese, english] = [Lang::ZhCn, Lang::En].map(|lang| tell_happened(lang, &line, &couriers));
    for told in [&chinese, &english] {
        assert!(!told.title.is_empty(), "{name}");
        assert!(!told.title.ends_with(['.', '。']), "{name}: {}", told.title);
        let all = format!("{}{}{}", told.title, told.detail, told.code);
        assert!(!all.contains(['{', '$']), "{name}: {all}");
        for raw in ["happened-", "did-", "history-"] {
            assert!(!all.contains(raw), "{name}: {all}");
        }
    }
    assert_ne!(chinese.title, english.title, "{name}");
    assert!(
        english.title.is_ascii() || english.title.contains('→'),
        "{name}: {}",
        english.title
    );
    let cells = history_cells(Lang::ZhCn, &line, &couriers);
    assert_eq!(cells.len(), history_headings(Lang::ZhCn).len());
}

#[test]
fn every_entry_of_the_journal_has_words() {
    let failure = CallFailure::of(FailureKind::NoAnswer);
    let answered = |class: &str, errcode| JournalEntry::Answered {
        class: class.into(),
        errcode,
        http_status: Some(200),
        rid: Some("aa-11".into()),
        millis: 1,
    };
    let looked = |verdict: &str| JournalEntry::Looked {
        verdict: verdict.into(),
        finish_count: 0,
    };
    let mut entries = vec![
        JournalEntry::Queued {
            intent_sha256: String::new(),
        },
        JournalEntry::Sending {
            attempt: 2,
            body_sha256: String::new(),
            upload_time: Timestamp::from_secs(1),
        },
        JournalEntry::LookFailed {
            failure: failure.clone(),
        },
        JournalEntry::Unclear {
            doubt: Doubt::Failure(failure),
        },
        JournalEntry::Cancelled,
        JournalEntry::Restarted,
    ];
    for word in [
        "shipped",
        "rejected",
        "waiting",
        "queued",
        "unclear",
        "needs_person",
        "sending",
    ] {
        entries.push(answered(word, Some(10_060_004)));
        entries.push(looked(word));
    }
    for decision in [
        Decision::AcceptAsItIs,
        Decision::TryAgain,
        Decision::Drop,
        Decision::TakeOver,
    ] {
        entries.push(JournalEntry::Decided { decision });
    }
    for answer in ["ours", "taken_over", "theirs"] {
        entries.push(JournalEntry::Claimed {
            answer: answer.into(),
            holder: None,
        });
    }
    let words: BTreeSet<&str> = entries.iter().map(JournalEntry::word).collect();
    assert_eq!(words.len(), 10, "every entry is in this table");
    for entry in entries {
        let name = format!("{entry:?}");
        check(&name, Happened::Record { attempt: 1, entry });
    }
}

#[test]
fn what_people_did_and_what_changed_has_words() {
    for what in did::KNOWN.into_iter().chain(["something_new"]) {
        let details =
            json!({"orders": 1, "file": "a.csv", "row": 3, "column": "单号", "was": "1", "is": "2"});
        let what = what.to_owned();
        check(
            &what.clone(),
            Happened::Did {
                what,
                details: Details(details),
            },
        );
    }
    let facts = |state, parcel: Option<&str>, count, complaint| Facts {
        state,
        finished: count > 0,
        finish_count: count,
        in_complaint: complaint,
        parcels: parcel
            .map(|number| ParcelId::new("YTO", number))
            .into_iter()
            .collect(),
    };
    let before = facts(OrderState::ToShip, None, 0, false);
    for now in [
        facts(OrderState::Refunded, None, 0, false),
        facts(OrderState::ToShip, None, 0, true),
        facts(OrderState::ToShip, Some("YT1"), 0, false),
        facts(OrderState::ToShip, None, 1, false),
        facts(OrderState::Shipped, Some("YT1"), 2, true),
    ] {
        let changed = Changed {
            before: before.clone(),
            now,
        };
        check(&format!("{changed:?}"), Happened::Changed(changed));
    }
}

#[test]
fn every_state_of_an_errand_and_every_message_has_words() {
    let at = Timestamp::from_secs(1_700_000_000);
    let refusal = Refusal {
        errcode: 10_060_029,
        rid: Some("aa-11".into()),
        refunded: false,
    };
    for errand in [
        ErrandKind::Remind { received_at: at },
        ErrandKind::PreSale { delay_to: at },
        ErrandKind::TestOrder,
    ] {
        for state in [
            ErrandState::Queued,
            ErrandState::Sending,
            ErrandState::Unclear(Doubt::Restart),
            ErrandState::Done(ErrandEnd::Accepted),
            ErrandState::Refused(refusal.clone()),
            ErrandState::Stopped(ErrandWhy::NotShipped),
            ErrandState::NeedsPerson(ErrandWhy::Unproven),
            ErrandState::Cancelled,
        ] {
            check(
                &format!("{errand:?} {state:?}"),
                Happened::Errand { errand, state },
            );
        }
    }
    let refused = Happened::Errand {
        errand: ErrandKind::TestOrder,
        state: ErrandState::Refused(refusal),
    };
    let told = tell_happened(Lang::En, &line(refused), &CourierList::default());
    assert_eq!(told.code, "Code 10060029 · rid aa-11");
    for (event, settled) in [
        ("trade_manage_remind_access_api", None),
        ("trade_manage_remind_shipping", None),
        ("trade_manage_order_settlement", None),
        ("trade_manage_order_settlement", Some(1_700_000_000_000_i64)),
    ] {
        let details =
            json!({"event": event, "create_time": 1_700_000_000_000_i64, "settlement_time": settled});
        let what = String::from("event");
        let happened = Happened::Did {
            what,
            details: Details(details),
        };
        let told = tell_happened(Lang::En, &line(happened.clone()), &CourierList::default());
        assert!(!told.title.contains("Something else"), "{}", told.title);
        check(event, happened);
    }
}

#[test]
fn a_part_of_a_combined_order_says_with_what_it_goes_out() {
    use crate::domain::{CombinedDraft, Draft, ParcelDraft, Rules};
    let sub = |order: &str| Draft {
        transaction_id: order.into(),
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: format!("Z{order}"),
            item_desc: "茶".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let draft = CombinedDraft {
        parent: "42".into(),
        subs: vec![sub("421"), sub("422")],
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let intent = draft.check(&rules).unwrap().remove(0);
    let entry = JournalEntry::Queued {
        intent_sha256: String::new(),
    };
    let line = HistoryLine {
        intent: Some(std::sync::Arc::new(intent)),
        ..line(Happened::Record { attempt: 0, entry })
    };
    for (lang, words) in [
        (Lang::ZhCn, "与合单 42 的 2 个子单一起发送"),
        (Lang::En, "Together with the 2 sub-orders of combined order 42"),
    ] {
        assert_eq!(tell_happened(lang, &line, &CourierList::default()).detail, words);
    }
}

#[test]
fn what_goes_to_support_has_code_and_time_and_nothing_personal() {
    for lang in Lang::ALL {
        let text = support_text(
            lang,
            "请打13812341234",
            Some("4200000925202101284997714292"),
            "错误码 40164 · rid 65f1-22",
            Timestamp::from_secs(1_700_000_000),
        );
        for part in [
            "4200000925202101284997714292",
            "65f1-22",
            "40164",
            "2023-11-15",
            "138****1234",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("13812341234"));
    }
}
