//! Files that come, grow, stop, move and go, in virtual time.

use super::*;

const SETTLED: Duration = Duration::from_secs(3);

fn at(secs: u64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000).plus(Duration::from_secs(secs))
}

fn file(name: &str, bytes: u64) -> Listed {
    let stamp = Stamp {
        bytes,
        modified_millis: 7,
    };
    (name.to_owned(), stamp)
}

fn names(watch: &Watch) -> Vec<(&str, bool)> {
    let files = watch.kept.arrived.iter();
    files.map(|file| (file.name.as_str(), file.gone)).collect()
}

#[test]
fn a_file_that_still_grows_is_not_read() {
    let mut watch = Watch::default();
    for (secs, bytes) in [(0, 10), (3, 20), (6, 30), (8, 30)] {
        let read = watch.settle(&[file("a.csv", bytes)], at(secs), SETTLED);
        assert_eq!(read, None, "{secs}");
    }
    let whole = file("a.csv", 30);
    assert_eq!(
        watch.settle(std::slice::from_ref(&whole), at(9), SETTLED),
        Some(whole)
    );
}

#[test]
fn a_file_that_was_read_is_left_alone_until_it_changes() {
    let mut watch = Watch::default();
    let first = file("a.csv", 10);
    assert!(watch.take_in(first.clone(), "one".into(), at(0)));
    assert_eq!(watch.settle(std::slice::from_ref(&first), at(9), SETTLED), None);
    let second = file("a.csv", 11);
    watch.settle(std::slice::from_ref(&second), at(10), SETTLED);
    assert_eq!(
        watch.settle(std::slice::from_ref(&second), at(13), SETTLED),
        Some(second.clone())
    );
    // Nobody has sent the first one, so the second stands in its place.
    assert!(watch.take_in(second, "two".into(), at(13)));
    assert_eq!(names(&watch), [("a.csv", false)]);
    assert_eq!(watch.kept.arrived[0].sha256, "two");
}

#[test]
fn the_same_content_is_offered_once_under_whatever_name() {
    let mut watch = Watch::default();
    let (first, copy) = (file("a.csv", 10), file("copy.csv", 10));
    assert!(watch.take_in(first.clone(), "one".into(), at(0)));
    // A copy beside it changes nothing.
    assert!(watch.mark_gone(&[first.clone(), copy.clone()]).is_empty());
    assert!(!watch.take_in(copy.clone(), "one".into(), at(3)));
    assert_eq!(names(&watch), [("a.csv", false)]);
    // Renamed: no word about a file that is gone, and the list follows.
    let renamed = file("b.csv", 10);
    let files = [renamed.clone()];
    assert!(watch.mark_gone(&files).is_empty());
    watch.settle(&files, at(4), SETTLED);
    assert!(!watch.take_in(renamed, "one".into(), at(7)));
    assert_eq!(names(&watch), [("b.csv", false)]);
    // Taken away: said once.
    assert_eq!(watch.mark_gone(&[]), ["b.csv"]);
    assert!(watch.mark_gone(&[]).is_empty());
    // And back again.
    watch.settle(&[], at(8), SETTLED);
    assert!(!watch.take_in(file("c.csv", 10), "one".into(), at(11)));
    assert_eq!(names(&watch), [("c.csv", false)]);
}

#[test]
fn what_was_sent_goes_without_a_word() {
    let mut watch = Watch::default();
    watch.take_in(file("a.csv", 10), "one".into(), at(0));
    watch.kept.arrived[0].state = ArrivedState::Handled;
    assert!(watch.mark_gone(&[]).is_empty());
    assert_eq!(names(&watch), [("a.csv", true)]);
}

#[test]
fn a_file_that_is_open_elsewhere_is_tried_again_and_told_once() {
    let mut watch = Watch::default();
    let held = file("a.csv", 10);
    let other = file("b.csv", 10);
    let files = [held.clone(), other.clone()];
    watch.settle(&files, at(0), SETTLED);
    let mut told = 0;
    let mut now = 3;
    for _ in 0..10 {
        assert_eq!(watch.settle(&files[..1], at(now), SETTLED), Some(held.clone()));
        told += usize::from(watch.held(held.clone(), at(now)));
        assert_eq!(
            watch.settle(&files[..1], at(now + 2), SETTLED),
            None,
            "not at once"
        );
        now += 3;
    }
    assert_eq!(told, 1);
    assert_eq!(watch.kept.arrived[0].state, ArrivedState::Held);
    // It does not keep the others from being read.
    watch.settle(&files, at(now), SETTLED);
    assert_eq!(watch.settle(&files, at(now + 3), SETTLED), Some(other));
    // In the end it can be read.
    assert!(watch.take_in(held, "one".into(), at(now + 6)));
    assert_eq!(names(&watch), [("a.csv", false)]);
    assert_eq!(watch.kept.arrived[0].state, ArrivedState::New);
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut watch = Watch::default();
    for n in 0..REMEMBERED + 50 {
        watch.take_in(file(&format!("{n}.csv"), 1), format!("{n}"), at(0));
    }
    assert_eq!(watch.kept.arrived.len(), REMEMBERED);
    assert_eq!(watch.kept.arrived[0].name, "50.csv");
    assert_eq!(watch.view().files.len(), SHOWN);
    assert_eq!(watch.view().files[0].name, format!("{}.csv", REMEMBERED + 49));
    watch.settle(&[], at(1), SETTLED);
    assert!(watch.kept.known.is_empty());
}

#[test]
fn what_is_kept_is_read_back() {
    let mut watch = Watch::default();
    watch.kept.folder = "/data/发货".into();
    watch.take_in(file("周一.csv", 10), "one".into(), at(0));
    watch.kept.arrived[0].state = ArrivedState::Checked { ready: 3, blocked: 1 };
    let text = serde_json::to_string(&watch.kept).unwrap();
    let kept: Kept = serde_json::from_str(&text).unwrap();
    assert_eq!(kept.arrived, watch.kept.arrived);
    assert_eq!(kept.known, watch.kept.known);
}
