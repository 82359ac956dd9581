//! Saved views: what is kept of them, how they come back, and what cannot be kept.

use super::super::samples::now;
use super::*;

fn filter() -> Filter {
    Filter {
        view: View::State(OrderState::ToShip),
        payer: "oUpF".into(),
        from: "2026-11-01".into(),
        to: "2026-11-05".into(),
        search: "龙井".into(),
    }
}

fn view(name: &str) -> SavedView {
    let sort = Sort {
        by: Col::Deadline,
        descending: false,
    };
    let columns = Columns::of_keys(&["goods".into(), "state".into()]);
    SavedView::of(name, &filter(), sort, &columns, now())
}

#[test]
fn a_view_comes_back_as_it_was_saved() {
    let mut views = Views::default();
    assert!(views.save(view(" 早班 ")));
    for group in View::ALL {
        let mut other = view(&format!("{group:?}"));
        other.filter.view = group;
        assert!(views.save(other));
    }
    let read = Views::of_json(&views.to_json());
    assert_eq!(read, views);
    let back = read.get("早班").unwrap();
    assert_eq!(back.filter_at(now()), filter());
    assert!(back.shows(&filter(), back.sort, &back.columns, now()));
    assert_eq!(
        read.shown(&filter(), back.sort, &back.columns, now()),
        Some("早班")
    );
    assert_eq!(read.shown(&filter(), Sort::default(), &back.columns, now()), None);
}

#[test]
fn days_that_are_a_preset_move_on_with_the_calendar() {
    for preset in Preset::ALL {
        let mut filter = filter();
        filter.choose(preset, now());
        let kept = SavedView::of("x", &filter, Sort::default(), &Columns::default(), now());
        let mut views = Views::default();
        views.save(kept);
        let read = Views::of_json(&views.to_json());
        let later = now().plus(std::time::Duration::from_hours(24 * 40));
        let mut expected = filter.clone();
        expected.choose(preset, later);
        assert_eq!(read.get("x").unwrap().filter_at(later), expected, "{preset:?}");
    }
}

#[test]
fn a_whole_openid_is_not_written_down() {
    let mut filter = filter();
    filter.payer = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into();
    let kept = SavedView::of("x", &filter, Sort::default(), &Columns::default(), now());
    assert_eq!(kept.filter.payer, "oUpF…eS6o");
    assert!(kept.shows(&filter, Sort::default(), &Columns::default(), now()));
    let order = super::super::samples::order(1, 1);
    assert!(kept.filter_at(now()).payer.contains('…'));
    let only_payer = Filter {
        payer: kept.filter.payer,
        ..Filter::default()
    };
    assert!(only_payer.matcher().fits_payer(&order.openid));
}

#[test]
fn names_are_unique_not_empty_and_not_without_end() {
    let mut views = Views::default();
    assert!(!views.save(view("  ")));
    for number in 0..VIEWS {
        assert!(views.save(view(&number.to_string())));
    }
    assert!(!views.save(view("one more")), "there is an end");
    let mut changed = view("3");
    changed.filter.search = "红茶".into();
    assert!(views.save(changed.clone()), "one of the same name is replaced");
    assert_eq!((views.all().len(), views.get("3")), (VIEWS, Some(&changed)));
    assert!(!views.rename("3", "4") && !views.rename("3", " ") && !views.rename("none", "x"));
    assert!(views.rename("3", "三") && views.rename("三", "三"));
    views.delete("三");
    assert_eq!(views.all().len(), VIEWS - 1);
    assert_eq!(name_of(&"长".repeat(100)).chars().count(), NAME_CHARS);
}

#[test]
fn what_cannot_be_read_is_left_out() {
    for (text, count) in [
        ("", 0),
        ("{}", 0),
        ("[1, {}, {\"name\": \"\"}]", 0),
        (
            "[{\"name\": \"a\", \"group\": \"of a later version\", \"more\": 1}]",
            1,
        ),
    ] {
        assert_eq!(Views::of_json(text).all().len(), count, "{text}");
    }
}
