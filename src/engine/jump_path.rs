//! The page that messages open: set by a person alone, written down before it leaves and again with its answer.
//! WeChat cannot be asked for it, and setting it anew overwrites it, so a doubt ends by setting it once more.

use super::Notice;
use super::jobs::JobDone;
use super::run::Engine;
use crate::domain::{Answer, CallFailure, Doubt, FailureKind, Hold, JumpPath, JumpState, path_problems};
use crate::wechat::{Upload, jump_path_body};

impl Engine {
    fn jump_key(&self) -> String {
        format!("jump_path:{}", self.appid())
    }

    /// What was last set for this account. What an earlier run was sending when it ended is not known.
    pub(super) fn load_jump_path(&mut self) -> JumpPath {
        let key = self.jump_key();
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        let mut known: JumpPath = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        if known.state == JumpState::Sending {
            known.state = JumpState::Unclear;
        }
        known
    }

    /// A person sets the path.
    pub(super) fn set_jump_path(&mut self, path: &str) {
        let path = path.trim();
        let blocked = path_problems(path).iter().any(crate::domain::PathProblem::blocks);
        if self.errands.jump_in_flight || blocked {
            return;
        }
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            self.errands.jump_path.state = JumpState::Failed(failure);
            self.dirty.errands = true;
            return;
        };
        if !self.keep_jump_path(path, JumpState::Sending) {
            return;
        }
        self.errands.jump_in_flight = true;
        let body = jump_path_body(path);
        crate::step::at("before-jump-path");
        self.jobs
            .spawn(async move { JobDone::JumpPathSet(client.set_msg_jump_path(&body).await) });
    }

    fn keep_jump_path(&mut self, path: &str, state: JumpState) -> bool {
        let known = JumpPath {
            path: path.to_owned(),
            state,
            at: self.clock.now(),
        };
        let (key, text) = (self.jump_key(), serde_json::to_string(&known).unwrap_or_default());
        crate::step::at("before-jump-path-kept");
        let kept = self.tell_store(|store, _| store.set_setting(&key, &text));
        if kept.is_some() {
            self.errands.jump_path = known;
            self.dirty.errands = true;
        }
        kept.is_some()
    }

    /// It was answered, or not.
    pub(super) fn jump_path_answered(&mut self, upload: Upload) {
        self.errands.jump_in_flight = false;
        let refused = |errcode: Option<i64>, rid: Option<String>| CallFailure {
            errcode,
            rid,
            ..CallFailure::of(FailureKind::Refused)
        };
        let state = match upload.answer {
            Answer::Accepted => JumpState::Set,
            Answer::Refused(refusal) => JumpState::Failed(refused(Some(refusal.errcode), refusal.rid)),
            Answer::NotProcessed(hold) => JumpState::Failed(match hold {
                Hold::Account(failure) => self.as_barred(failure),
                Hold::Connection => CallFailure::of(FailureKind::Offline),
                Hold::Token => CallFailure::of(FailureKind::TokenRefused),
                Hold::Second | Hold::Minute => CallFailure::of(FailureKind::TooFast),
                Hold::Day => CallFailure::of(FailureKind::DailyQuota),
            }),
            Answer::NotVisible
            | Answer::Unclear(Doubt::Failure(_) | Doubt::Compare { .. } | Doubt::Restart) => {
                JumpState::Unclear
            }
        };
        let path = self.errands.jump_path.path.clone();
        self.keep_jump_path(&path, state.clone());
        self.say(Notice::JumpPath(state));
    }
}
