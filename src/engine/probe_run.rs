//! The guided probe in the loop: each upload is asked for by a person, looked at first, written down, sent once, and
//! looked at again. What it finds is kept and used. Its order is locked for shipments until it ends.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::clock::Age;
use super::diagnostics::DiagnosticsDone;
use super::jobs::{JobDone, Reading};
use super::quota::Api;
use super::run::Engine;
use crate::domain::{
    CallFailure, FailureKind, Order, OrderKey, Probe, ProbeAnswer, ProbeEvent, ProbeRefusal, ProbeState,
    ProbeStep, State, Timestamp, TransactionId, next_probe,
};
use crate::wechat::{OrderPage, Upload, upload_body};

/// A look that was asked for longer ago shows what was true before the computer slept.
const OLD_LOOK: Duration = Duration::from_secs(25);
/// The courier of the parcels, where the account names none that can be used.
const USUAL_COURIER: &str = "ZTO";

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeAsk {
    /// Look at this order and begin with it; nothing is sent yet.
    Start(TransactionId),
    /// Send this step.
    Go(ProbeStep),
    /// Leave this step out.
    Skip(ProbeStep),
    /// End it; the order stays as it is.
    Stop,
}

/// Why something that was asked for did not happen; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeTrouble {
    /// The order or the moment is not suitable.
    Refused(ProbeRefusal),
    /// WeChat could not be asked.
    Failed(CallFailure),
}

/// What the shells see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProbeView {
    /// The last probe of the account.
    pub probe: Option<Arc<Probe>>,
    /// A call is under way.
    pub busy: bool,
    /// Why what was asked for last did not happen.
    pub trouble: Option<ProbeTrouble>,
}

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flight {
    Begin,
    Before(ProbeStep),
    Send,
    After,
}

/// What the loop knows.
#[derive(Debug, Default)]
pub(super) struct ProbeRun {
    probe: Option<Arc<Probe>>,
    flight: Option<Flight>,
    trouble: Option<ProbeTrouble>,
}

impl ProbeRun {
    pub(super) fn view(&self) -> ProbeView {
        ProbeView {
            probe: self.probe.clone(),
            busy: self.flight.is_some(),
            trouble: self.trouble.clone(),
        }
    }

    pub(super) fn in_flight(&self) -> bool {
        self.flight.is_some()
    }

    pub(super) fn is_sending(&self) -> bool {
        self.flight == Some(Flight::Send)
    }
}

/// What a job brings back.
#[derive(Debug)]
pub enum ProbeDone {
    /// The order, and when it was asked for.
    Looked(Box<Result<Reading, CallFailure>>, Age),
    /// The answer to an upload.
    Sent(Upload),
    /// A wide page of the list.
    Page(Box<Result<OrderPage, CallFailure>>),
}

pub(super) fn job(done: ProbeDone) -> JobDone {
    JobDone::Diagnostics(DiagnosticsDone::Probe(done))
}

impl Engine {
    /// Reads what an earlier run left. What it was sending when it ended is not known.
    pub(super) fn load_probe(&mut self) {
        let now = self.now();
        let Some((probe, answers)) = self.tell_store(|store, appid| store.probe(appid)) else {
            return;
        };
        self.diagnostics.answers = Arc::new(answers);
        let Some(probe) = probe else { return };
        if let Some(after) = next_probe(&probe, ProbeEvent::Restarted, now, &self.policy) {
            self.record_probe(after);
        } else {
            self.outbox.probed.clone_from(&probe.locked);
            self.diagnostics.run.probe = Some(Arc::new(probe));
        }
    }

    /// A person asks for something.
    pub(super) fn probe_asked(&mut self, ask: ProbeAsk) {
        if self.diagnostics.run.flight.is_some() {
            return;
        }
        self.diagnostics.run.trouble = None;
        match ask {
            ProbeAsk::Start(order) => self.look_for_probe(order),
            ProbeAsk::Go(step) => self.look_before_step(step),
            ProbeAsk::Skip(step) => self.probe_goes_on(ProbeEvent::Skipped(step)),
            ProbeAsk::Stop => {
                self.probe_goes_on(ProbeEvent::Stopped);
                self.audit("probe_ended", &json!({}));
            }
        }
    }

