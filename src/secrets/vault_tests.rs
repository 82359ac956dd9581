//! The vault over pretended keyrings: none, locked, forgetful, foreign, and the real one of this machine.

use super::super::pretended::Pretended;
use super::*;

const AVAILABLE: VaultStatus = VaultStatus::Available;
const NONE: VaultStatus = VaultStatus::SessionOnly { locked: false };
const LOCKED: VaultStatus = VaultStatus::SessionOnly { locked: true };

fn over(keyring: &Pretended) -> Vault {
    Vault::over(KeyPlace::Pretended(keyring.clone()))
}

fn secret() -> Secret {
    Secret::new("s3cret-密钥".into())
}

#[test]
fn a_secret_comes_back_for_its_account_and_field_only() {
    let vault = Vault::open(Place::Memory);
    assert_eq!(vault.status(), AVAILABLE);
    let blob = vault.seal("wx1", "secret", &secret()).unwrap();
    assert_eq!(vault.open_sealed("wx1", "secret", &blob), Ok(secret()));
    for (account, field) in [
        ("wx2", "secret"),
        ("wx1", "proxy"),
        ("wx1s", "ecret"),
        ("", "wx1secret"),
    ] {
        assert_eq!(vault.open_sealed(account, field, &blob), Err(VaultError::Damaged));
    }
    let again = Vault::open(Place::Memory);
    assert_eq!(again.open_sealed("wx1", "secret", &blob), Ok(secret()));
    let other = Vault {
        place: None,
        state: Mutex::new(State::Key(Key::random().unwrap())),
    };
    assert_eq!(
        other.open_sealed("wx1", "secret", &blob),
        Err(VaultError::Damaged)
    );
}

#[test]
fn any_changed_or_cut_blob_is_damaged() {
    let vault = Vault::open(Place::Memory);
    let blob = vault.seal("wx1", "secret", &secret()).unwrap();
    for at in 0..blob.len() {
        let mut changed = blob.clone();
        changed[at] ^= 1;
        assert_eq!(
            vault.open_sealed("wx1", "secret", &changed),
            Err(VaultError::Damaged)
        );
        assert_eq!(
            vault.open_sealed("wx1", "secret", &blob[..at]),
            Err(VaultError::Damaged)
        );
    }
}

#[test]
fn two_seals_of_the_same_secret_differ_and_neither_shows_it() {
    let vault = Vault::open(Place::Memory);
    let (first, second) = (
        vault.seal("wx1", "secret", &secret()).unwrap(),
        vault.seal("wx1", "secret", &secret()).unwrap(),
    );
    assert_ne!(first, second);
    for blob in [first, second] {
        assert!(!blob.windows(6).any(|window| window == b"s3cret"));
    }
}

#[test]
fn an_empty_and_a_long_secret_are_sealed_too() {
    let vault = Vault::open(Place::Memory);
    for text in [String::new(), "k".repeat(8 * 1024)] {
        let secret = Secret::new(text);
        let blob = vault.seal("wx1", "key", &secret).unwrap();
        assert_eq!(vault.open_sealed("wx1", "key", &blob), Ok(secret));
    }
}

#[test]
fn without_a_keyring_nothing_is_sealed_and_nothing_opened() {
    let mut vault = Vault::open(Place::None);
    vault.retry();
    assert_eq!(vault.status(), NONE);
    assert_eq!(vault.seal("wx1", "secret", &secret()), None);
    assert_eq!(
        vault.open_sealed("wx1", "secret", &[0; 64]),
        Err(VaultError::NoKey)
    );
}

#[test]
fn the_key_is_made_at_the_first_seal_and_found_by_the_next_run() {
    let keyring = Pretended::default();
    let vault = over(&keyring);
    assert_eq!(vault.status(), AVAILABLE);
    assert_eq!(keyring.writes(), 0, "looking writes nothing");
    let blob = vault.seal("wx1", "secret", &secret()).unwrap();
    assert!(vault.seal("wx1", "other", &secret()).is_some());
    assert_eq!(keyring.writes(), 1);
    let next = over(&keyring);
    assert_eq!(next.open_sealed("wx1", "secret", &blob), Ok(secret()));
}

