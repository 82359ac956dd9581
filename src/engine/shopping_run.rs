//! Shopping orders become calls, one after the other: each is in the journal before a byte leaves, and again with what
//! came of it. The payer is kept in memory only, so what a restart finds in line was not sent and is told as that.

use std::sync::Arc;

use serde_json::json;

use super::Notice;
use super::jobs::JobDone;
use super::outbox::hex_sha256;
use super::run::Engine;
use super::shopping::{
    SHOWN, Shopping, ShoppingAsk, ShoppingDone, ShoppingFileView, ShoppingNotice, ShoppingSource,
};
use crate::domain::shopping::{ShoppingEvent, ShoppingFile};
use crate::domain::time::next_upload_time;
use crate::domain::{
    ShoppingCall, ShoppingDraft, ShoppingOrder, ShoppingRecord, ShoppingRules, ShoppingState, Timestamp,
};
use crate::import::{read_shopping, read_shopping_text};
use crate::wechat::ShoppingUpload;

/// What the history keeps of a command; `None` for what changes nothing.
pub(super) fn audited(ask: &ShoppingAsk) -> Option<(&'static str, serde_json::Value)> {
    match ask {
        ShoppingAsk::Send(drafts) => Some((
            "shopping_sent",
            json!({ "call": drafts.first().map(|draft| draft.call().word()), "orders": drafts.len() }),
        )),
        ShoppingAsk::SendFile(_) => Some(("shopping_file_sent", json!({}))),
        ShoppingAsk::CancelAll => Some(("shopping_cancelled", json!({}))),
        ShoppingAsk::Settle(id) => Some(("shopping_settled", json!({ "shopping": id }))),
        ShoppingAsk::Read { .. } | ShoppingAsk::CloseFile => None,
    }
}

/// The sum of what is told, whatever its time; empty for a question, which may be asked again and again.
fn sum(order: &ShoppingOrder) -> String {
    let Some(upload) = ShoppingUpload::of(order, Timestamp::default()) else {
        return String::new();
    };
    hex_sha256([upload.path(), upload.text()].join("\n").as_bytes())
}

impl Engine {
    /// A person asks for something.
    pub(super) fn shopping_asked(&mut self, ask: ShoppingAsk) {
        self.dirty.shopping = true;
        match ask {
            ShoppingAsk::Send(drafts) => self.tell_shopping(&drafts, ""),
            ShoppingAsk::Read { call, from } => self.read_shopping(call, from),
            ShoppingAsk::SendFile(serial) => self.send_shopping_file(serial),
            ShoppingAsk::CloseFile => {
                self.shopping.file = None;
                self.shopping.reading = None;
            }
            ShoppingAsk::CancelAll => {
                let ids = self.shopping.empty_line();
                let count = ids.len();
                self.drop_shopping(ids, None);
                self.say(Notice::Cancelled(count));
            }
            ShoppingAsk::Settle(id) => {
                let now = self.clock.now();
                match self.shopping.after(id, ShoppingEvent::Settled, now) {
                    Ok(after) => drop(self.record_shopping(after)),
                    Err(late) => self.say(Notice::TooLate(late)),
                }
            }
        }
    }

    /// Reads a file beside the loop.
    fn read_shopping(&mut self, call: ShoppingCall, from: ShoppingSource) {
        self.shopping.serial = self.shopping.serial.saturating_add(1);
        let serial = self.shopping.serial;
        self.shopping.reading = Some(serial);
        self.shopping.file = None;
        let couriers = Arc::clone(&self.couriers);
        let appid = self.appid().to_owned();
        let max_parcels = self.account().map_or(10, |account| account.max_parcels);
        self.jobs.blocking(move || {
            let rules = ShoppingRules {
                couriers: Some(&couriers),
                appid: &appid,
                max_parcels,
            };
            let file = match from {
                ShoppingSource::File(path) => read_shopping(&path, call, &rules),
                ShoppingSource::Text(text) => read_shopping_text(&text, call, &rules),
            };
            JobDone::Shopping(ShoppingDone::Read(serial, Box::new(file)))
        });
    }

