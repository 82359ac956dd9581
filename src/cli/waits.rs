//! What shipments and errands wait for at the moment, in words, and whether that ends by itself. Apart from the
//! waiting itself because it decides nothing.

use super::errands_left;
use super::output::Console;
use crate::domain::{ClaimsTrouble, Timestamp};
use crate::engine::snapshot::ErrandsView;
use crate::engine::{Gate, Outbox};
use crate::i18n::{Arg, format};

/// Nothing moves, and the line says when it goes on by itself: that is no standstill. An outage is tried again
/// after up to ten minutes.
pub fn waits_by_plan(gate: &Gate) -> bool {
    match gate {
        Gate::Holding { .. }
        | Gate::Quarantine { .. }
        | Gate::Recovering { .. }
        | Gate::Claims {
            trouble: ClaimsTrouble::Unreachable,
            ..
        } => true,
        // Without the right team key only a person helps; the end says it.
        Gate::Claims {
            trouble: ClaimsTrouble::KeyMissing | ClaimsTrouble::KeyWrong,
            ..
        }
        | Gate::Open
        | Gate::Paused
        | Gate::Interrupted
        | Gate::Account(_)
        | Gate::DailyQuota { .. }
        | Gate::StoreFailed => false,
    }
}

/// What it waits for at the moment, with the moment; empty while it simply sends.
pub fn waiting_words(console: Console, outbox: &Outbox, errands: &ErrandsView, now: Timestamp) -> String {
    let when = |at: Timestamp| -> (&str, Arg) {
        let words = if console.moves() {
            console.text(
                "cli-when-in",
                &[("span", format::countdown(console.lang, at, now).into())],
            )
        } else {
            console.text("cli-when-at", &[("at", format::clock(at, now).into())])
        };
        ("when", words.into())
    };
    let mut words = match &outbox.gate {
        Gate::Open
        | Gate::Account(_)
        | Gate::DailyQuota { .. }
        | Gate::StoreFailed
        | Gate::Claims {
            trouble: ClaimsTrouble::KeyMissing | ClaimsTrouble::KeyWrong,
            ..
        } => String::new(),
        Gate::Paused => console.text("cli-gate-paused", &[]),
        Gate::Interrupted => console.text("cli-gate-interrupted", &[]),
        Gate::Holding { until } => console.text("cli-gate-holding", &[when(*until)]),
        Gate::Quarantine { until } => console.text("cli-gate-quarantine", &[when(*until)]),
        Gate::Recovering { until } => console.text("cli-gate-recovering", &[when(*until)]),
        Gate::Claims {
            trouble: ClaimsTrouble::Unreachable,
            until,
            ..
        } => console.text("cli-gate-claims", &[when(*until)]),
    };
    let count = |count: usize| -> (&str, Arg) { ("count", format::count(count).into()) };
    if outbox.unclear > 0 {
        let next = outbox.next_look(now);
        let next = next.map_or_else(|| ("when", console.text("cli-when-now", &[]).into()), when);
        words.push_str(&console.text("cli-waits-unclear", &[count(outbox.unclear), next]));
    }
    let waiting = outbox.waiting.saturating_add(errands_left::waiting(errands));
    let asks = [
        outbox.next_ask(now).filter(|_| outbox.waiting > 0),
        errands_left::next_ask(errands, now),
    ];
    if let Some(at) = asks.into_iter().flatten().min() {
        words.push_str(&console.text("cli-waits-invisible", &[count(waiting), when(at)]));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_that_is_tried_again_is_no_standstill() {
        let until = Timestamp::from_secs(1);
        let claims = |trouble| Gate::Claims {
            trouble,
            until,
            tries: 0,
        };
        for (gate, by_plan) in [
            (Gate::Recovering { until }, true),
            (Gate::Holding { until }, true),
            (Gate::Quarantine { until }, true),
            (Gate::Open, false),
            (Gate::Paused, false),
            (Gate::Interrupted, false),
            (claims(ClaimsTrouble::Unreachable), true),
            (claims(ClaimsTrouble::KeyMissing), false),
            (claims(ClaimsTrouble::KeyWrong), false),
        ] {
            assert_eq!(waits_by_plan(&gate), by_plan, "{gate:?}");
        }
    }
}
