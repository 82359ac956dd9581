//! What a team of computers is told: whose an order is, and why the folder cannot be asked.

use super::Explained;
use crate::domain::{Claimant, ClaimsTrouble};
use crate::i18n::{Lang, format};

/// A colleague's computer holds the order.
pub(super) fn explain_claimed(lang: Lang, holder: &Claimant) -> Explained {
    if holder.pc.is_empty() {
        return Explained::of(lang, "why-claimed-unreadable", &[]);
    }
    let who = if holder.operator.is_empty() {
        &holder.pc
    } else {
        &holder.operator
    };
    let args = [
        ("who", who.into()),
        ("pc", (&holder.pc).into()),
        ("time", format::moment_exact(holder.since).into()),
    ];
    Explained::of(lang, "why-claimed-elsewhere", &args)
}

/// Why the team's folder cannot be asked.
pub fn explain_claims_trouble(lang: Lang, trouble: ClaimsTrouble) -> Explained {
    let id = match trouble {
        ClaimsTrouble::Unreachable => "claims-unreachable",
        ClaimsTrouble::KeyMissing => "claims-key-missing",
        ClaimsTrouble::KeyWrong => "claims-key-wrong",
    };
    Explained::of(lang, id, &[])
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn whose_an_order_is_and_what_is_wrong_with_the_folder_is_explained() {
        let colleague = Claimant {
            pc: "PC-2".into(),
            operator: "Li".into(),
            ..Claimant::default()
        };
        check("claimed", |lang| explain_claimed(lang, &colleague), true);
        check(
            "unreadable",
            |lang| explain_claimed(lang, &Claimant::default()),
            true,
        );
        for trouble in [
            ClaimsTrouble::Unreachable,
            ClaimsTrouble::KeyMissing,
            ClaimsTrouble::KeyWrong,
        ] {
            check(
                &format!("{trouble:?}"),
                |lang| explain_claims_trouble(lang, trouble),
                true,
            );
        }
        for lang in Lang::ALL {
            let nameless = Claimant {
                operator: String::new(),
                ..colleague.clone()
            };
            let words = explain_claimed(lang, &colleague).detail;
            assert!(words.contains("PC-2") && words.contains("Li"), "{words}");
            assert!(explain_claimed(lang, &nameless).action.contains("PC-2"));
        }
    }
}
