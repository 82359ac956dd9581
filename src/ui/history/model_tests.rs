//! What is asked for, when, and what is built again.

use super::*;
use crate::domain::JournalEntry;

fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(1_700_000_000 + secs)
}

fn line(number: i64) -> Arc<HistoryLine> {
    Arc::new(HistoryLine {
        at: at(number),
        kind: HistoryKind::Shipment,
        order: None,
        shipment: None,
        intent: None,
        file: Some(FromFile {
            batch: 1,
            name: "周一.xlsx".into(),
            rows: vec![2, 3],
        }),
        by: "小王".into(),
        happened: Happened::Record {
            attempt: 0,
            entry: JournalEntry::Cancelled,
        },
        raw: String::new(),
    })
}

fn with(lines: &[Arc<HistoryLine>]) -> History {
    History {
        lines: lines.into(),
        ..History::default()
    }
}

#[test]
fn a_query_is_asked_once_and_again_when_it_changes() {
    let mut model = Model::default();
    assert_eq!(model.to_ask(at(0)), Some(HistoryQuery::default()));
    assert_eq!(model.to_ask(at(60)), None);
    model.text = " SF1 ".into();
    model.kind = Some(HistoryKind::File);
    let asked = model.to_ask(at(60)).unwrap();
    assert_eq!(
        (asked.text.as_str(), asked.kind),
        ("SF1", Some(HistoryKind::File))
    );
    model.ask_again();
    assert!(model.to_ask(at(60)).is_some());
    assert!(!model.is_wide());
    model.clear();
    assert!(model.is_wide() && model.to_ask(at(60)).is_some());
}

#[test]
fn days_begin_at_midnight_in_china_and_stay_while_the_day_does() {
    let mut model = Model {
        when: When::Today,
        ..Model::default()
    };
    let midnight = Timestamp::parse("2023-11-15T00:00:00+08:00").unwrap();
    assert_eq!(model.query(at(0)).since, Some(midnight));
    assert!(model.to_ask(at(0)).is_some() && model.to_ask(at(3600)).is_none());
    model.when = When::Week;
    let week = Timestamp::parse("2023-11-09T00:00:00+08:00").unwrap();
    assert_eq!(model.query(at(0)).since, Some(week));
}

#[test]
fn more_lines_build_only_what_is_new_and_another_search_all() {
    let couriers = Arc::new(CourierList::default());
    let lines: Vec<_> = (0..4).map(line).collect();
    let mut model = Model::default();
    let count = |model: &mut Model, lines: &[Arc<HistoryLine>], lang| {
        model.rows(&with(lines), &couriers, lang, at(0)).len()
    };
    assert_eq!(count(&mut model, &lines[..2], Lang::ZhCn), 2);
    model.rows[0].by = "kept".into();
    assert_eq!(count(&mut model, &lines, Lang::ZhCn), 4);
    assert_eq!(model.row(0).unwrap().by, "kept", "not built again");
    assert_eq!(count(&mut model, &lines[1..], Lang::ZhCn), 3);
    assert_eq!(model.row(0).unwrap().by, "小王");
    model.rows[0].by = "kept".into();
    assert_eq!(count(&mut model, &lines[1..], Lang::En), 3);
    assert_eq!(model.row(0).unwrap().from, "周一.xlsx row 2, 3");
    assert_eq!(model.row(0).unwrap().by, "小王");
}
