//! A disk that refuses, at each place where it may: what was not recorded is not there, what was recorded is,
//! and the next start works on.

use super::StoreError;
use super::faults::Plan;
use super::test_support::{APPID, at, folder, intent, new_shipment, open, put, queue, shipment};
use crate::domain::{Shipment, State};

/// A sending is recorded while the n-th place refuses; `false`: there are not so many places.
fn check_failure(passed: usize, full: bool) -> bool {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let before = queue(&mut store, 1);
    store.faults.plan = Some(Plan {
        passed,
        full,
        met: false,
    });
    let recorded = put(&mut store, &before, State::Sending);
    if !store.faults.plan.as_ref().unwrap().met {
        recorded.unwrap();
        return false;
    }
    assert!(recorded.unwrap_err().stops_sending(), "the engine stops sending");
    if store.failed {
        // It is not known how that ended: nothing more is written by this run.
        let again = put(&mut store, &before, State::Sending);
        assert!(matches!(again, Err(StoreError::Io(_))));
    } else {
        assert_eq!(shipment(&store, before.id).state, State::Queued);
    }
    drop(store);
    let (store, opened) = open(&dir);
    assert_eq!(opened.recovered, None, "a whole journal");
    assert!(store.verify_chain().unwrap());
    // Either way it is there once; if it stands as sending, the restart looks at it first.
    let open_now = store.open_shipments(APPID).unwrap();
    assert!(matches!(
        open_now[..],
        [Shipment {
            state: State::Queued | State::Sending,
            ..
        }]
    ));
    true
}

#[test]
fn a_record_that_failed_is_not_believed_and_the_next_start_works_on() {
    for full in [false, true] {
        let places = (0..100).take_while(|passed| check_failure(*passed, full)).count();
        assert!((3..100).contains(&places), "{places}");
    }
}

#[test]
fn a_full_disk_takes_the_space_that_was_kept_and_the_result_is_recorded() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.keep_ballast(100_000).unwrap();
    assert_eq!(std::fs::metadata(dir.join("ballast")).unwrap().len(), 100_000);
    let queued = queue(&mut store, 1);
    for passed in 0..3 {
        store.keep_ballast(100_000).unwrap();
        store.faults.plan = Some(Plan {
            passed,
            full: true,
            met: false,
        });
        put(&mut store, &queued, State::Shipped { found: false }).unwrap();
        assert!(!dir.join("ballast").exists());
    }
    // A second time there is nothing to give up.
    store.faults.plan = Some(Plan {
        passed: 0,
        full: true,
        met: false,
    });
    let wish = intent(2);
    let refused = store.enqueue(APPID, &[new_shipment(&wish)], at(3));
    assert!(matches!(refused, Err(StoreError::Full)));
    assert_eq!(store.open_shipments(APPID).unwrap(), []);
}

#[test]
fn a_backup_that_fails_leaves_the_journal_as_it_is() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 1);
    let later = at(100_000);
    store.faults.plan = Some(Plan {
        passed: 0,
        full: true,
        met: false,
    });
    assert!(store.back_up_if_due(later).is_err());
    assert!(
        !store.backup_is_due(later),
        "it is tried again later and not at once"
    );
    queue(&mut store, 2);
    assert!(
        store
            .back_up_if_due(later.plus(std::time::Duration::from_hours(1)))
            .unwrap()
    );
}

#[test]
fn three_backups_are_kept() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    for number in 0..5 {
        queue(&mut store, number);
        let due = at(100_000 * (i64::try_from(number).unwrap() + 1));
        assert!(store.back_up_if_due(due).unwrap());
        assert!(!store.back_up_if_due(due).unwrap(), "nothing new");
    }
    assert_eq!(super::backup::list(&dir).len(), 3);
}
