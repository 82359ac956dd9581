//! What answers to shopping orders mean for their records, for those behind them in line, and for the history.

use serde_json::json;

use super::Notice;
use super::run::Engine;
use super::shopping::{ShoppingDone, ShoppingNotice};
use crate::domain::shopping::ShoppingEvent;
use crate::domain::{Answer, CallFailure, FailureKind, Hold, ShoppingId, ShoppingState, TransactionId};
use crate::wechat::{ShoppingSaid, Upload};

/// Orders in whose timelines an answer stands at most.
const IN_TIMELINES: usize = 50;

impl Engine {
    /// A job has ended.
    pub(super) fn shopping_done(&mut self, done: ShoppingDone) {
        self.dirty.shopping = true;
        match done {
            ShoppingDone::Read(serial, file) => self.shopping_file_read(serial, *file),
            ShoppingDone::Uploaded(id, upload) => self.shopping_uploaded(id, upload),
            ShoppingDone::Said(id, said) => self.shopping_said(id, *said),
        }
    }

    fn shopping_uploaded(&mut self, id: ShoppingId, upload: Upload) {
        let now = self.clock.now();
        if !self.shopping.landed(id) {
            return;
        }
        // What holds for this product says nothing about shipments, and the other way round.
        let stops = match &upload.answer {
            Answer::NotProcessed(Hold::Second) => {
                self.shopping.not_before = now.plus(self.policy.quiet.div_f64(30.0));
                None
            }
            Answer::NotProcessed(Hold::Minute) => {
                self.shopping.not_before = now.plus(self.policy.quiet);
                None
            }
            Answer::NotProcessed(Hold::Account(failure)) => Some(failure.clone()),
            Answer::NotProcessed(Hold::Connection) => Some(CallFailure::of(FailureKind::Offline)),
            Answer::NotProcessed(Hold::Day) => Some(CallFailure::of(FailureKind::DailyQuota)),
            Answer::NotProcessed(Hold::Token)
            | Answer::Accepted
            | Answer::Refused(_)
            | Answer::NotVisible
            | Answer::Unclear(_) => None,
        };
        let details =
            json!({ "errcode": upload.errcode, "rid": upload.rid, "http_status": upload.http_status });
        self.shopping_ended(
            id,
            ShoppingEvent::Answered(upload.answer),
            details,
            stops.as_ref(),
        );
    }

    fn shopping_said(&mut self, id: ShoppingId, said: Result<ShoppingSaid, CallFailure>) {
        if !self.shopping.landed(id) {
            return;
        }
        let stops = said.as_ref().err().filter(|failure| {
            let ends_all = matches!(failure.kind, FailureKind::Offline | FailureKind::DailyQuota);
            failure.stops_account() || ends_all
        });
        let stops = stops.cloned();
        let details = match &said {
            Ok(said) => json!({ "said": said.result }),
            Err(failure) => json!({ "errcode": failure.errcode, "rid": failure.rid }),
        };
        let event = ShoppingEvent::Said(said.map(|said| said.result));
        self.shopping_ended(id, event, details, stops.as_ref());
    }

    /// Records an answer, and stops those behind it when it says that they would fare the same.
    fn shopping_ended(
        &mut self,
        id: ShoppingId,
        event: ShoppingEvent,
        mut details: serde_json::Value,
        stops: Option<&CallFailure>,
    ) {
        let now = self.clock.now();
        let Ok(after) = self.shopping.after(id, event, now) else {
            return;
        };
        let orders = self.shopping.payments_of(&after.draft.key);
        if let Some(fields) = details.as_object_mut() {
            fields.insert(String::from("call"), json!(after.draft.call().word()));
            fields.insert(String::from("order"), json!(after.draft.key.number()));
            fields.insert(String::from("state"), json!(after.state.word()));
        }
        let again = after.state == ShoppingState::Queued;
        self.record_shopping(after);
        if again {
            self.shopping.back_into_line(id);
            return;
        }
        self.audit_shopping(&orders, details);
        if stops.is_some() {
            let ids = self.shopping.empty_line();
            self.drop_shopping(ids, stops);
        }
        if self.shopping.is_idle() && self.shopping.ended != (0, 0, 0) {
            let (done, stopped, unclear) = std::mem::take(&mut self.shopping.ended);
            self.say(Notice::Shopping(ShoppingNotice::Done {
                done,
                stopped,
                unclear,
            }));
        }
    }

    /// A line for each order of it that is known here, so that it stands in their timelines; else one line.
    fn audit_shopping(&mut self, orders: &[TransactionId], mut details: serde_json::Value) {
        let known: Vec<&TransactionId> = orders
            .iter()
            .filter(|order| self.book.get(order).is_some())
            .take(IN_TIMELINES)
            .collect();
        if known.is_empty() {
            return self.audit("shopping_answered", &details);
        }
        for order in known {
            if let Some(fields) = details.as_object_mut() {
                fields.insert(String::from("transaction_id"), json!(order));
            }
            self.audit("shopping_answered", &details);
        }
    }

    /// What waited in line is not sent: taken back by a person, or because of a failure before it.
    pub(super) fn drop_shopping(&mut self, ids: Vec<ShoppingId>, because: Option<&CallFailure>) {
        let now = self.clock.now();
        for id in ids {
            let event = ShoppingEvent::Dropped(because.cloned());
            if let Ok(after) = self.shopping.after(id, event, now) {
                self.record_shopping(after);
            }
        }
    }
}
