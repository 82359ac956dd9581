//! What was accepted is read once more: an upload can be accepted although another computer has shipped the
//! order a moment before. No answer tells, but the order shows it (reliability 2.4, post-verification).

use std::collections::HashSet;
use std::time::Duration;

use super::running::Running;
use crate::domain::{OrderQuery, OrderState, Shipment, State, Timestamp, TransactionId};
use crate::engine::{Command, Fetch};

/// Reading the list again takes no longer than reading it before; a page that hangs must not hold up the end.
const LIMIT: Duration = Duration::from_mins(5);

/// Reads again what `shipped` names and was accepted by an answer alone. What the reading shows is in the next
/// snapshot, as a shipment that needs a person.
pub fn verify(running: &mut Running, shipped: &[&Shipment]) {
    let console = running.console;
    let accepted = shipped
        .iter()
        .filter(|s| s.state == State::Shipped { found: false });
    let ids: HashSet<&TransactionId> = accepted.map(|s| s.intent.transaction_id()).collect();
    let snapshot = running.snapshot();
    let orders = snapshot.orders.rows.iter();
    let orders = orders.filter(|order| ids.contains(&order.transaction_id));
    let paid: Vec<Timestamp> = orders.map(|order| order.pay_time).collect();
    let (Some(first), Some(last)) = (paid.iter().min(), paid.iter().max()) else {
        return;
    };
    let query = OrderQuery {
        state: Some(OrderState::Shipped),
        paid_from: Some(*first),
        paid_to: Some(*last),
        ..OrderQuery::default()
    };
    let mut progress = console.progress();
    progress.show(&console.text("cli-progress-verifying", &[]));
    let before = snapshot.orders.fetch.clone();
    running.send(Command::RefreshOrders(query.clone()));
    let read = running.wait_for(Some(LIMIT), |snapshot, _| {
        let fetch = &snapshot.orders.fetch;
        let (of, complete) = match fetch {
            Fetch::Complete { query, .. } => (query, true),
            Fetch::Failed { query, .. } => (query, false),
            Fetch::Idle | Fetch::Running { .. } => return None,
        };
        (*of == query && *fetch != before).then_some(complete)
    });
    progress.clear();
    if !matches!(read, Ok(true)) {
        console.say("cli-not-verified", &[]);
    }
}
