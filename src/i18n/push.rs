//! WeChat's push messages in words: what each says, why a delivery was not taken, and where the door stands.

use super::explain::Explained;
use super::{Lang, text};
use crate::domain::{EventKind, PushEvent, PushPhase, PushRefusal};

/// What a message says, in a few words.
pub fn event_name(lang: Lang, event: &PushEvent) -> String {
    text(lang, id_of(event))
}

/// What a message says, what it means and what to do.
pub fn explain_event(lang: Lang, event: &PushEvent) -> Explained {
    Explained::of(lang, id_of(event), &[])
}

fn id_of(event: &PushEvent) -> &'static str {
    match (event.event, event.phase()) {
        (EventKind::RemindAccess, _) => "event-access",
        (EventKind::RemindShipping, _) => "event-overdue",
        (EventKind::Settlement, None | Some(PushPhase::Shipped)) => "event-shipped",
        (EventKind::Settlement, Some(PushPhase::Received)) => "event-received",
        (EventKind::Settlement, Some(PushPhase::Settled)) => "event-settled",
    }
}

/// Why a delivery was not taken; never anything of what it said.
pub fn explain_push_refusal(lang: Lang, refusal: PushRefusal) -> Explained {
    let id = match refusal {
        PushRefusal::Signature => "event-refused-signature",
        PushRefusal::NoKey => "event-refused-no-key",
        PushRefusal::NotEncrypted => "event-refused-not-encrypted",
        PushRefusal::Undecryptable => "event-refused-undecryptable",
        PushRefusal::OtherAppId => "event-refused-other-appid",
        PushRefusal::TooLarge => "event-refused-too-large",
        PushRefusal::Malformed => "event-refused-malformed",
        PushRefusal::Doctype => "event-refused-doctype",
    };
    Explained::of(lang, id, &[])
}
