//! The folder with two computers before it, and what a file server may do to them.

use super::*;

const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);

fn member(pc: &str) -> Member {
    Member {
        pc: pc.into(),
        operator: format!("of {pc}"),
        folder_id: format!("{pc}1"),
    }
}

fn claims(folder: &Path, pc: &str) -> Claims {
    Claims::new(
        folder.to_owned(),
        Secret::new("a key of the team".into()),
        member(pc),
    )
}

fn wanted(number: u32) -> Wanted {
    Wanted {
        appid: "wx1".into(),
        order: TransactionId::parse(&format!("42000009252026112012849{number:05}")).unwrap(),
        fingerprint: "f".repeat(64),
    }
}

fn team() -> (tempfile::TempDir, Claims, Claims) {
    let dir = tempfile::tempdir().unwrap();
    let (left, right) = (claims(dir.path(), "left"), claims(dir.path(), "right"));
    assert_eq!((left.join(), right.join()), (Ok(true), Ok(false)));
    (dir, left, right)
}

const OURS: ClaimAnswer = ClaimAnswer::Ours { taken_over: false };

#[track_caller]
fn holder(answer: &ClaimAnswer) -> Claimant {
    if let ClaimAnswer::Theirs(holder) = answer {
        return holder.clone();
    }
    panic!("{answer:?}")
}

#[test]
fn the_first_has_it_and_the_second_is_told_who() {
    let (_dir, left, right) = team();
    assert_eq!(left.claim(&wanted(1), None, NOW), OURS);
    assert_eq!(
        left.claim(&wanted(1), None, NOW),
        OURS,
        "after a restart it is still ours"
    );
    let other = holder(&right.claim(&wanted(1), None, NOW));
    assert_eq!(
        (other.pc.as_str(), other.operator.as_str(), other.since),
        ("left", "of left", NOW)
    );
    assert_eq!(right.claim(&wanted(2), None, NOW), OURS);
}

#[test]
fn of_many_that_ask_at_once_one_has_it() {
    let (dir, ..) = team();
    let names: Vec<String> = (0..8).map(|n| format!("pc{n}")).collect();
    for number in 0..20 {
        let answers: Vec<ClaimAnswer> = std::thread::scope(|scope| {
            let ask = |pc: &String| {
                let one = claims(dir.path(), pc);
                scope.spawn(move || one.claim(&wanted(number), None, NOW))
            };
            let asked: Vec<_> = names.iter().map(ask).collect();
            asked.into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        let ours = answers.iter().filter(|answer| **answer == OURS).count();
        assert_eq!(ours, 1, "{answers:?}");
        let readable = |answer: &&ClaimAnswer| matches!(answer, ClaimAnswer::Theirs(c) if !c.pc.is_empty());
        assert_eq!(answers.iter().filter(readable).count(), names.len() - 1);
    }
}

#[test]
fn a_released_order_is_free_and_a_colleagues_cannot_be_released() {
    let (_dir, left, right) = team();
    let order = wanted(1);
    assert_eq!(left.claim(&order, None, NOW), OURS);
    right.release(&order.appid, &order.order).unwrap();
    holder(&right.claim(&order, None, NOW));
    left.release(&order.appid, &order.order).unwrap();
    assert_eq!(right.claim(&order, None, NOW), OURS);
}

#[test]
fn an_order_is_taken_over_only_from_the_one_that_the_person_saw() {
    let (_dir, left, right) = team();
    assert_eq!(left.claim(&wanted(1), None, NOW), OURS);
    let seen = holder(&right.claim(&wanted(1), None, NOW));
    let stranger = Claimant {
        pc: "third".into(),
        ..seen.clone()
    };
    assert_eq!(holder(&right.claim(&wanted(1), Some(&stranger), NOW)), seen);
    let taken = ClaimAnswer::Ours { taken_over: true };
    assert_eq!(right.claim(&wanted(1), Some(&seen), NOW), taken);
    assert_eq!(
        right.claim(&wanted(1), None, NOW),
        taken,
        "it stays known that it was taken over"
    );
    assert_eq!(holder(&left.claim(&wanted(1), None, NOW)).pc, "right");
}

#[test]
fn a_folder_that_is_gone_empty_or_of_another_key_gives_nothing() {
    let blocked = ClaimAnswer::Blocked;
    let (dir, left, _) = team();
    let other = Claims::new(
        dir.path().to_owned(),
        Secret::new("mistyped".into()),
        member("third"),
    );
    assert_eq!(other.join(), Err(ClaimsTrouble::KeyWrong));
    assert_eq!(
        other.claim(&wanted(1), None, NOW),
        blocked(ClaimsTrouble::KeyWrong)
    );
    fs::remove_file(dir.path().join(CHECK_FILE)).unwrap();
    assert_eq!(
        left.claim(&wanted(1), None, NOW),
        blocked(ClaimsTrouble::Unreachable),
        "an empty mount point is not the team's folder"
    );
    let gone = claims(&dir.path().join("gone"), "left");
    assert_eq!(gone.join(), Err(ClaimsTrouble::Unreachable));
    assert_eq!(
        gone.claim(&wanted(1), None, NOW),
        blocked(ClaimsTrouble::Unreachable)
    );
    assert!(!dir.path().join("gone").exists(), "it is never made");
}

#[test]
fn a_claim_that_cannot_be_read_is_somebodys_until_a_person_takes_it_over() {
    let (_dir, left, _) = team();
    let path = left.path("wx1", &wanted(1).order);
    fs::write(&path, "{\"pc\":\"le").unwrap();
    let unknown = holder(&left.claim(&wanted(1), None, NOW));
    assert_eq!((unknown.pc.as_str(), unknown.folder_id.as_str()), ("", ""));
    assert_eq!(
        left.claim(&wanted(1), Some(&unknown), NOW),
        ClaimAnswer::Ours { taken_over: true }
    );
}

#[test]
fn a_copied_data_folder_on_another_computer_is_somebody_else() {
    let (dir, left, _) = team();
    assert_eq!(left.claim(&wanted(1), None, NOW), OURS);
    let copy = Member {
        pc: "laptop".into(),
        ..member("left")
    };
    let copy = Claims::new(dir.path().to_owned(), left.key.clone(), copy);
    assert_eq!(holder(&copy.claim(&wanted(1), None, NOW)).pc, "left");
}

#[test]
fn the_folder_tells_no_order_number() {
    let (dir, left, _) = team();
    left.claim(&wanted(1), None, NOW);
    let mut seen = String::new();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        seen += path.file_name().unwrap().to_str().unwrap();
        seen += &fs::read_to_string(path).unwrap();
    }
    for secret in [
        wanted(1).order.as_str(),
        "a key of the team",
        &wanted(1).fingerprint,
        "wx1",
    ] {
        assert!(!seen.contains(secret), "{secret}");
    }
}

#[test]
fn only_our_own_claims_of_half_a_year_ago_are_swept() {
    let (_dir, left, right) = team();
    left.claim(&wanted(1), None, NOW);
    right.claim(&wanted(2), None, NOW);
    let written = written_at(&fs::metadata(left.path("wx1", &wanted(1).order)).unwrap());
    left.sweep(written.plus(KEEP)).unwrap();
    holder(&right.claim(&wanted(1), None, NOW));
    left.sweep(written.plus(KEEP).plus(Duration::from_mins(1)))
        .unwrap();
    assert_eq!(right.claim(&wanted(1), None, NOW), OURS);
    holder(&left.claim(&wanted(2), None, NOW));
}
