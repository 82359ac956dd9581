//! The two calls, looks and uploads, from the effect to the answer. Follows `wechat/call.rs`; what mutants do
//! wrong on the wire stands here too.

use fahuo::domain::{
    Answer, CallFailure, Doubt, FailureKind, Look, Order, OrderState, Refusal, Shipment, ShipmentId, State,
    Timestamp, TransactionId,
};
use fahuo::engine::outbox::{Effect, hex_sha256};
use fahuo::engine::quota::Api;
use fahuo::wechat::Upload;

use super::desk::{Process, Shown};
use super::mutants::Mutant;
use super::run::{Event, Run};
use super::server::{By, upload_millis};
use super::wire::{self, ReadFate, Reply, Request};

impl Run {
    pub fn look(&mut self, desk: usize, id: ShipmentId, order: &TransactionId) {
        self.must_rest(desk, Api::GetOrder);
        let troubled = self.troubled();
        let fate = wire::read_fate(&mut self.rng, &self.scenario, troubled);
        let boot = self.desks[desk].boots;
        if let Some(age) = self.pretended_age(desk, id) {
            // An old state of the order, as if it had just been read.
            let index = self.order_of(order);
            if let Some(order) = self.server.read(index, self.now - age) {
                let looked = Event::Looked(desk, boot, id, Box::new(Ok(order)), None);
                return self.at(self.now + 1, looked);
            }
        }
        self.at(
            self.now + fate.served,
            Event::Served(desk, boot, id, Box::new(fate)),
        );
    }

    /// Mutants that do not look before a send: how old what they take for a look is, in milliseconds.
    fn pretended_age(&self, desk: usize, id: ShipmentId) -> Option<i64> {
        const NEVER_SHIPPED: i64 = 1_000_000_000;
        let process = self.desks[desk].process.as_ref()?;
        let shipment = process.outbox.get(id)?;
        if !matches!(shipment.state, State::Queued | State::Waiting) {
            return None;
        }
        match self.mutant {
            Mutant::NoLook | Mutant::Reimport => Some(NEVER_SHIPPED),
            Mutant::SingleLook if shipment.attempts > 0 => Some(NEVER_SHIPPED),
            Mutant::OldLook => Some(90_000),
            _ => None,
        }
    }

    /// A read reaches the server.
    pub fn serve(&mut self, desk: usize, id: ShipmentId, fate: &ReadFate) {
        let boot = self.desks[desk].boots;
        let shipment = self.desks[desk]
            .process
            .as_ref()
            .and_then(|p| p.outbox.get(id))
            .cloned();
        let Some(shipment) = shipment else { return };
        let order = self.order_of(shipment.intent.transaction_id());
        let as_of = self.now - fate.stale;
        let mut shown = None;
        let result = match &fate.failure {
            Some(failure) => Err(failure.clone()),
            None => self.read(order, as_of).map(|mut order| {
                if fate.odd_state {
                    order.state = OrderState::Unknown(7);
                }
                let look = Look::of(&order, Timestamp::default());
                shown = Some(Shown {
                    as_of,
                    parcels: look.parcels,
                    finish_count: look.finish_count,
                });
                order
            }),
        };
        let moment = self.now + fate.replies;
        if fate.failure.is_some() || fate.odd_state || fate.stale > 0 || fate.replies > 500 {
            self.owe(moment + 70_000); // a minute's pause, or another look
        }
        self.at(moment, Event::Looked(desk, boot, id, Box::new(result), shown));
    }

    /// What a read shows.
    pub fn read(&self, order: usize, as_of: i64) -> Result<Order, CallFailure> {
        let not_visible = || CallFailure::of(FailureKind::OrderNotVisible);
        self.server.read(order, as_of).ok_or_else(not_visible)
    }

    /// Sends an upload: from here on it is the wire's.
    pub fn send(&mut self, desk: usize, id: ShipmentId, body: Vec<u8>) {
        self.must_rest(desk, Api::Upload);
        let place = &self.desks[desk];
        let Some(process) = &place.process else { return };
        let Some(shipment) = process.outbox.get(id).cloned() else {
            return;
        };
        let order = self.order_of(shipment.intent.transaction_id());
        let shown = process.shown.get(&id).cloned();
        let request = Request {
            owner: place.owner,
            desk,
            boot: place.boots,
            lineage: place.journal.disk.lineage,
            shipment: id,
            order,
            epoch: place.journal.disk.epoch(id),
            wish: wish_of(&shipment),
            granted: shipment.intent.reship().is_some(),
            upload_millis: upload_millis(&body),
            body,
            sent_at: self.now,
            looked_as_of: shown.as_ref().map(|shown| shown.as_of),
            arrives_at: None,
            answered: false,
            reply: Reply::Own,
            errcode: None,
        };
        super::checks::before_a_send(self, &request, &shipment, shown.as_ref());
        if self.rng.chance(self.scenario.race) && self.troubled() {
            let moment = self.now + self.rng.between(0, 300);
            self.at(moment, Event::Foreign(order));
        }
        self.put_on_wire(request);
    }

    /// One request with a fate of its own.
    pub fn put_on_wire(&mut self, mut request: Request) {
        let troubled = self.troubled();
        let fate = wire::fate(&mut self.rng, &self.scenario, troubled);
        let index = self.requests.len();
        self.say(|| format!("request {index} for order {} leaves: {fate:?}", request.order));
        *self.counts.entry("uploads").or_default() += 1;
        request.arrives_at = fate.arrives.map(|after| self.now + after);
        request.reply = fate.reply;
        if let Some(moment) = request.arrives_at {
            self.at(moment, Event::Arrives(index));
        }
        if !matches!(request.reply, Reply::Own) {
            let moment = self.now + fate.replies;
            self.owe(moment + 70_000);
            self.owe(request.arrives_at.unwrap_or(0));
            self.at(
                moment,
                Event::Answered(request.desk, request.boot, request.shipment, index),
            );
        }
        self.requests.push(request);
    }