    fn refuse_probe(&mut self, why: ProbeRefusal) {
        self.diagnostics.run.trouble = Some(ProbeTrouble::Refused(why));
    }

    fn look_for_probe(&mut self, order: TransactionId) {
        let open = self
            .diagnostics
            .run
            .probe
            .as_ref()
            .is_some_and(|probe| probe.is_open());
        if open {
            return self.refuse_probe(ProbeRefusal::Running);
        }
        let sent = self.tell_store(|store, appid| store.shipments_of(appid, &order));
        let taken = sent.is_none_or(|sent| sent.iter().any(|shipment| shipment.state != State::Cancelled));
        if taken {
            return self.refuse_probe(ProbeRefusal::HasShipments);
        }
        if self.may_not_send() {
            return self.refuse_probe(ProbeRefusal::Closed);
        }
        self.look_of_probe(order, Flight::Begin);
    }

    fn look_before_step(&mut self, step: ProbeStep) {
        let Some(probe) = self.diagnostics.run.probe.clone() else {
            return;
        };
        if probe.state != ProbeState::Ready || probe.step != step {
            return; // a second click
        }
        if self.may_not_send() {
            return self.refuse_probe(ProbeRefusal::Closed);
        }
        self.look_of_probe(probe.order.clone(), Flight::Before(step));
    }

    fn may_not_send(&self) -> bool {
        let now = self.clock.now();
        self.outbox.gates.closed_to(Some(Api::Upload), now).is_some()
    }

