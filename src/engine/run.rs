//! The loop: commands and ended jobs in, records and calls out. Everything that happens, happens here, one
//! thing after the other; what must be durable is committed before what depends on it is started.

use std::time::Duration;

use tokio::sync::mpsc;

use super::Notice;
use super::command::Command;
use super::jobs::{JobDone, Jobs};
use super::outbox::Effect;
pub(super) use super::owned::{Channels, Engine, Start, limits};
use crate::domain::{Now, Timestamp};
use crate::logbook::Level;
use crate::store::{Store, StoreError};
use crate::wechat::Client;

/// Inputs taken together, so that their records share one commit.
const GROUP: usize = 64;
/// A look that was asked for longer ago shows what was true before the computer slept: no call takes that long.
const OLD_LOOK: Duration = Duration::from_secs(25);
/// While work is under way a new snapshot is given out at most this often.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);
enum Input {
    Command(Command),
    Done(JobDone),
    Tick,
}

/// Runs until a shutdown is asked for and the answers on their way are recorded.
pub(super) async fn run(start: Start, channels: Channels) {
    let (done_sender, mut done) = mpsc::unbounded_channel();
    let mut commands = channels.commands;
    let mut engine = Engine::new(
        start,
        Jobs::new(done_sender),
        channels.snapshots,
        channels.notices,
    );
    engine.prepare_store();
    engine.purge_at_start();
    engine.load_preferences();
    engine.load_mappings();
    engine.load_team();
    engine.load_watch();
    engine.load_taught();
    engine.load_presets();
    engine.load_accounts();
    engine.note_start();
    let mut stopping = false;
    let mut published = tokio::time::Instant::now();
    engine.publish();
    loop {
        let wait = engine.pump_all(stopping);
        if stopping && engine.may_end() {
            break;
        }
        let since = published.elapsed();
        if engine.dirty.any() && (since >= PUBLISH_EVERY || engine.in_flight() == 0) {
            engine.publish();
            published = tokio::time::Instant::now();
        }
        let publish_in = if engine.dirty.any() {
            PUBLISH_EVERY.saturating_sub(since)
        } else {
            Duration::MAX
        };
        let wait = wait
            .map_or(Duration::from_hours(1), |at| at.since(engine.clock.now()))
            .min(publish_in);
        let input = tokio::select! {
            command = commands.recv() => Input::Command(command.unwrap_or(Command::Shutdown)),
            Some((epoch, ended)) = done.recv() => engine.current_answer(epoch, ended),
            () = tokio::time::sleep(wait.max(Duration::from_millis(1))) => Input::Tick,
        };
        let mut effects = Vec::new();
        let mut next = Some(input);
        let mut taken: usize = 0;
        while let Some(input) = next.take() {
            match input {
                Input::Command(Command::Shutdown) => {
                    // Looks that come back from now on start no new upload.
                    stopping = true;
                    engine.outbox.gates.paused = true;
                }
                Input::Command(command) => {
                    engine.perform(std::mem::take(&mut effects));
                    effects.extend(engine.command(command));
                }
                Input::Done(ended) => {
                    if !ended.waits_for_the_group() {
                        // It writes for itself: what came before it must be written before it.
                        engine.perform(std::mem::take(&mut effects));
                    }
                    effects.extend(engine.done(ended));
                }
                Input::Tick => {}
            }
            taken = taken.saturating_add(1);
            if taken < GROUP {
                next = done
                    .try_recv()
                    .ok()
                    .map(|(epoch, ended)| engine.current_answer(epoch, ended));
            }
        }
        engine.perform(effects);
        engine.raw.clear();
    }
    engine.end();
}

impl Engine {
    /// What a job brings, unless the account has changed since it was started: an answer about one shop must
    /// not be taken for another's. Uploads know their shipment, and a sealed secret knows its account.
    fn current_answer(&self, epoch: u64, ended: JobDone) -> Input {
        if ended.is_about_no_account() || epoch == self.jobs.epoch() {
            Input::Done(ended)
        } else {
            Input::Tick
        }
    }

    /// Nothing is on its way whose answer must be written down.
    fn may_end(&self) -> bool {
        let renews = self.client.as_ref().is_some_and(Client::is_renewing);
        self.sends_in_flight() == 0 && !renews
    }