    /// An upload reaches the server.
    pub fn arrives(&mut self, index: usize) {
        let body = std::mem::take(&mut self.requests[index].body);
        let errcode = self.server.upload(&body, By::Us(index), self.now);
        let now = self.now;
        let request = &mut self.requests[index];
        request.body = body;
        request.errcode = Some(errcode);
        let own = matches!(request.reply, Reply::Own);
        let (desk, boot, shipment, order) = (request.desk, request.boot, request.shipment, request.order);
        self.say(|| format!("request {index} for order {order} arrives: {errcode}"));
        if own {
            let latency = self.rng.between(10, 200);
            self.at(now + latency, Event::Answered(desk, boot, shipment, index));
        }
    }

    /// An answer, of a look or of an upload, goes into the core.
    pub fn take(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Looked(desk, _, id, result, shown) => self.take_look(desk, id, *result, shown),
            Event::Answered(desk, _, id, index) => self.take_answer(desk, id, index),
            Event::Claimed(desk, _, id, answer) => {
                let now = self.now;
                let Some(process) = &mut self.desks[desk].process else {
                    return Vec::new();
                };
                let clocks = process.now(now);
                process.outbox.claimed(id, answer, clocks)
            }
            _ => Vec::new(),
        }
    }

    fn take_look(
        &mut self,
        desk: usize,
        id: ShipmentId,
        result: Result<Order, CallFailure>,
        shown: Option<Shown>,
    ) -> Vec<Effect> {
        let (now, mutant) = (self.now, self.mutant);
        let Some(process) = &mut self.desks[desk].process else {
            return Vec::new();
        };
        process.offset_known |= result.is_ok() && mutant != Mutant::WallClock;
        match shown {
            Some(shown) => process.shown.insert(id, shown),
            None => process.shown.remove(&id),
        };
        let clocks = process.now(now);
        let effects = process.outbox.looked(id, result, clocks);
        if mutant == Mutant::Restamp {
            restamp(process, id);
        }
        effects
    }

    fn take_answer(&mut self, desk: usize, id: ShipmentId, index: usize) -> Vec<Effect> {
        let request = &mut self.requests[index];
        request.answered = true;
        let mut upload = wire::upload_of(&request.reply, request.errcode);
        if self.sends_again(index, &upload) {
            return Vec::new();
        }
        misread(self.mutant, &mut upload);
        let (now, mutant) = (self.now, self.mutant);
        let Some(process) = &mut self.desks[desk].process else {
            return Vec::new();
        };
        process.offset_known |= upload.http_status.is_some() && mutant != Mutant::WallClock;
        let clocks = process.now(now);
        process.outbox.answered(id, upload, clocks)
    }

    /// Mutants whose client has a second send of its own.
    fn sends_again(&mut self, index: usize, upload: &Upload) -> bool {
        let again = match self.mutant {
            Mutant::RetryBusy => upload.errcode == Some(-1),
            Mutant::RetryTimeout => matches!(self.requests[index].reply, Reply::Lost),
            _ => false,
        };
        let first = &self.requests[index];
        let tries = self
            .requests
            .iter()
            .filter(|other| other.body == first.body)
            .count();
        if !again || tries > 5 {
            return false;
        }
        let copy = Request {
            answered: false,
            errcode: None,
            body: first.body.clone(),
            wish: first.wish.clone(),
            reply: Reply::Own,
            sent_at: self.now,
            ..*first
        };
        super::checks::of_the_order(self, &copy);
        self.put_on_wire(copy);
        true
    }
}

/// The wish of a shipment: the same fingerprint and the same permission ask for one and the same thing.
fn wish_of(shipment: &Shipment) -> String {
    let grant = shipment.intent.reship().map_or(0, |grant| grant.at.millis());
    format!("{} {grant}", shipment.intent.fingerprint())
}

/// Mutants that read an answer wrongly.
fn misread(mutant: Mutant, upload: &mut Upload) {
    let refused = || {
        Answer::Refused(Refusal {
            errcode: -2,
            rid: None,
            refunded: false,
        })
    };
    let compared = match &upload.answer {
        Answer::Unclear(Doubt::Compare { errcode, .. }) => Some(*errcode),
        _ => None,
    };
    let failed = matches!(upload.answer, Answer::Unclear(Doubt::Failure(_)));
    match mutant {
        Mutant::HtmlFails if failed && upload.http_status.is_some() && upload.errcode.is_none() => {
            upload.answer = refused();
        }
        Mutant::TrustCode if compared.is_some_and(|code| code != 268_485_216) => {
            upload.answer = Answer::Accepted;
        }
        Mutant::TrustTime if compared == Some(268_485_216) => upload.answer = refused(),
        Mutant::AssumeShipped if failed && upload.http_status.is_none() => upload.answer = Answer::Accepted,
        _ => {}
    }
}

/// The mutant that gives a resend a fresh stamp.
fn restamp(process: &mut Process, id: ShipmentId) {
    let Some(shipment) = process.outbox.get(id) else {
        return;
    };
    if shipment.state == State::Queued && shipment.upload_time.is_some() {
        let mut fresh = Shipment::clone(shipment);
        fresh.upload_time = None;
        fresh.body_sha256 = None;
        process.outbox.add([fresh]);
    }
}

/// The hash that the journal must name.
pub fn sha(body: &[u8]) -> String {
    hex_sha256(body)
}
