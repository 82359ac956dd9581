//! Things said once, as data: the window shows them as toasts, the command line on stderr.

use super::events_state::ReceiverTrouble;
use super::pay_edit::PayTrouble;
pub use super::shopping::ShoppingNotice;
use crate::domain::{
    Alert, CallFailure, ClaimsTrouble, Counts, ErrandKind, ErrandWhy, FileNotSaved, FileSaved,
    InvalidTransition, JumpState, Problem, PushEvent, PushRefusal, ResetState, TransactionId,
};
use crate::store::Purged;

/// Something that happened and is worth one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An order was shipped from the form.
    Shipped(TransactionId),
    /// A shipment was put into the outbox.
    Queued(TransactionId),
    /// A shipment was not accepted, and nothing was sent.
    NotQueued {
        /// The order.
        transaction_id: String,
        /// Why.
        problems: Vec<Problem>,
    },
    /// A person must look at a shipment.
    NeedsPerson(TransactionId),
    /// It is not clear whether a shipment arrived.
    Unclear(TransactionId),
    /// The rows of a file have their ends.
    BatchDone(Counts),
    /// So many orders of a file that were shown as ready are not any more; nothing of it was sent.
    BatchChanged(usize),
    /// The rows of a file could not be written down; nothing of it was sent.
    BatchNotKept,
    /// Shipments were taken back before they were sent.
    Cancelled(usize),
    /// Shipments that could not be taken back: they are being looked at or sent, or were sent before.
    NotCancelled(usize),
    /// What was asked for does not fit the state any more, for example a second click.
    TooLate(InvalidTransition),
    /// An order number was looked up and not found.
    OrderNotFound(String),
    /// The list of orders could not be fetched.
    FetchFailed(CallFailure),
    /// The orders that a person wanted to see again have been read, or not all of them.
    Reread {
        /// How many were read.
        read: usize,
        /// How many were asked for.
        orders: usize,
    },
    /// A file with results or a template was written.
    FileSaved(FileSaved),
    /// A file was not written; nothing in its place has changed.
    FileNotSaved {
        /// The name without the folder.
        name: String,
        /// Why.
        why: FileNotSaved,
    },
    /// Settings were kept.
    Saved,
    /// Settings were not kept, because of these problems.
    NotSaved(Vec<Problem>),
    /// The secret is kept only until the program ends.
    SecretNotKept,
    /// This computer is a member of the team.
    TeamSaved {
        /// It is the first of its folder: a colleague's computer should not be.
        first: bool,
    },
    /// The team's folder could not be used as it was typed; nothing was kept.
    TeamNotSaved(ClaimsTrouble),
    /// The team key is kept only until the program ends.
    TeamKeyNotKept,
    /// A file has arrived in the watched folder. Nothing of it was sent.
    FileArrived(String),
    /// A file in the watched folder cannot be read; it is tried again.
    FileHeld(String),
    /// A file that had arrived is not in the folder any more.
    FileGone(String),
    /// Errands were put in line; what the orders do not allow was not.
    ErrandsQueued {
        /// What was asked for.
        kind: ErrandKind,
        /// How many are in line now.
        queued: usize,
        /// The orders for which nothing will be sent, and why.
        refused: Vec<(TransactionId, ErrandWhy)>,
    },
    /// All errands have their ends.
    ErrandsDone {
        /// Done.
        done: usize,
        /// Refused, not possible any more, or for a person.
        stopped: usize,
    },
    /// What came of setting the page that messages open.
    JumpPath(JumpState),
    /// Something about the diagnostics.
    Diagnostics(DiagnosticsSaid),
    /// What was typed about WeChat Pay Global was not kept.
    PayNotSaved(PayTrouble),
    /// Something about shopping orders.
    Shopping(ShoppingNotice),
    /// Something about WeChat's push messages.
    Events(EventsSaid),
    /// Personal data was deleted because a person asked for it.
    Purged(Purged),
    /// Worth calling a person for who does not look at the window.
    Alert(Alert),
    /// The journal could not be written; nothing more is sent.
    StoreFailed,
    /// Some notices were dropped because too many came at once.
    Dropped(usize),
}

/// What is said about the diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticsSaid {
    /// What came of a reset of the quotas.
    Reset(ResetState),
    /// A bundle for support was saved under this name.
    BundleSaved(String),
}

/// What is said about push messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventsSaid {
    /// Messages were read; each new one causes a look at its order.
    Read {
        /// Messages that are new.
        new: usize,
        /// Messages that came before.
        known: usize,
        /// Messages about something else.
        others: usize,
        /// Why the rest was not taken, one for each.
        refused: Vec<PushRefusal>,
    },
    /// WeChat has pushed a message that somebody should see.
    Came(PushEvent),
    /// What was typed about the door cannot be kept.
    ReceiverNotSaved(ReceiverTrouble),
}
