//! The three steps from an empty program to a working account, and which of them is next. Apart from the painting, so
//! that it is tested without a window.

use crate::domain::FailureKind;
use crate::engine::snapshot::{CheckKind, CheckResult, Session, Snapshot};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// AppID and AppSecret.
    Account,
    /// This computer's address on the list of the account.
    Address,
    /// The test of everything.
    Test,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 3] = [Self::Account, Self::Address, Self::Test];
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It needs an earlier one.
    Later,
    /// It is to be done now.
    Now,
    /// It is done.
    Done,
}

/// How a step stands now.
pub fn standing(step: Step, session: &Session) -> Standing {
    let has_account = session.account().is_some() && session.has_secret;
    let passed = |kind: CheckKind| {
        let mut checks = session.doctor.checks.iter();
        checks.any(|(made, result)| *made == kind && *result == CheckResult::Passed)
    };
    let address = passed(CheckKind::Credentials);
    let tested = all_passed(session);
    let (done, before) = match step {
        Step::Account => (has_account, true),
        Step::Address => (has_account && address, has_account),
        Step::Test => (has_account && tested, has_account),
    };
    match (done, before) {
        (true, _) => Standing::Done,
        (false, true) => Standing::Now,
        (false, false) => Standing::Later,
    }
}

/// The test was made and found nothing wrong.
pub fn all_passed(session: &Session) -> bool {
    let checks = &session.doctor.checks;
    !session.doctor.running
        && !checks.is_empty()
        && checks.iter().all(|(_, result)| *result == CheckResult::Passed)
}

/// This computer's address as WeChat saw it, when it was refused.
pub fn refused_address(session: &Session) -> Option<&str> {
    session.doctor.checks.iter().find_map(|(_, result)| match result {
        CheckResult::Failed(failure) => {
            if let FailureKind::IpNotAllowed { ip } = &failure.kind {
                ip.as_deref()
            } else {
                None
            }
        }
        CheckResult::NotRun | CheckResult::Running | CheckResult::Passed | CheckResult::No => None,
    })
}

/// Nobody has worked here yet: the engine has said what it knows, and there is no account and no order.
pub fn is_first_start(snapshot: &Snapshot) -> bool {
    let session = &snapshot.session;
    !session.data_dir.as_os_str().is_empty()
        && session.accounts.is_empty()
        && session.recovered.is_none()
        && snapshot.outbox.rows.is_empty()
        && snapshot.orders.rows.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CallFailure;
    use crate::engine::command::AccountId;
    use crate::engine::snapshot::Account;

    fn session(account: bool, checks: &[(CheckKind, CheckResult)]) -> Session {
        let mut session = Session {
            data_dir: "/data".into(),
            ..Session::default()
        };
        if account {
            session.accounts = vec![Account::default()];
            session.current = Some(AccountId::default());
            session.has_secret = true;
        }
        session.doctor.checks = checks.to_vec();
        session
    }

    #[test]
    fn each_step_follows_the_one_before() {
        use Standing::{Done, Later, Now};
        let refused = CallFailure::of(FailureKind::IpNotAllowed {
            ip: Some("203.0.113.7".into()),
        });
        let network = (CheckKind::Network, CheckResult::Passed);
        let credentials = (CheckKind::Credentials, CheckResult::Passed);
        for (session, expected) in [
            (session(false, &[]), [Now, Later, Later]),
            (session(true, &[]), [Done, Now, Now]),
            (
                session(
                    true,
                    &[
                        network.clone(),
                        (CheckKind::Credentials, CheckResult::Failed(refused)),
                    ],
                ),
                [Done, Now, Now],
            ),
            (
                session(
                    true,
                    &[
                        network.clone(),
                        credentials.clone(),
                        (CheckKind::ServiceOpened, CheckResult::No),
                    ],
                ),
                [Done, Done, Now],
            ),
            (session(true, &[network, credentials]), [Done, Done, Done]),
        ] {
            assert_eq!(
                Step::ALL.map(|step| standing(step, &session)),
                expected,
                "{session:?}"
            );
        }
    }

    #[test]
    fn who_has_worked_here_is_not_welcomed_again() {
        let with = |session: Session| Snapshot {
            session: std::sync::Arc::new(session),
            ..Snapshot::default()
        };
        assert!(!is_first_start(&Snapshot::default()), "nothing is known yet");
        assert!(is_first_start(&with(session(false, &[]))));
        assert!(!is_first_start(&with(session(true, &[]))));
    }
}
