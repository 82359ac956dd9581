//! Deliberately broken variants of the program: the proof that the simulation would notice. Each is broken in
//! the driver around the real core, where the product has the line that it names.

/// What is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// Nothing: the product as it is.
    None,
    /// The client sends again when WeChat is busy (-1).
    RetryBusy,
    /// The client sends again when no answer comes.
    RetryTimeout,
    /// The intent becomes durable after the upload has left.
    LateIntent,
    /// What was being sent when the program died is simply sent again, after the usual look.
    Forget,
    /// No look before the first send.
    NoLook,
    /// No look, and a file that comes again is queued again.
    Reimport,
    /// Two programs on one data folder.
    NoLock,
    /// A new or restored journal sends at once.
    NoQuarantine,
    /// A page of somebody else is taken for a no.
    HtmlFails,
    /// The codes that speak of the order's state are taken for a yes.
    TrustCode,
    /// "Not later than the last upload" is taken for a no.
    TrustTime,
    /// Stamps are made from this computer's clock.
    WallClock,
    /// A resend gets a fresh `upload_time`.
    Restamp,
    /// What the first look after a doubt does not show was not done, and nothing is looked at before a resend.
    SingleLook,
    /// "Not there" is proof after two seconds.
    ShortQuiet,
    /// No answer is taken for a yes.
    AssumeShipped,
    /// The look before the send is taken from the list that the file was checked with.
    OldLook,
    /// An order may have several open shipments.
    NoGuard,
    /// Restarted doubts keep the old moment of their beginning, whatever the computer's clock did.
    KeepSince,
    /// Restarted waits keep their old end, whatever the computer's clock did.
    KeepWaits,
    /// An order is looked at for the next send at once after the last one.
    NotAlone,
    /// Nobody compares what the list shows with what was sent.
    NotSeen,
    /// The team's folder gives an order to everybody who asks.
    NoClaim,
    /// What was taken over is sent at once.
    TakeNow,
    /// A start forgets that the quota of a call is used up.
    ForgetRest,
}

/// A mutant, the invariants that must notice it, and a seed with which they do.
pub struct Known {
    pub mutant: Mutant,
    pub noticed_by: &'static [&'static str],
    pub seed: u64,
}

const fn known(mutant: Mutant, noticed_by: &'static [&'static str], seed: u64) -> Known {
    Known {
        mutant,
        noticed_by,
        seed,
    }
}

/// Every mutant. Where several invariants would notice it, those are named that do not see the broken line but
/// the harm that it does.
pub const KNOWN: [Known; 25] = [
    known(Mutant::RetryBusy, &["I1"], 286),
    known(Mutant::RetryTimeout, &["I1"], 23),
    known(Mutant::LateIntent, &["I1", "I5"], 73),
    known(Mutant::Forget, &["I1", "I5"], 73),
    known(Mutant::NoLook, &["I1"], 1),
    known(Mutant::Reimport, &["I1"], 1),
    known(Mutant::NoLock, &["I1"], 28),
    known(Mutant::NoQuarantine, &["I1", "I5"], 988),
    known(Mutant::HtmlFails, &["I3"], 28),
    known(Mutant::TrustCode, &["I3"], 1366),
    known(Mutant::TrustTime, &["I3"], 67),
    known(Mutant::WallClock, &["I6"], 4),
    known(Mutant::Restamp, &["I6"], 12),
    known(Mutant::SingleLook, &["I1", "I5"], 5),
    known(Mutant::ShortQuiet, &["I1"], 286),
    known(Mutant::AssumeShipped, &["I3"], 38),
    known(Mutant::OldLook, &["I1"], 1),
    known(Mutant::NoGuard, &["I1"], 13),
    known(Mutant::KeepSince, &["I1", "I5"], 1624),
    known(Mutant::KeepWaits, &["I2", "I14"], 37),
    known(Mutant::NotAlone, &["I1", "I5"], 2032),
    known(Mutant::NotSeen, &["I15"], 178),
    known(Mutant::NoClaim, &["I1"], 628),
    known(Mutant::TakeNow, &["I1"], 6400),
    known(Mutant::ForgetRest, &["I8"], 56),
];

impl Mutant {
    /// An invariant counts for this mutant; for the product as it is, all do.
    pub fn is_judged_by(self, invariant: &str) -> bool {
        KNOWN
            .iter()
            .find(|known| known.mutant == self)
            .is_none_or(|known| known.noticed_by.contains(&invariant))
    }
}