    /// Calls that change something and whose answer is awaited.
    fn sends_in_flight(&self) -> usize {
        let beside = self
            .errands
            .sends_in_flight()
            .saturating_add(self.shopping.in_flight())
            .saturating_add(self.diagnostics.sends_in_flight());
        self.outbox.uploads_in_flight().saturating_add(beside)
    }

    /// Calls that belong to the account in use.
    pub(super) fn in_flight(&self) -> usize {
        let beside = self.errands.in_flight().saturating_add(self.shopping.in_flight());
        let beside = beside.saturating_add(self.diagnostics.in_flight());
        self.outbox.in_flight().saturating_add(beside)
    }

    /// Both clocks.
    pub(super) fn now(&self) -> Now {
        self.clock.both(self.offset_millis())
    }

    /// WeChat's time minus ours, once an answer has shown it.
    pub(super) fn offset_millis(&self) -> Option<i64> {
        self.client.as_ref().and_then(Client::clock_offset_millis)
    }

    /// Says something once; what does not fit is counted.
    pub(super) fn say(&mut self, notice: Notice) {
        self.note_notice(&notice);
        if self.unsaid > 0 && self.notices.try_send(Notice::Dropped(self.unsaid)).is_ok() {
            self.unsaid = 0;
        }
        if self.notices.try_send(notice).is_err() {
            self.unsaid = self.unsaid.saturating_add(1);
        }
        (self.wake)();
    }

    /// Does something with the store. A failure stops all sending, because what cannot be written down must
    /// not be done.
    pub(super) fn tell_store<T>(
        &mut self,
        act: impl FnOnce(&mut Store, &str) -> Result<T, StoreError>,
    ) -> Option<T> {
        let appid = self.appid().to_owned();
        let store = self.store.as_mut()?;
        match act(store, &appid) {
            Ok(value) => Some(value),
            Err(error) => {
                if error.stops_sending() {
                    self.outbox.gates.store_failed = true;
                    self.dirty.outbox = true;
                    self.say(Notice::StoreFailed);
                }
                None
            }
        }
    }

    /// Starts and goes on with what may be now; the result is when to ask again.
    fn pump_all(&mut self, stopping: bool) -> Option<Timestamp> {
        let wait = [
            self.pump(stopping),
            self.pump_watch(stopping),
            self.pump_history(),
            self.pump_import(stopping),
            self.pump_alerts(stopping),
            self.pump_retention(stopping),
        ];
        wait.into_iter().flatten().min()
    }

