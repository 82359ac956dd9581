//! What a person asks for, one arm for each command; apart from the loop that receives it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::Notice;
use super::command::{Command, EventsAsk, PayAsk};
use super::outbox::{Effect, Outbox};
use super::run::Engine;
use crate::domain::{
    Draft, Field, Intent, InvalidTransition, OrderState, Problem, ProblemKind, Rules, Shipment, ShipmentId,
};
use crate::store::{Enqueued, NewShipment, Store};

/// Seconds of the longest wait before something is sent.
pub(super) const MAX_HOLD_SECS: u32 = 600;

impl Engine {
    /// A person asks for something.
    #[allow(
        clippy::too_many_lines,
        reason = "one arm for each command, and each says only where to look"
    )]
    pub(super) fn command(&mut self, command: Command) -> Vec<Effect> {
        let now = self.now();
        self.audit_command(&command);
        match command {
            // The open file's fetch brings the same list; another one would take its place and strand it.
            Command::RefreshOrders(_) if self.fetching_for_import() => {}
            Command::RefreshOrders(query) => self.fetch_orders(query, false),
            // A check on half a list would call orders unknown that are not: it stops with its fetch.
            Command::StopRefresh if self.fetching_for_import() => self.close_batch(),
            Command::StopRefresh => self.stop_fetch(),
            Command::RereadOrders(orders) => self.reread_these(orders),
            Command::OpenOrder(id) => self.open_order(id),
            Command::CloseOrder => self.close_order(),
            Command::FindOrder(number) => self.find_order(&number),
            Command::FindOrderOf { mchid, out_trade_no } => self.find_order_of(mchid, out_trade_no),
            Command::Ship(draft) => self.ship(&draft, 0),
            Command::ShipCombined(draft) => self.ship_combined(&draft),
            Command::ShipAfter { draft, hold_secs } => self.ship(&draft, hold_secs),
            Command::CancelShipment(id) => return self.or_too_late(|outbox| outbox.cancel(id, now)),
            Command::CancelAll => self.cancel_queued(None),
            Command::Decide(id, decision) => {
                crate::step::at("before-decide");
                return self.or_too_late(|outbox| outbox.decide(id, decision, now));
            }
            Command::Pause => self.pause(),
            Command::Resume => self.go_on(now),
            Command::OpenFile(path) => self.open_file(path),
            Command::OpenFileAs { path, mapping } => self.open_file_as(path, Some(mapping)),
            Command::RecheckBatch => self.recheck_batch(),
            Command::SendBatch {
                batch,
                hold_secs,
                reship,
            } => self.send_batch(batch, hold_secs, reship),
            Command::RepairCell {
                batch,
                row,
                column,
                text,
            } => self.repair_cell(batch, row, column, text.as_deref()),
            Command::StopBatch => self.stop_batch(),
            Command::CloseBatch => self.close_by_person(),
            Command::SaveResults(wish) => self.save_results(wish),
            Command::SaveTable(wish) => self.save_table(wish),
            Command::SaveTemplate {
                path,
                replace,
                shipments,
            } => self.save_template(path, replace, &shipments),
            Command::SavePage(page) => self.save_page(page),
            Command::RememberMapping { headings, mapping } => self.remember_mapping(&headings, mapping),
            Command::History(wish) => self.history_wish(wish),
            Command::RenameMapping { key, name } => self.rename_mapping(&key, &name),
            Command::ForgetMapping(key) => self.forget_mapping(&key),
            Command::SaveAccount(edit) => self.save_account(&edit),
            Command::SelectAccount(id) => self.select_account(id),
            Command::RemoveAccount(id) => self.remove_account(id),
            Command::TestAccount => self.test_account(),
            Command::RetryKeyStore => self.retry_key_store(),
            Command::CloseRecovered => self.close_recovered(),
            Command::SaveTeam(edit) => self.save_team(edit),
            Command::Errands(command) => self.errand_command(command),
            Command::SendWithoutClaims => self.send_without_claims(),
            Command::PickCourier { batch, row, courier } => self.pick_courier(batch, row, &courier),
            Command::UnpickCourier { batch, spelling } => self.unpick_courier(batch, &spelling),
            Command::PresetFile(batch, edit) => self.preset_file(batch, &edit),
            Command::TeachCourier { spelling, courier } => self.teach_courier(&spelling, &courier),
            Command::ForgetCourier(spelling) => self.forget_courier(&spelling),
            Command::WatchFolder(folder) => self.watch_folder(folder),
            Command::ShowArrived => self.show_arrived(),
            Command::ClearArrived => self.clear_arrived(),
            Command::Events(ask) => self.events_asked(ask),
            Command::Pay(ask) => self.pay_asked(ask),
            Command::Diagnose(ask) => self.diagnose(ask),
            Command::Shopping(ask) => self.shopping_asked(ask),
            Command::ForgetLeftOver => self.forget_left_over(),
            Command::Data(ask) => self.data_asked(ask),
            Command::Prefer(preference) => self.prefer(&preference),
            Command::Shutdown => {}
        }
        Vec::new()
    }

    fn go_on(&mut self, now: crate::domain::Now) {
        if self.outbox.resume(now.local) {
            crate::step::at("before-pauses-cleared");
            self.tell_store(Store::clear_pauses);
        }
        self.errands.wake(now.local);
        self.dirty.outbox = true;
        if self.client.is_none() {
            self.begin_account();
        }
    }

    /// The commands that change something at WeChat or in the settings are part of the history.
    fn audit_command(&mut self, command: &Command) {
        let (what, details) = match command {
            Command::Ship(draft) | Command::ShipAfter { draft, .. } => (
                "ship",
                json!({ "transaction_id": draft.transaction_id, "parcels": draft.parcels.len(),
                        "reship": draft.reship.is_some() }),
            ),
            Command::ShipCombined(draft) => (
                "ship_combined",
                json!({ "parent": draft.parent, "orders": draft.subs.len() }),
            ),
            Command::CancelShipment(id) => ("cancel", json!({ "shipment": id })),
            Command::CancelAll => ("cancel_all", json!({})),
            Command::Decide(id, decision) => ("decide", json!({ "shipment": id, "decision": decision })),
            Command::Pause => ("pause", json!({})),
            Command::Resume => ("resume", json!({})),
            Command::SaveAccount(edit) => ("account_saved", json!({ "appid": edit.appid })),
            Command::CloseRecovered => ("recovery_read", json!({})),
            Command::RemoveAccount(id) => ("account_removed", json!({ "account": id.0 })),
            Command::SaveTeam(edit) => ("team_saved", json!({ "claims": !edit.folder.trim().is_empty() })),
            Command::WatchFolder(folder) => {
                ("folder_watched", json!({ "on": !folder.as_os_str().is_empty() }))
            }
            Command::Events(EventsAsk::SaveReceiver(edit)) => {
                ("receiver_saved", json!({ "on": edit.on, "port": edit.port }))
            }
            Command::Pay(PayAsk::Save(edit)) => ("pay_saved", json!({ "mchid": edit.mchid.trim() })),
            Command::Pay(PayAsk::Forget) => ("pay_forgotten", json!({})),
            Command::SendWithoutClaims => ("sent_without_claims", json!({})),
            Command::Errands(command) => super::errand_run::audited(command),
            Command::Shopping(ask) => match super::shopping_run::audited(ask) {
                Some(said) => said,
                None => return,
            },
            Command::RefreshOrders(_)
            | Command::StopRefresh
            | Command::OpenOrder(_)
            | Command::CloseOrder
            | Command::FindOrder(_)
            | Command::FindOrderOf { .. }
            | Command::OpenFile(_)
            | Command::OpenFileAs { .. }
            | Command::RecheckBatch
            | Command::SendBatch { .. }
            | Command::StopBatch
            | Command::CloseBatch
            | Command::SaveResults(_)
            | Command::SaveTable(_)
            | Command::RereadOrders(_)
            | Command::SaveTemplate { .. }
            | Command::SavePage(_)
            | Command::RepairCell { .. }
            | Command::RememberMapping { .. }
            | Command::History(_)
            | Command::RenameMapping { .. }
            | Command::ForgetMapping(_)
            | Command::SelectAccount(_)
            | Command::TestAccount
            | Command::RetryKeyStore
            | Command::Prefer(_)
            | Command::Data(_)
            | Command::ShowArrived
            | Command::Events(_)
            | Command::Pay(PayAsk::Query(_))
            | Command::Diagnose(_)
            | Command::ClearArrived
            | Command::ForgetLeftOver
            | Command::PickCourier { .. }
            | Command::UnpickCourier { .. }
            | Command::TeachCourier { .. }
            | Command::ForgetCourier(_)
            | Command::PresetFile(..)
            | Command::Shutdown => return,
        };
        self.audit(what, &details);
    }

    /// A person asks to send nothing more for now.
    fn pause(&mut self) {
        self.outbox.gates.paused = true;
        self.dirty.outbox = true;
    }

    fn or_too_late(
        &mut self,
        act: impl FnOnce(&mut Outbox) -> Result<Vec<Effect>, InvalidTransition>,
    ) -> Vec<Effect> {
        match act(&mut self.outbox) {
            Ok(effects) => effects,
            Err(late) => {
                self.say(Notice::TooLate(late));
                Vec::new()
            }
        }
    }

    /// Takes back what was not sent yet.
    pub(super) fn cancel_queued(&mut self, only: Option<&BTreeSet<ShipmentId>>) {
        let effects = self.outbox.cancel_all(only, self.now());
        let count = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Record(..)))
            .count();
        crate::step::at("before-cancel");
        self.perform(effects);
        crate::step::at("after-cancel");
        self.say(Notice::Cancelled(count));
        let left = self.outbox.not_cancelled(only);
        if left > 0 {
            self.say(Notice::NotCancelled(left));
        }
    }

    /// Ships one order from the form or the scanner station, after so many seconds.
    fn ship(&mut self, draft: &Draft, hold_secs: u32) {
        let max_parcels = self.account().map_or(10, |account| account.max_parcels);
        let rules = Rules {
            max_parcels,
            couriers: Some(&self.couriers),
        };
        let refuse = |problems: Vec<Problem>| Notice::NotQueued {
            transaction_id: draft.transaction_id.clone(),
            problems,
        };
        let intent = match Intent::check(draft, &rules) {
            Ok((intent, _)) => intent,
            Err(problems) => return self.say(refuse(problems)),
        };
        let now = self.clock.now();
        let order = self.book.get(intent.transaction_id()).cloned();
        if order
            .as_ref()
            .is_some_and(|order| order.state == OrderState::Refunded)
        {
            return self.say(refuse(vec![ProblemKind::Refunded.into()]));
        }
        let there = order.as_ref().map_or(&[][..], |order| &order.shipping.parcels);
        let slip = intent
            .parcels()
            .iter()
            .map(|parcel| parcel.tracking_no.as_str())
            .find(|number| {
                // What WeChat holds already goes out again as it is.
                self.book.has_number(number) && !there.iter().any(|parcel| parcel.tracking_no == *number)
            });
        if let Some(number) = slip {
            let problem = Problem::of(ProblemKind::TrackingIsOrderNumber, Field::TrackingNo);
            let value = Some(number.to_owned());
            return self.say(refuse(vec![Problem { value, ..problem }]));
        }
        let deadline = order.as_ref().map_or(now, |order| order.deadline());
        let hold = Duration::from_secs(u64::from(hold_secs.min(MAX_HOLD_SECS)));
        let not_before = now.plus(hold);
        let new = NewShipment {
            intent: &intent,
            deadline,
            not_before,
            batch: None,
        };
        crate::step::at("before-queued");
        let enqueued = self.tell_store(|store, appid| store.enqueue(appid, &[new], now));
        crate::step::at("after-queued");
        match enqueued.as_deref() {
            Some([Enqueued::New(id)]) => {
                let id = *id;
                let transaction_id = intent.transaction_id().clone();
                self.outbox
                    .add([Shipment::queued(id, Arc::new(intent), deadline, now, not_before)]);
                self.follow_changes();
                self.say(Notice::Queued(transaction_id));
            }
            Some(_) => self.say(refuse(vec![ProblemKind::ShipmentOpen.into()])),
            None => {}
        }
    }
}
