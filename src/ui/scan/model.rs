//! The scanner station without its paint: what each scan did, what was scanned in this session and where it stands,
//! what is asked of the engine and which sound belongs to it.

pub mod known;
pub mod outcome;
pub mod session;
pub mod settings;
pub mod words;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Order, OrderHit, Problem, Reading, ScanCode, ScanDesk, ScanStep, ScannedParcel, Timestamp, parcel_number,
    scan,
};
use crate::engine::command::{AccountId, Command};
use crate::engine::notice::Notice;
use crate::engine::snapshot::{Orders, Snapshot};

pub use outcome::{Last, Outcome, Signal};
pub use session::{Scan, Session};
pub use settings::Settings;
pub use words::Prompt;

/// Scans that may wait while a number is asked for; more are a jam.
const MOST_WAITING: usize = 20;
/// The same text within this time after it was read is the scanner's echo of it, not a person's answer.
const ECHO_MILLIS: u64 = 1000;
/// After this time no answer to a number comes any more: it was lost on its way.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the station sees while it works.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What may be seen.
    pub snapshot: &'a Snapshot,
    /// The settings of the station.
    pub settings: &'a Settings,
    /// Now.
    pub now: Timestamp,
}

/// A number that WeChat is asked for.
#[derive(Clone, Debug)]
struct Asking {
    number: String,
    /// The list in which it was not.
    before: Arc<Orders>,
    /// When it was asked for.
    since: Timestamp,
}

/// The text that was read last, and when, by the window's clock.
#[derive(Clone, Debug)]
struct Heard {
    text: String,
    millis: u64,
}

/// The station.
#[derive(Debug, Default)]
pub struct Station {
    /// Whose orders are scanned; a session belongs to one account.
    account: Option<AccountId>,
    desk: ScanDesk,
    /// The open order as the list shows it.
    order: Option<Arc<Order>>,
    asking: Option<Asking>,
    waiting: VecDeque<String>,
    session: Session,
    heard: Option<Heard>,
    last: Option<Last>,
    /// What there is to hear since the window asked last.
    signals: Vec<Signal>,
}

impl Station {
    /// The rules at work.
    pub fn desk(&self) -> &ScanDesk {
        &self.desk
    }

    /// The open order.
    pub fn order(&self) -> Option<&Arc<Order>> {
        self.order.as_ref()
    }

    /// What was scanned since the window was opened.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What the last scan came to.
    pub fn last(&self) -> Option<&Last> {
        self.last.as_ref()
    }

    /// The number that WeChat is asked for now.
    pub fn asking(&self) -> Option<&str> {
        self.asking.as_ref().map(|asking| asking.number.as_str())
    }

    /// What there is to hear.
    pub fn take_signals(&mut self) -> Vec<Signal> {
        std::mem::take(&mut self.signals)
    }

    /// A scanner has read this at `millis` of the window's clock; `left_out` is the piece of a broken scan that stood
    /// before it.
    pub fn scan(&mut self, raw: &str, left_out: &str, millis: u64, seen: &Seen<'_>) -> Vec<Command> {
        let text = scan::tidy(raw);
        if self.is_echo(&text, millis) {
            return Vec::new();
        }
        self.read(text, left_out, seen)
    }

    /// A trigger that bounces reads one barcode twice; the second must not decide what the first has asked.
    fn is_echo(&mut self, text: &str, millis: u64) -> bool {
        let before = self.heard.replace(Heard {
            text: text.to_owned(),
            millis,
        });
        before.is_some_and(|heard| heard.text == text && millis.saturating_sub(heard.millis) < ECHO_MILLIS)
    }

