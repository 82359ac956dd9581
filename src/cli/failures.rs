//! Failed calls in the words of a command: a window tries again by itself, a command that has ended does not.

use crate::domain::{CallFailure, ClaimsTrouble, FailureKind};
use crate::i18n::{Explained, Lang, explain_claims_trouble, explain_failure, text};

/// What a window says about these promises that it tries again; this is what a command's user does.
const AGAIN: [(FailureKind, &str); 7] = [
    (FailureKind::Offline, "cli-failure-offline"),
    (FailureKind::NoAnswer, "cli-failure-later"),
    (FailureKind::Garbled, "cli-failure-later"),
    (FailureKind::Busy, "cli-failure-later"),
    (FailureKind::TooFast, "cli-failure-later"),
    (FailureKind::DailyQuota, "cli-failure-quota"),
    (FailureKind::OrderNotVisible, "cli-failure-not-visible"),
];

/// What a failed call means, and what to do with the command line.
pub fn explain(lang: Lang, failure: &CallFailure) -> Explained {
    let mut words = explain_failure(lang, failure);
    if let Some((_, id)) = AGAIN.iter().find(|(kind, _)| *kind == failure.kind) {
        words.action = text(lang, id);
    }
    if failure.kind == FailureKind::DailyQuota {
        words.detail = text(lang, "cli-failure-quota-detail");
    }
    words
}

/// Why the team's folder cannot be asked, and what to do with the command line.
pub fn explain_claims(lang: Lang, trouble: ClaimsTrouble) -> Explained {
    let id = match trouble {
        ClaimsTrouble::Unreachable => "cli-you-team-folder",
        ClaimsTrouble::KeyMissing | ClaimsTrouble::KeyWrong => "cli-you-team-key",
    };
    Explained {
        action: text(lang, id),
        ..explain_claims_trouble(lang, trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_failed_call_promises_what_a_command_does_not_do() {
        let promises = [
            "by itself",
            "goes on when",
            "goes on more",
            "goes on after",
            "自动",
            "会继续",
        ];
        for (kind, _) in AGAIN {
            for lang in Lang::ALL {
                let words = explain(lang, &CallFailure::of(kind.clone()));
                for promise in promises {
                    assert!(!words.action.contains(promise), "{kind:?}: {}", words.action);
                }
                assert!(!words.action.is_empty(), "{kind:?}");
            }
        }
        for trouble in [
            ClaimsTrouble::Unreachable,
            ClaimsTrouble::KeyMissing,
            ClaimsTrouble::KeyWrong,
        ] {
            let words = explain_claims(Lang::En, trouble);
            let way = ["FAHUO_TEAM_KEY", "fahuoctl"];
            assert!(
                way.iter().any(|way| words.action.contains(way)),
                "{}",
                words.action
            );
        }
    }
}