    pub(super) fn shopping_file_read(&mut self, serial: u64, file: ShoppingFile) {
        if self.shopping.reading != Some(serial) {
            return; // another one was asked for meanwhile
        }
        self.shopping.reading = None;
        let is_there = |draft: &ShoppingDraft| {
            let order = self.checked_shopping(draft)?;
            let known = self.shopping.same_content(&sum(&order))?;
            (known.state.is_there() || known.state.is_open()).then_some(())
        };
        let is_there = |order: &crate::domain::shopping::FileOrder| is_there(&order.draft).is_some();
        let view = ShoppingFileView::of(serial, Arc::new(file), is_there);
        self.shopping.file = Some(Arc::new(view));
    }

    fn send_shopping_file(&mut self, serial: u64) {
        let Some(view) = self.shopping.file.clone() else {
            return;
        };
        if view.serial != serial || view.sent {
            return;
        }
        let drafts: Vec<ShoppingDraft> = view
            .file
            .ready()
            .map(|order| ShoppingDraft::clone(&order.draft))
            .collect();
        self.tell_shopping(&drafts, &view.file.name);
        self.shopping.file = Some(Arc::new(ShoppingFileView {
            sent: true,
            ..ShoppingFileView::clone(&view)
        }));
    }

    fn checked_shopping(&self, draft: &ShoppingDraft) -> Option<ShoppingOrder> {
        let account = self.account();
        let rules = ShoppingRules {
            couriers: Some(&self.couriers),
            appid: self.appid(),
            max_parcels: account.map_or(10, |account| account.max_parcels),
        };
        draft.check(&rules).ok()
    }

    /// Puts calls into line: new ones, and once more those that did not get there. All of them are on disk when this
    /// returns, or none is in line.
    fn tell_shopping(&mut self, drafts: &[ShoppingDraft], source: &str) {
        let now = self.clock.now();
        let (mut new, mut again) = (Vec::new(), Vec::new());
        let (mut already, mut wrong) = (0_usize, 0_usize);
        for draft in drafts {
            let Some(order) = self.checked_shopping(draft) else {
                wrong = wrong.saturating_add(1);
                continue;
            };
            let sha256 = sum(&order);
            let twice = |(record, _): &(ShoppingRecord, Arc<ShoppingOrder>)| record.content_sha256 == sha256;
            let known = if sha256.is_empty() {
                None
            } else {
                self.shopping.same_content(&sha256)
            };
            if !sha256.is_empty() && (new.iter().any(twice) || again.iter().any(twice)) {
                already = already.saturating_add(1);
                continue;
            }
            let payer = order.of().payer().short();
            match known.map(|known| self.shopping.after(known.id, ShoppingEvent::Again, now)) {
                Some(Ok(after)) => again.push((after, Arc::new(order))),
                Some(Err(_there)) => already = already.saturating_add(1),
                None => {
                    let kept = Arc::new(draft.kept());
                    let mut record = ShoppingRecord::queued(kept, payer, sha256, now);
                    source.clone_into(&mut record.source);
                    new.push((record, Arc::new(order)));
                }
            }
        }
        let queued = new.len().saturating_add(again.len());
        if self.keep_shopping(new, again) {
            self.say(Notice::Shopping(ShoppingNotice::Queued {
                queued,
                already,
                wrong,
            }));
        }
    }