    fn read(&mut self, text: String, left_out: &str, seen: &Seen<'_>) -> Vec<Command> {
        let commands = if text.is_empty() {
            Vec::new()
        } else if let Some(asking) = &self.asking
            && ScanCode::of(&text) == Some(ScanCode::Cancel)
        {
            let number = asking.number.clone();
            self.give_up(Outcome::AskingEnded(number));
            Vec::new()
        } else if self.asking.is_some() {
            // The order before it is not known yet, so it waits for its turn.
            if self.waiting.len() < MOST_WAITING {
                self.waiting.push_back(text);
            } else {
                self.say(Outcome::Jam, Signal::Refused);
            }
            Vec::new()
        } else {
            self.take(&text, seen)
        };
        if !left_out.is_empty() {
            self.signals.push(Signal::Warning);
            if let Some(last) = &mut self.last {
                left_out.clone_into(&mut last.left_out);
            }
        }
        commands
    }

    /// A command of the sheet, by its button.
    pub fn press(&mut self, code: ScanCode, seen: &Seen<'_>) -> Vec<Command> {
        self.read(code.barcode().to_owned(), "", seen)
    }

    /// Follows what the engine shows: a number that was asked for, and what became of the orders.
    pub fn follow(&mut self, seen: &Seen<'_>) -> Vec<Command> {
        let current = seen.snapshot.session.current;
        // Before the engine has said whose orders these are, a scan can only wait.
        if self.account.is_none() {
            self.account = current;
        }
        if self.account != current {
            // What was scanned for one shop is never sent for another.
            *self = Self {
                account: current,
                signals: std::mem::take(&mut self.signals),
                ..Self::default()
            };
        }
        let mut commands = self.session.follow(&seen.snapshot.outbox);
        for stopped in self.session.take_stopped() {
            self.say(Outcome::Stopped(stopped), Signal::Refused);
        }
        let arrived = self.asking.as_ref().is_some_and(|asking| {
            let now = &seen.snapshot.orders;
            !Arc::ptr_eq(&asking.before, now) && !known::hits(&asking.number, &now.rows).is_empty()
        });
        if arrived && let Some(asking) = self.asking.take() {
            commands.extend(self.take(&asking.number, seen));
            commands.extend(self.go_on(seen));
        } else if let Some(asking) = &self.asking
            && seen.now > asking.since.plus(PATIENCE)
        {
            let number = asking.number.clone();
            self.give_up(Outcome::NotAsked(number));
        }
        commands
    }

    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        let asked = self.asking().unwrap_or_default().to_owned();
        if let Notice::NotQueued {
            transaction_id,
            problems,
        } = notice
            && let Some(number) = self.session.refuse(transaction_id, problems)
        {
            self.say(Outcome::NotQueued(number, problems.clone()), Signal::Refused);
        } else if self.asking.is_none() {
            // Nothing else is about the station.
        } else if *notice == Notice::OrderNotFound(asked.clone()) {
            self.give_up(Outcome::NotFound(asked));
        } else if matches!(notice, Notice::FetchFailed(_)) {
            self.give_up(Outcome::NotAsked(asked));
        }
    }

    /// What waited for the order may have been its parcels: none of it counts any more.
    fn give_up(&mut self, outcome: Outcome) {
        self.asking = None;
        self.waiting.clear();
        let signal = outcome.signal(None);
        self.say(outcome, signal);
    }

    fn go_on(&mut self, seen: &Seen<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        while self.asking.is_none()
            && let Some(text) = self.waiting.pop_front()
        {
            commands.extend(self.take(&text, seen));
        }
        commands
    }

    fn take(&mut self, text: &str, seen: &Seen<'_>) -> Vec<Command> {
        let before = self.desk.clone();
        let reading = self.reading(text, seen);
        let step = self.desk.read(&reading, &seen.settings.rules());
        let (outcome, commands) = self.act(step, &before, text, seen);
        let signal = outcome.signal(self.order.as_deref());
        self.say(outcome, signal);
        if let Some(last) = &mut self.last {
            text.clone_into(&mut last.read);
        }
        commands
    }

    fn reading(&self, text: &str, seen: &Seen<'_>) -> Reading {
        let parcel = parcel_number(text);
        let orders = &seen.snapshot.orders.rows;
        let order = if ScanCode::of(text).is_some() {
            OrderHit::None
        } else {
            match known::hits(text, orders).as_slice() {
                [] => OrderHit::None,
                [order] => OrderHit::One(known::scanned(order, seen, &self.session)),
                several => OrderHit::Several(several.len()),
            }
        };
        let open = self.desk.open().map(|open| &open.order.id);
        let used_by = parcel
            .as_ref()
            .and_then(|number| known::used_by(number, open, seen, &self.session));
        Reading {
            text: text.to_owned(),
            order,
            like_order: parcel
                .as_ref()
                .is_some_and(|number| known::is_like_order(number, seen)),
            parcel,
            used_by,
        }
    }

    /// Does what a step asks for; what cannot be sent puts the station back to where it was.
    fn act(
        &mut self,
        step: ScanStep,
        before: &ScanDesk,
        text: &str,
        seen: &Seen<'_>,
    ) -> (Outcome, Vec<Command>) {
        match &step {
            ScanStep::Opened => {
                let orders = &seen.snapshot.orders.rows;
                self.order = known::hits(text, orders).first().map(|order| Arc::clone(order));
            }
            ScanStep::AskWeChat(number) => {
                self.asking = Some(Asking {
                    number: number.clone(),
                    before: Arc::clone(&seen.snapshot.orders),
                    since: seen.now,
                });
                let find = Command::FindOrder(number.clone());
                return (Outcome::Step(step), vec![find]);
            }
            ScanStep::Added(_) => {
                let open = self.desk.open();
                let parcels = open.map(|open| open.parcels.clone()).unwrap_or_default();
                if let Err(problems) = self.draft(&parcels, true, seen) {
                    self.desk = before.clone();
                    return (Outcome::Unfit(problems), Vec::new());
                }
            }
            ScanStep::Ship {
                parcels, complete, ..
            } => {
                return match self.ship(parcels, *complete, seen) {
                    Ok(command) => {
                        self.order = None;
                        (Outcome::Step(step), vec![command])
                    }
                    Err(problems) => {
                        self.desk = before.clone();
                        (Outcome::Unfit(problems), Vec::new())
                    }
                };
            }
            ScanStep::Dropped(_) => self.order = None,
            ScanStep::Undo => return self.take_back(None),
            ScanStep::Asked(_) | ScanStep::Several | ScanStep::TakenOut(_) | ScanStep::Refused(_) => {}
        }
        (Outcome::Step(step), Vec::new())
    }

    /// Takes back one order of the session, or the last one.
    pub fn undo(&mut self, index: Option<usize>) -> Vec<Command> {
        let (outcome, commands) = self.take_back(index);
        let signal = outcome.signal(None);
        self.say(outcome, signal);
        commands
    }

    fn take_back(&mut self, index: Option<usize>) -> (Outcome, Vec<Command>) {
        match self.session.take_back(index) {
            Some((number, command)) => (Outcome::TakenBack(number), command.into_iter().collect()),
            None => (Outcome::NothingToTakeBack, Vec::new()),
        }
    }

    fn draft(
        &self,
        parcels: &[ScannedParcel],
        complete: bool,
        seen: &Seen<'_>,
    ) -> Result<known::Ready, Vec<Problem>> {
        let order = self.order.as_ref().ok_or_else(Vec::new)?;
        known::draft(order, parcels, complete, seen)
    }

    fn ship(
        &mut self,
        parcels: &[ScannedParcel],
        complete: bool,
        seen: &Seen<'_>,
    ) -> Result<Command, Vec<Problem>> {
        let ready = self.draft(parcels, complete, seen)?;
        let order = self.order.as_ref().ok_or_else(Vec::new)?;
        let hold_secs = seen.snapshot.preferences.hold_secs;
        let scan = Scan::new(order, parcels, complete, &ready, seen);
        self.session.add(scan);
        Ok(Command::ShipAfter {
            draft: ready.draft,
            hold_secs,
        })
    }

    fn say(&mut self, outcome: Outcome, signal: Signal) {
        self.signals.push(signal);
        self.last = Some(Last {
            outcome,
            signal,
            read: String::new(),
            left_out: String::new(),
        });
    }
}
