//! Questions about WeChat itself: what a request was, how much of a quota is left, the reset of all quotas, and the
//! bundle for support. Only ever because a person asks; nothing here decides about a shipment.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::Notice;
use super::bundle::Bundle;
use super::jobs::JobDone;
use super::notice::DiagnosticsSaid;
use super::probe_run::{ProbeAsk, ProbeDone, ProbeRun, ProbeView};
use super::quota::Api;
use super::run::Engine;
use crate::domain::{
    Answer, CallFailure, CallQuota, DayQuota, FailureKind, Hold, ProbeAnswers, RESET_TYPED, ResetState,
    Resets, RidRecord, Timestamp, parse_rid,
};
use crate::store::Store;
use crate::wechat::{self, Client, Quota, Upload};

/// The calls whose quotas are asked for, in the order in which they are shown.
const PATHS: [&str; 7] = [
    wechat::UPLOAD_PATH,
    wechat::COMBINED_PATH,
    wechat::GET_ORDER_PATH,
    wechat::ORDER_LIST_PATH,
    wechat::REMIND_PATH,
    wechat::REPORT_PATH,
    wechat::COURIERS_PATH,
];

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticsAsk {
    /// What WeChat received under this request id, as it was typed.
    Rid(String),
    /// The quotas of the calls that this program makes.
    Quotas,
    /// Reset the quotas of all calls: ten times in a month.
    ResetQuotas {
        /// What the person typed to say so; anything but [`RESET_TYPED`] does nothing.
        typed: String,
    },
    /// Put a bundle together and show it.
    PreviewBundle,
    /// Save the bundle that was shown.
    SaveBundle {
        /// Where to.
        path: PathBuf,
        /// A file that is there already may be replaced.
        replace: bool,
    },
    /// Show no bundle.
    DropBundle,
    /// Something about the guided probe.
    Probe(ProbeAsk),
}

/// The last question about a request id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RidAnswer {
    /// Nobody asked.
    #[default]
    Nothing,
    /// What was typed is no request id.
    NoRid(String),
    /// Being asked.
    Asking(String),
    /// WeChat told it.
    Found {
        /// The id.
        rid: String,
        /// What was received and answered.
        record: Arc<RidRecord>,
    },
    /// It could not be asked, or is not known.
    Failed {
        /// The id.
        rid: String,
        /// Why.
        failure: CallFailure,
    },
}

/// What the shells see.
#[derive(Clone, Debug, Default)]
pub struct DiagnosticsView {
    /// The last question about a request id.
    pub rid: RidAnswer,
    /// The quotas that WeChat told last.
    pub quotas: Arc<[CallQuota]>,
    /// When that was.
    pub quotas_at: Option<Timestamp>,
    /// They are being asked for.
    pub asking_quotas: bool,
    /// The resets that were asked for from here.
    pub resets: Resets,
    /// A bundle that is being read before it is saved.
    pub bundle: Option<Arc<Bundle>>,
    /// The guided probe.
    pub probe: ProbeView,
    /// What was ever found by probes of this account.
    pub answers: Arc<ProbeAnswers>,
}

/// What the loop knows.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    rid: RidAnswer,
    rid_serial: u64,
    pub(super) quotas: Arc<[CallQuota]>,
    quotas_at: Option<Timestamp>,
    asking_quotas: bool,
    pub(super) resets: Resets,
    reset_in_flight: bool,
    pub(super) bundle: Option<Arc<Bundle>>,
    pub(super) run: ProbeRun,
    pub(super) answers: Arc<ProbeAnswers>,
}

impl Diagnostics {
    /// What the shells see.
    pub(super) fn view(&self) -> DiagnosticsView {
        DiagnosticsView {
            rid: self.rid.clone(),
            quotas: Arc::clone(&self.quotas),
            quotas_at: self.quotas_at,
            asking_quotas: self.asking_quotas,
            resets: self.resets.clone(),
            bundle: self.bundle.clone(),
            probe: self.run.view(),
            answers: Arc::clone(&self.answers),
        }
    }

    /// Calls under way that change something.
    pub(super) fn sends_in_flight(&self) -> usize {
        usize::from(self.reset_in_flight).saturating_add(usize::from(self.run.is_sending()))
    }