    fn look_of_probe(&mut self, order: TransactionId, flight: Flight) {
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            self.diagnostics.run.trouble = Some(ProbeTrouble::Failed(failure));
            return;
        };
        self.diagnostics.run.flight = Some(flight);
        self.jobs.spawn(async move {
            let age = Age::begin();
            let result = client.read_order_once(&OrderKey::Transaction(order)).await;
            job(ProbeDone::Looked(Box::new(result), age))
        });
    }

    /// Looks at what a step did, once it is time; the result is when to ask again.
    pub(super) fn pump_probe(&mut self) -> Option<Timestamp> {
        let now = self.clock.now();
        let probe = self.diagnostics.run.probe.clone()?;
        let ProbeState::Looking { not_before, .. } = probe.state else {
            return None;
        };
        if self.diagnostics.run.flight.is_some() {
            return None; // its answer comes back here
        }
        if not_before > now {
            return Some(not_before);
        }
        if let Some(closed) = self.outbox.gates.closed_to(None, now) {
            return closed;
        }
        if let Err(wait) = self.outbox.permit(now, 0) {
            return wait;
        }
        self.look_of_probe(probe.order.clone(), Flight::After);
        self.dirty.diagnostics = true;
        None
    }

    /// A job of the probe has ended.
    pub(super) fn probe_done(&mut self, done: ProbeDone) {
        match done {
            ProbeDone::Looked(result, age) => {
                let Some(flight) = self.diagnostics.run.flight.take() else {
                    return;
                };
                match *result {
                    Ok((order, _raw)) => self.probe_looked(flight, order, age),
                    Err(failure) => self.probe_look_failed(flight, failure),
                }
            }
            ProbeDone::Sent(upload) => self.probe_answered(upload),
            ProbeDone::Page(page) => self.wide_page(*page),
        }
    }

    fn probe_look_failed(&mut self, flight: Flight, failure: CallFailure) {
        let now = self.now();
        let rest = self.outbox.learn_failure(Api::GetOrder, &failure, now);
        self.perform(rest.into_iter().collect());
        if flight == Flight::After {
            return self.probe_goes_on(ProbeEvent::LookFailed);
        }
        self.diagnostics.run.trouble = Some(if failure.kind == FailureKind::OrderNotVisible {
            ProbeTrouble::Refused(ProbeRefusal::NotFound)
        } else {
            ProbeTrouble::Failed(failure)
        });
    }

    fn probe_looked(&mut self, flight: Flight, order: Order, age: Age) {
        let now = self.clock.now();
        self.outbox.learn_clean_read(now);
        self.learn_orders(vec![order.clone()], now);
        match flight {
            // Its gates may have closed meanwhile, and an old look shows what was: the person is asked again.
            Flight::Begin | Flight::Before(_) if age.span() > OLD_LOOK || self.may_not_send() => {
                self.refuse_probe(ProbeRefusal::Closed);
            }
            Flight::Begin => self.begin_probe(&order),
            Flight::Before(step) => self.send_step(step, order),
            Flight::After => self.probe_goes_on(ProbeEvent::Looked(Box::new(order))),
            Flight::Send => {}
        }
    }

    fn begin_probe(&mut self, order: &Order) {
        let courier = self.probe_courier();
        match Probe::begin(order, &courier, self.now()) {
            Err(why) => self.refuse_probe(why),
            Ok(_) if self.outbox.has_open(&order.transaction_id) => {
                self.refuse_probe(ProbeRefusal::HasShipments);
            }
            Ok(probe) => {
                if self.record_probe(probe) {
                    self.audit(
                        "probe_started",
                        &json!({ "transaction_id": order.transaction_id }),
                    );
                    self.ask_wide_page();
                }
            }
        }
    }

    /// The account's own courier, or one that needs nobody's phone.
    fn probe_courier(&self) -> String {
        let usable = |id: &str| !id.eq_ignore_ascii_case("SF") && self.couriers.get(id).is_some();
        let own = self.account().map(|account| account.default_courier.as_str());
        own.into_iter()
            .chain([USUAL_COURIER, "YTO", "STO", "YD"])
            .find(|id| usable(id))
            .unwrap_or_default()
            .to_owned()
    }

    fn send_step(&mut self, step: ProbeStep, order: Order) {
        let (Some(probe), Some(client)) = (self.diagnostics.run.probe.clone(), self.client.clone()) else {
            return;
        };
        let now = self.now();
        let Some(intent) = probe.intent() else {
            return self.refuse_probe(ProbeRefusal::NotFresh);
        };
        let body = upload_body(&intent, &order.openid, probe.upload_time(now));
        let body_sha256 = hex(&Sha256::digest(&body));
        let event = ProbeEvent::Go {
            order: Box::new(order),
            step,
            body_sha256,
        };
        let Some(after) = next_probe(&probe, event, now, &self.policy) else {
            return;
        };
        let sends = after.state == ProbeState::Sending;
        // What could not be written down is not sent.
        if !self.record_probe(after) || !sends {
            return;
        }
        self.diagnostics.run.flight = Some(Flight::Send);
        self.jobs
            .spawn(async move { job(ProbeDone::Sent(client.upload_shipping_info(&body).await)) });
    }

    fn probe_answered(&mut self, upload: Upload) {
        let now = self.now();
        self.diagnostics.run.flight = None;
        let rest = self.outbox.learn_answer(Api::Upload, &upload.answer, now);
        self.perform(rest.into_iter().collect());
        let step = self
            .diagnostics
            .run
            .probe
            .as_ref()
            .map(|probe| (probe.step, probe.order.clone()));
        if let Some((step, order)) = step {
            self.audit(
                "probe_sent",
                &json!({ "step": step.word(), "transaction_id": order, "errcode": upload.errcode,
                         "rid": upload.rid }),
            );
        }
        self.probe_goes_on(ProbeEvent::Answered(upload.answer, upload.rid));
    }

    /// Takes an event, writes down what follows, and keeps what was found.
    fn probe_goes_on(&mut self, event: ProbeEvent) {
        let Some(probe) = self.diagnostics.run.probe.clone() else {
            return;
        };
        let Some(after) = next_probe(&probe, event, self.now(), &self.policy) else {
            return;
        };
        let new: Vec<ProbeAnswer> = after.answers.iter().skip(probe.answers.len()).cloned().collect();
        // The answers first: after a crash the same look gives them again.
        self.learn_answers(new);
        self.record_probe(after);
    }

    /// Makes it durable. `false`: it could not be written, and stays as it was.
    fn record_probe(&mut self, after: Probe) -> bool {
        let written = self.tell_store(|store, appid| store.record_probe(appid, &after));
        if written.is_none() {
            return false;
        }
        self.outbox.probed.clone_from(&after.locked);
        self.diagnostics.run.probe = Some(Arc::new(after));
        self.dirty.diagnostics = true;
        true
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}