    fn keep_shopping(
        &mut self,
        new: Vec<(ShoppingRecord, Arc<ShoppingOrder>)>,
        again: Vec<(ShoppingRecord, Arc<ShoppingOrder>)>,
    ) -> bool {
        let added: Vec<ShoppingRecord> = new.iter().map(|(record, _)| record.clone()).collect();
        let changed: Vec<&ShoppingRecord> = again.iter().map(|(record, _)| record).collect();
        let ids = self.tell_store(|store, appid| {
            store.record_shopping(appid, &changed)?;
            store.add_shopping(appid, &added)
        });
        let Some(ids) = ids else { return false };
        let numbered = new.into_iter().zip(ids).map(|((mut record, order), id)| {
            record.id = id;
            (record, order)
        });
        for (record, order) in again.into_iter().chain(numbered) {
            self.shopping.line_up(Arc::new(record), order);
        }
        true
    }

    /// Makes it durable and goes on with it. `false`: it could not be written, and stays as it was.
    pub(super) fn record_shopping(&mut self, after: ShoppingRecord) -> bool {
        let written = self.tell_store(|store, appid| store.record_shopping(appid, &[&after]));
        if written.is_none() {
            return false;
        }
        let ended = &mut self.shopping.ended;
        match after.state {
            ShoppingState::Accepted | ShoppingState::Said(_) => ended.0 = ended.0.saturating_add(1),
            ShoppingState::Refused(_) | ShoppingState::NotSent(_) => ended.1 = ended.1.saturating_add(1),
            ShoppingState::Unclear(_) => ended.2 = ended.2.saturating_add(1),
            ShoppingState::Queued | ShoppingState::Sending | ShoppingState::Left | ShoppingState::Settled => {
            }
        }
        self.shopping.put(Arc::new(after));
        self.dirty.shopping = true;
        true
    }

    /// Starts what may be started now; the result is when to ask again.
    pub(super) fn pump_shopping(&mut self) -> Option<Timestamp> {
        let now = self.now();
        let id = self.shopping.next()?;
        let gates = &self.outbox.gates;
        if gates.paused || gates.store_failed {
            return None;
        }
        let waits = gates.quarantine_until.filter(|until| now.local < *until);
        let waits = waits.or(Some(self.shopping.not_before).filter(|at| now.local < *at));
        if waits.is_some() {
            return waits;
        }
        let client = self.client.clone()?.shopping();
        let (record, order) = (self.shopping.get(id)?.clone(), self.shopping.order(id)?);
        if let Err(wait) = self.outbox.permit(now.local, self.shopping.in_flight()) {
            return wait;
        }
        let newest = self.shopping.newest_time(record.draft.call(), &record.draft);
        let fresh = next_upload_time(now.server, newest);
        let after = self
            .shopping
            .after(id, ShoppingEvent::Sending(fresh), now.local)
            .ok()?;
        let upload_time = after.upload_time.unwrap_or(fresh);
        self.shopping.fly(id);
        // What could not be written down is not sent.
        if !self.record_shopping(after) {
            self.shopping.landed(id);
            self.shopping.back_into_line(id);
            return None;
        }
        self.jobs.spawn(async move {
            let done = match (&*order, ShoppingUpload::of(&order, upload_time)) {
                (_, Some(upload)) => ShoppingDone::Uploaded(id, client.upload(&upload).await),
                (order, None) => ShoppingDone::Said(id, Box::new(client.verify(order.of()).await)),
            };
            JobDone::Shopping(done)
        });
        None
    }

    /// Reads what an earlier run left. What it had not sent was not sent; what it was sending is not known.
    pub(super) fn load_shopping(&mut self) {
        let now = self.clock.now();
        let serial = self.shopping.serial.saturating_add(1);
        let mut shopping = Shopping::begin(serial);
        if self.account().is_some() {
            let left = self
                .tell_store(|store, appid| store.shopping(appid, SHOWN))
                .unwrap_or_default();
            let changed = shopping.restart(left, now);
            let changed: Vec<&ShoppingRecord> = changed.iter().map(AsRef::as_ref).collect();
            if !changed.is_empty() {
                self.tell_store(|store, appid| store.record_shopping(appid, &changed));
            }
        }
        self.shopping = shopping;
        self.dirty.shopping = true;
    }
}