#[test]
fn opening_the_vault_does_not_ask_the_keyring() {
    let keyring = Pretended::default();
    keyring.fails_with(Some(Unusable::Locked));
    let vault = over(&keyring);
    keyring.fails_with(None);
    assert_eq!(vault.status(), AVAILABLE, "it was asked only now");
}

#[test]
fn a_missing_key_is_not_made_anew_by_opening() {
    let keyring = Pretended::default();
    let mut vault = over(&keyring);
    assert_eq!(
        vault.open_sealed("wx1", "secret", &[7; 64]),
        Err(VaultError::NoKey)
    );
    vault.retry();
    assert_eq!(keyring.writes(), 0);
}

#[test]
fn a_locked_keyring_is_never_written_and_works_after_it_is_unlocked() {
    let keyring = Pretended::default();
    let blob = over(&keyring).seal("wx1", "secret", &secret()).unwrap();
    keyring.fails_with(Some(Unusable::Locked));
    let mut vault = over(&keyring);
    assert_eq!(vault.status(), LOCKED);
    assert_eq!(vault.seal("wx1", "secret", &secret()), None);
    assert_eq!(vault.open_sealed("wx1", "secret", &blob), Err(VaultError::NoKey));
    vault.retry();
    assert_eq!(vault.status(), LOCKED);
    keyring.fails_with(None);
    vault.retry();
    assert_eq!(vault.status(), AVAILABLE);
    assert_eq!(vault.open_sealed("wx1", "secret", &blob), Ok(secret()));
    assert_eq!(keyring.writes(), 1);
}

#[test]
fn a_keyring_that_locks_between_looking_and_sealing_is_said_to_be_locked() {
    let keyring = Pretended::default();
    let vault = over(&keyring);
    assert_eq!(vault.status(), AVAILABLE);
    keyring.fails_with(Some(Unusable::Locked));
    assert_eq!(vault.seal("wx1", "secret", &secret()), None);
    assert_eq!(vault.status(), LOCKED);
}

#[test]
fn a_key_that_another_run_made_meanwhile_is_used_and_not_replaced() {
    let keyring = Pretended::default();
    let (first, second) = (over(&keyring), over(&keyring));
    assert_eq!(second.status(), AVAILABLE, "has looked and found no key yet");
    let blob = first.seal("wx1", "secret", &secret()).unwrap();
    assert!(second.seal("wx1", "other", &secret()).is_some());
    assert_eq!(second.open_sealed("wx1", "secret", &blob), Ok(secret()));
    assert_eq!(keyring.writes(), 1);
}

#[test]
fn an_entry_that_is_no_key_is_left_alone() {
    let keyring = Pretended::default();
    keyring.write(b"somebody else's").unwrap();
    let vault = over(&keyring);
    assert_eq!(vault.status(), NONE);
    assert_eq!(vault.seal("wx1", "secret", &secret()), None);
    assert_eq!(keyring.writes(), 1, "only the test's own");
}

#[test]
fn a_keyring_that_forgets_at_once_is_none() {
    let keyring = Pretended::forgetful();
    let vault = over(&keyring);
    assert_eq!(vault.seal("wx1", "secret", &secret()), None);
    assert_eq!(vault.status(), NONE);
}

/// The real keyring is only looked at: a test must not write into the one of the person who runs it.
#[test]
fn the_keyring_of_the_system_answers_or_is_none_but_never_panics() {
    let mut vault = Vault::open(Place::System);
    vault.retry();
    match vault.status() {
        VaultStatus::Available => {}
        VaultStatus::SessionOnly { .. } => {
            assert_eq!(vault.seal("wx1", "secret", &secret()), None);
            assert_eq!(
                vault.open_sealed("wx1", "secret", &[0; 64]),
                Err(VaultError::NoKey)
            );
        }
    }
}

#[test]
fn a_secret_prints_as_stars() {
    let vault = Vault::open(Place::Memory);
    assert_eq!(format!("{:?} {vault:?}", secret()), "*** Vault(***)");
}