    /// Calls under way that belong to the account in use and decide something.
    pub(super) fn in_flight(&self) -> usize {
        usize::from(self.reset_in_flight).saturating_add(usize::from(self.run.in_flight()))
    }
}

/// What a job brings back.
#[derive(Debug)]
pub enum DiagnosticsDone {
    /// The answer about a request id; its number tells late answers.
    Rid(u64, String, Box<Result<RidRecord, CallFailure>>),
    /// The quotas.
    Quotas(Vec<CallQuota>),
    /// The answer to a reset.
    Reset(Upload),
    /// Something about the probe.
    Probe(ProbeDone),
}

impl Engine {
    /// Reads what is kept for the account that is begun with.
    pub(super) fn load_diagnostics(&mut self) {
        self.diagnostics = Diagnostics {
            rid_serial: self.diagnostics.rid_serial.saturating_add(1),
            ..Diagnostics::default()
        };
        self.dirty.diagnostics = true;
        if self.account().is_none() {
            return;
        }
        let key = self.resets_key();
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        let mut resets: Resets = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        if resets.state == ResetState::Sending {
            resets.state = ResetState::Unclear;
        }
        self.diagnostics.resets = resets;
        self.load_probe();
    }

    /// A person asks for something.
    pub(super) fn diagnose(&mut self, ask: DiagnosticsAsk) {
        self.dirty.diagnostics = true;
        match ask {
            DiagnosticsAsk::Rid(typed) => self.ask_rid(typed),
            DiagnosticsAsk::Quotas => self.ask_quotas(),
            DiagnosticsAsk::ResetQuotas { typed } => self.reset_quotas(&typed),
            DiagnosticsAsk::PreviewBundle => self.preview_bundle(),
            DiagnosticsAsk::SaveBundle { path, replace } => self.save_bundle(&path, replace),
            DiagnosticsAsk::DropBundle => self.diagnostics.bundle = None,
            DiagnosticsAsk::Probe(ask) => self.probe_asked(ask),
        }
    }