    /// Starts what may be started now; the result is when to ask again.
    fn pump(&mut self, stopping: bool) -> Option<Timestamp> {
        if stopping || self.client.is_none() {
            return None;
        }
        if self.in_flight() == 0
            && let Some(id) = self.next_account.take()
        {
            self.select_account(id);
        }
        self.client.as_ref()?; // a switch may have left none
        let now = self.clock.now();
        if self.must_wait_for_backup(now) {
            return None; // the next answer comes back here
        }
        if self.gate_ends.is_some_and(|end| end <= now) {
            self.dirty.outbox = true; // what the gate says is over
        }
        self.outbox.gates.quotas.see(self.now());
        let ends = self.outbox.gates.next_end(now);
        // The moment that is shown follows what answers teach about WeChat's clock.
        let moved = |(a, b): (Timestamp, Timestamp)| a.since(b).max(b.since(a)) > Duration::from_secs(1);
        if ends.zip(self.gate_ends).is_some_and(moved) {
            self.dirty.outbox = true;
        }
        self.gate_ends = ends;
        // Checking a file and sending share the pace: who went first last time goes second now.
        self.sends_first = !self.sends_first;
        let before = if self.sends_first {
            None
        } else {
            self.pump_look_ups()
        };
        let (effects, next) = self.outbox.pump(self.now());
        self.perform(effects);
        let after = if self.sends_first {
            self.pump_look_ups()
        } else {
            None
        };
        let reread = self.pump_reread();
        let errands = self.pump_errands();
        let orders = self.pump_shopping();
        let verify = self.pump_verify();
        let events = self.pump_events();
        let probe = self.pump_probe();
        [
            before,
            next,
            after,
            reread,
            errands,
            orders,
            verify,
            events,
            probe,
            self.gate_ends,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// A job has ended.
    fn done(&mut self, ended: JobDone) -> Vec<Effect> {
        let now = self.now();
        match ended {
            JobDone::Looked(id, _, age) if age.span() > OLD_LOOK => self.outbox.not_started(id),
            JobDone::Looked(id, result, _) => {
                crate::step::at("after-look");
                let result = result.map(|(order, raw)| {
                    self.raw.orders.insert(order.transaction_id.clone(), raw);
                    order
                });
                return self.outbox.looked(id, result, now);
            }
            JobDone::Uploaded(id, upload) => {
                crate::step::at("after-answer");
                if let Some(raw) = upload.raw.clone() {
                    self.raw.uploads.insert(id, raw);
                }
                return self.outbox.answered(id, upload, now);
            }
            JobDone::UploadedCombined(ids, upload) => {
                crate::step::at("after-answer");
                if let Some(raw) = &upload.raw {
                    let each = ids.iter().map(|id| (*id, raw.clone()));
                    self.raw.uploads.extend(each);
                }
                let answered = |id| self.outbox.answered(id, upload.clone(), now);
                return ids.into_iter().flat_map(answered).collect();
            }
            JobDone::Page(serial, mut result) => {
                self.raw.keep_page(&mut result);
                self.page_done(serial, result);
            }
            JobDone::Swept(mut result) => {
                self.raw.keep_page(&mut result);
                self.swept(result);
            }
            JobDone::Opened(id, result) => {
                let result = result.map(|(order, raw)| {
                    self.raw.orders.insert(order.transaction_id.clone(), raw);
                    order
                });
                self.order_opened(&id, result);
            }
            JobDone::Found(serial, number, answer, raw) => {
                self.raw.keep(&answer, raw);
                self.order_found(serial, number, *answer);
            }
            JobDone::FileRead(token, file, rows) => self.file_read(token, *file, rows),
            JobDone::LookedUp(token, number, answer, raw) => {
                self.raw.keep(&answer, raw);
                self.looked_up(token, number, *answer);
            }
            JobDone::Couriers(result) => self.couriers_done(result),
            JobDone::Quotas(known) => {
                for (api, quota) in known {
                    self.outbox.know_quota(api, quota, now);
                }
                self.dirty.outbox = true;
            }
            JobDone::Check(serial, check) => self.checked(serial, check),
            JobDone::Secrets(id, secrets, status) => self.secrets_opened(id, secrets, status),
            JobDone::Sealed(id, sealed, status) => self.secrets_sealed(id, sealed, status),
            JobDone::Renewed(renewed) => self.refresh_renewed(renewed),
            JobDone::Saved(notice) => self.saved(notice),
            JobDone::Claimed(id, answer) => return self.outbox.claimed(id, answer, now),
            JobDone::Released(order) => self.outbox.released(&order),
            JobDone::TeamKey(key) => self.team_key_opened(key),
            JobDone::TeamJoined(edit, joined) => self.team_joined(*edit, joined),
            JobDone::TeamSealed(sealed, first) => self.team_sealed(sealed, first),
            JobDone::ErrandLooked(id, result, age) => self.errand_looked(id, *result, age),
            JobDone::ErrandSent(id, upload) => self.errand_sent(id, upload),
            JobDone::JumpPathSet(upload) => self.jump_path_answered(upload),
            JobDone::Watch(done) => self.watched(done),
            JobDone::Events(done) => self.events_done(done),
            JobDone::Pay(done) => self.pay_done(done),
            JobDone::Diagnostics(done) => self.diagnosed(done),
            JobDone::Shopping(done) => self.shopping_done(done),
            JobDone::Nothing => {}
        }
        Vec::new()
    }

    /// Leaves the journal tidy.
    fn end(mut self) {
        let now = self.clock.now();
        self.note(Level::Info, "stopped", &[]);
        if let Some(store) = self.store.take()
            && store.close(now).is_err()
        {
            // The journal is complete without the tidy end; the next start finds it unclean and looks.
            self.say(Notice::StoreFailed);
        }
    }
}
