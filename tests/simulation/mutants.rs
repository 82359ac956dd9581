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
    /// One look that shows nothing is proof enough.
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
}

/// A mutant, the invariants of which one must notice it, and a seed that showed it.
pub struct Known {
    pub mutant: Mutant,
    pub noticed_by: &'static [&'static str],
    pub seed: u64,
}
