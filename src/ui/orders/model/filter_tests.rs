//! Tables for the typed days, the presets, and what WeChat is asked for.

use super::*;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T10:00:00+08:00").unwrap()
}

#[track_caller]
fn check(from: &str, to: &str, expected: Result<(&str, &str), &[(FilterField, &str)]>) {
    let filter = Filter {
        from: from.into(),
        to: to.into(),
        ..Filter::default()
    };
    let text = |at: Option<Timestamp>| at.map(Timestamp::rfc3339).unwrap_or_default();
    let found = filter
        .query()
        .map(|query| (text(query.paid_from), text(query.paid_to)))
        .map_err(|problems| {
            let words = problems.into_iter().map(|(field, p)| (field, p.what.word()));
            words.collect::<Vec<_>>()
        });
    let expected = expected
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
        .map_err(|all| all.iter().map(|(f, w)| (*f, (*w).to_owned())).collect());
    assert_eq!(found, expected, "{from} .. {to}");
}

#[test]
fn days_are_read_as_people_type_them_and_include_both_ends() {
    let from = "2026-11-21T00:00:00+08:00";
    let to = "2026-11-21T23:59:59+08:00";
    for day in [
        "2026-11-21",
        "2026/11/21",
        " 2026.11.21 ",
        "20261121",
        "2026年11月21日",
        "２０２６-11-21",
    ] {
        check(day, day, Ok((from, to)));
    }
    check("2026-1-2", "", Ok(("2026-01-02T00:00:00+08:00", "")));
    check("", "", Ok(("", "")));
}

#[test]
fn a_day_that_cannot_be_read_is_said_at_its_field() {
    let bad = "bad_time";
    check("2026-13-01", "", Err(&[(FilterField::From, bad)]));
    check(
        "昨天",
        "2026-02-30",
        Err(&[(FilterField::From, bad), (FilterField::To, bad)]),
    );
    check("2026-11", "", Err(&[(FilterField::From, bad)]));
    check("99999999999", "", Err(&[(FilterField::From, bad)]));
    check(
        "2026-11-22",
        "2026-11-21",
        Err(&[(FilterField::To, "range_reversed")]),
    );
}

#[test]
fn presets_fill_both_days_and_are_recognised() {
    for (preset, from, to) in [
        (Preset::Today, "2026-11-21", "2026-11-21"),
        (Preset::Week, "2026-11-15", "2026-11-21"),
        (Preset::Month, "2026-11-01", "2026-11-21"),
        (Preset::Always, "", ""),
    ] {
        let mut filter = Filter::default();
        filter.choose(preset, now());
        assert_eq!((filter.from.as_str(), filter.to.as_str()), (from, to));
        assert_eq!(filter.preset(now()), Some(preset));
    }
    let typed = Filter {
        from: "2026-01-01".into(),
        ..Filter::default()
    };
    assert_eq!(typed.preset(now()), None);
}

#[test]
fn wechat_is_asked_by_state_and_by_a_whole_openid_only() {
    let filter = |view, payer: &str| Filter {
        view,
        payer: payer.into(),
        ..Filter::default()
    };
    let whole = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    let query = filter(View::Overdue, whole).query().unwrap();
    assert_eq!(query.state, Some(OrderState::ToShip));
    assert_eq!(query.openid, Some(OpenId(whole.into())));
    let query = filter(View::InDispute, "oUpF").query().unwrap();
    assert_eq!((query.state, query.openid), (None, None));
}

#[test]
fn a_word_is_found_whatever_its_case_and_position() {
    for (text, word, found) in [
        ("SF1424780001234", "sf14", true),
        ("龙井茶 250g", "茶", true),
        ("abc", "c", true),
        ("abc", "cd", false),
        ("", "a", false),
        ("a", "", true),
    ] {
        assert_eq!(contains(text, word), found, "{text} {word}");
    }
}
