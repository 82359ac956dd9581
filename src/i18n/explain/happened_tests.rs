//! Every line of the history has words in both languages, and none of them is a raw word.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::domain::{CallFailure, Doubt, FailureKind, OrderState};

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
    for what in DID.into_iter().chain(["something_new"]) {
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
