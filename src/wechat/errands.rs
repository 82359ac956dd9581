//! The bodies of the small writes: reminders (V), the jump path (VI), reports of special orders (X). Apart from the
//! uploads because each is a flat object with names of its own.

use serde::Serialize;

use super::Write;
use crate::domain::{ErrandKind, TransactionId};

#[derive(Serialize)]
struct RemindRequest<'a> {
    transaction_id: &'a str,
    received_time: i64,
}

#[derive(Serialize)]
struct ReportRequest<'a> {
    order_id: &'a str,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_to: Option<i64>,
}

#[derive(Serialize)]
struct JumpPathRequest<'a> {
    path: &'a str,
}

/// The body of an errand in raw UTF-8: `notify_confirm_receive` (contract 3.5) or `opspecialorder` (3.10). Times are
/// whole seconds since 1970 UTC. The same arguments always give the same bytes.
pub fn errand_body(kind: ErrandKind, order: &TransactionId) -> Vec<u8> {
    let report = |kind, delay_to| {
        super::to_json(&ReportRequest {
            order_id: order.as_str(),
            kind,
            delay_to,
        })
    };
    match kind {
        ErrandKind::Remind { received_at } => super::to_json(&RemindRequest {
            transaction_id: order.as_str(),
            received_time: received_at.secs(),
        }),
        ErrandKind::PreSale { delay_to } => report(1, Some(delay_to.secs())),
        ErrandKind::TestOrder => report(2, None),
    }
}

/// The call of an errand.
pub fn errand_write(kind: ErrandKind) -> Write {
    match kind {
        ErrandKind::Remind { .. } => Write::Remind,
        ErrandKind::PreSale { .. } | ErrandKind::TestOrder => Write::Report,
    }
}

/// The body of `set_msg_jump_path` (contract 3.6) in raw UTF-8.
pub fn jump_path_body(path: &str) -> Vec<u8> {
    super::to_json(&JumpPathRequest { path })
}
