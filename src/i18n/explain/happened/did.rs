//! What a person or the program did beside the shipments, and what WeChat pushed, in words. Apart from the lines of the
//! journal because here a word leads to its message.

use super::{Mood, Told};
use crate::domain::{Details, PayState, PushRefusal, ShoppingCall};
use crate::i18n::{
    Lang, errand_name, event_name, explain_push_refusal, pay_state_name, shopping_call_name, text, text_with,
};

/// Words that have a message of their own.
pub(super) const KNOWN: [&str; 39] = [
    "batch_sent",
    "results_saved",
    "template_saved",
    "page_saved",
    "table_saved",
    "cell_repaired",
    "pause",
    "resume",
    "cancel_all",
    "sent_without_claims",
    "account_saved",
    "account_removed",
    "recovery_read",
    "journal_recovered",
    "team_saved",
    "folder_watched",
    "not_confirmed",
    "courier_taught",
    "courier_forgotten",
    "errands",
    "errand_cancelled",
    "errands_cancelled",
    "errand_decided",
    "jump_path",
    "event_refused",
    "receiver_saved",
    "pay_saved",
    "pay_forgotten",
    "payment",
    "quotas_reset",
    "bundle_saved",
    "probe_started",
    "probe_sent",
    "probe_ended",
    "shopping_sent",
    "shopping_file_sent",
    "shopping_cancelled",
    "shopping_settled",
    "shopping_answered",
];

/// Says what was done.
pub(super) fn words(lang: Lang, what: &str, details: &Details) -> Told {
    if let Some(told) = event(lang, what, details) {
        return told;
    }
    let title = if KNOWN.contains(&what) {
        let count = ["orders", "rows", "count"]
            .iter()
            .find_map(|name| details.count(name));
        let file = details.word("file").unwrap_or_default();
        let args = [
            ("count", count.unwrap_or_default().into()),
            ("file", file.to_owned().into()),
        ];
        text_with(lang, &format!("did-{}", what.replace('_', "-")), &args)
    } else {
        text_with(lang, "did-other", &[("what", what.into())])
    };
    Told {
        title,
        detail: detail(lang, what, details),
        ..Told::default()
    }
}

/// A message of WeChat's; `None` for everything else.
fn event(lang: Lang, what: &str, details: &Details) -> Option<Told> {
    if what != "event" {
        return None;
    }
    let name = event_name(lang, &details.event()?);
    Some(Told {
        title: text_with(lang, "happened-event", &[("event", name.into())]),
        mood: Mood::Quiet,
        ..Told::default()
    })
}

fn detail(lang: Lang, what: &str, details: &Details) -> String {
    let field = |name: &str| details.word(name).map(str::to_owned);
    if what == "errands" {
        let kind = details.errand();
        return kind.map_or_else(String::new, |kind| errand_name(lang, kind));
    }
    if what == "event_refused" {
        let why = field("why").unwrap_or_default();
        let refusal = PushRefusal::ALL.into_iter().find(|refusal| refusal.word() == why);
        return refusal.map_or_else(String::new, |refusal| explain_push_refusal(lang, refusal).title);
    }
    if what == "shopping_answered" {
        return shopping(lang, details);
    }
    if what == "payment" {
        let state = field("state").unwrap_or_default();
        return pay_state_name(lang, &PayState::of_word(&state));
    }
    if let (Some(column), Some(was), Some(is)) = (field("column"), field("was"), field("is")) {
        let row = details.count("row").unwrap_or_default();
        let args = [
            ("row", row.into()),
            ("column", column.into()),
            ("was", was.into()),
            ("is", is.into()),
        ];
        return text_with(lang, "did-cell-repaired-detail", &args);
    }
    [field("spelling"), field("courier"), field("path")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" → ")
}

/// Which call about a shopping order, where it stands now, and WeChat's own words.
fn shopping(lang: Lang, details: &Details) -> String {
    let call = details.word("call").and_then(ShoppingCall::of_word);
    let state = details.word("state").and_then(|state| match state {
        "accepted" | "said" | "refused" | "not_sent" | "unclear" => {
            Some(text(lang, &format!("shopping-state-{}", state.replace('_', "-"))))
        }
        _ => None,
    });
    let parts = [
        call.map(|call| shopping_call_name(lang, call)),
        state,
        details.word("said").map(str::to_owned),
        details.word("order").map(str::to_owned),
    ];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}