    fn ask_rid(&mut self, typed: String) {
        let serial = self.diagnostics.rid_serial.saturating_add(1);
        self.diagnostics.rid_serial = serial;
        let Some(rid) = parse_rid(&typed) else {
            self.diagnostics.rid = RidAnswer::NoRid(typed);
            return;
        };
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            self.diagnostics.rid = RidAnswer::Failed { rid, failure };
            return;
        };
        self.diagnostics.rid = RidAnswer::Asking(rid.clone());
        self.jobs.spawn(async move {
            let answer = client.rid(&rid).await;
            JobDone::Diagnostics(DiagnosticsDone::Rid(serial, rid, Box::new(answer)))
        });
    }

    /// Asks for the quotas of all calls that this program makes.
    pub(super) fn ask_quotas(&mut self) {
        self.dirty.diagnostics = true;
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            self.quotas_told(PATHS.map(|path| refused(path, &failure)).to_vec());
            return;
        };
        if self.diagnostics.asking_quotas {
            return;
        }
        self.diagnostics.asking_quotas = true;
        self.jobs
            .spawn(async move { JobDone::Diagnostics(DiagnosticsDone::Quotas(quotas_of(&client).await)) });
    }

    fn quotas_told(&mut self, quotas: Vec<CallQuota>) {
        let now = self.now();
        for told in &quotas {
            if let (Some(api), Ok(day)) = (Api::of_path(told.path), &told.answer) {
                self.outbox.know_quota(api, wire_quota(day), now);
            }
        }
        self.diagnostics.asking_quotas = false;
        self.diagnostics.quotas = quotas.into();
        self.diagnostics.quotas_at = Some(now.local);
        self.dirty.outbox = true;
    }

    fn resets_key(&self) -> String {
        format!("quota_resets.{}", self.appid())
    }

    /// Resets all quotas: written down before it leaves, and never because of anything but a person's word.
    fn reset_quotas(&mut self, typed: &str) {
        if typed.trim() != RESET_TYPED || self.diagnostics.reset_in_flight {
            return;
        }
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            self.diagnostics.resets.state = ResetState::Failed(failure);
            return;
        };
        let mut resets = self.diagnostics.resets.clone();
        resets.state = ResetState::Sending;
        resets.at.push(self.clock.now());
        if !self.keep_resets(resets) {
            return;
        }
        self.audit("quotas_reset", &json!({}));
        self.diagnostics.reset_in_flight = true;
        self.jobs
            .spawn(async move { JobDone::Diagnostics(DiagnosticsDone::Reset(client.clear_quota().await)) });
    }

    fn keep_resets(&mut self, resets: Resets) -> bool {
        let (key, text) = (
            self.resets_key(),
            serde_json::to_string(&resets).unwrap_or_default(),
        );
        let kept = self.tell_store(|store, _| store.set_setting(&key, &text));
        if kept.is_some() {
            self.diagnostics.resets = resets;
        }
        kept.is_some()
    }

    fn reset_answered(&mut self, upload: Upload) {
        self.diagnostics.reset_in_flight = false;
        let mut resets = self.diagnostics.resets.clone();
        resets.state = match upload.answer {
            Answer::Accepted => ResetState::Done,
            Answer::Refused(refusal) => ResetState::Failed(CallFailure {
                errcode: Some(refusal.errcode),
                rid: refusal.rid,
                ..CallFailure::of(FailureKind::Refused)
            }),
            Answer::NotProcessed(Hold::Account(failure)) => ResetState::Failed(failure),
            Answer::NotProcessed(hold) => ResetState::Failed(CallFailure::of(match hold {
                Hold::Connection | Hold::Account(_) => FailureKind::Offline,
                Hold::Token => FailureKind::TokenRefused,
                Hold::Second | Hold::Minute => FailureKind::TooFast,
                Hold::Day => FailureKind::DailyQuota,
            })),
            Answer::NotVisible | Answer::Unclear(_) => ResetState::Unclear,
        };
        if matches!(resets.state, ResetState::Failed(_)) {
            resets.at.pop(); // it cost nothing
        }
        let done = resets.state == ResetState::Done;
        self.keep_resets(resets);
        if done {
            self.outbox.gates.quotas.forget_rests();
            self.tell_store(Store::clear_pauses);
        }
        self.ask_quotas();
        let state = self.diagnostics.resets.state.clone();
        self.say(Notice::Diagnostics(DiagnosticsSaid::Reset(state)));
    }

    /// A job has ended.
    pub(super) fn diagnosed(&mut self, done: DiagnosticsDone) {
        self.dirty.diagnostics = true;
        match done {
            DiagnosticsDone::Rid(serial, rid, answer) => {
                if serial != self.diagnostics.rid_serial {
                    return; // a newer question was asked since
                }
                self.diagnostics.rid = match *answer {
                    Ok(record) => RidAnswer::Found {
                        rid,
                        record: Arc::new(record),
                    },
                    Err(failure) => RidAnswer::Failed { rid, failure },
                };
            }
            DiagnosticsDone::Quotas(quotas) => self.quotas_told(quotas),
            DiagnosticsDone::Reset(upload) => self.reset_answered(upload),
            DiagnosticsDone::Probe(done) => self.probe_done(done),
        }
    }
}

/// One after the other: a call that is refused at the door would be refused seven times.
async fn quotas_of(client: &Client) -> Vec<CallQuota> {
    let mut quotas = Vec::new();
    let mut stopped: Option<CallFailure> = None;
    for path in PATHS {
        if let Some(failure) = &stopped {
            quotas.push(refused(path, failure));
            continue;
        }
        let answer = client.quota(path).await;
        if let Err(failure) = &answer
            && failure.kind != FailureKind::Refused
        {
            stopped = Some(failure.clone());
        }
        quotas.push(CallQuota {
            path,
            answer: answer.map(|quota| day_quota(&quota)),
        });
    }
    quotas
}

fn refused(path: &'static str, failure: &CallFailure) -> CallQuota {
    CallQuota {
        path,
        answer: Err(failure.clone()),
    }
}

fn day_quota(quota: &Quota) -> DayQuota {
    DayQuota {
        daily_limit: quota.daily_limit,
        used: quota.used,
        remain: quota.remain,
        rate: quota.rate.map(|rate| (rate.calls, rate.period_secs)),
    }
}

fn wire_quota(day: &DayQuota) -> Quota {
    Quota {
        daily_limit: day.daily_limit,
        used: day.used,
        remain: day.remain,
        rate: day
            .rate
            .map(|(calls, period_secs)| wechat::RateLimit { calls, period_secs }),
    }
}
