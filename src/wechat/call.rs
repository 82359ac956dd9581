//! One call with a token: a read may be repeated, an upload is one request and one answer.
//!
//! Separate from the list of calls because this difference is the whole safety of the client, in one place.

use std::time::{Duration, Instant};

use backon::Retryable as _;
use serde_json::Value;

use super::clock::Clock;
use super::envelope::{self, Envelope};
use super::token::{Lease, Tokens};
use super::transport::{Reply, SMALL_CAP, Sent, Timing, Transport};
use super::{UPLOAD_PATH, outcome, raw};
use crate::domain::{Answer, CallFailure, Doubt, FailureKind, Hold};

/// How often a read is repeated after a failure that a moment can cure.
const READ_RETRIES: usize = 3;
/// Longer than a token call takes, by the computer's own clock, which goes on while it sleeps.
const OLD: Duration = Duration::from_secs(25);

/// What came of one upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What it means.
    pub answer: Answer,
    /// WeChat's code, when the upload itself was answered with one.
    pub errcode: Option<i64>,
    /// WeChat's request id.
    pub rid: Option<String>,
    /// HTTP status; `None` when no answer came or nothing was sent.
    pub http_status: Option<u16>,
    /// How long it took in milliseconds, a token call included.
    pub millis: u64,
    /// The text of the answer, masked and cut, for people; nothing is decided from it.
    pub raw: Option<String>,
}

/// What all clones of a client share.
pub(super) struct Caller {
    pub(super) transport: Transport,
    pub(super) tokens: Tokens,
    pub(super) clock: Clock,
    /// For the two questions about the account.
    pub(super) appid: String,
    pub(super) timing: Timing,
}

/// A read that failed, and whether the same read may work in a moment.
struct ReadFailure {
    failure: CallFailure,
    again: bool,
}

impl Caller {
    /// One upload: at most one request, whatever its answer.
    pub(super) async fn upload(&self, body: &[u8]) -> Upload {
        let started = Instant::now();
        let began = super::clock::local_now();
        let mut upload = match self.lease().await {
            // The look before it has grown old, most likely because the computer has slept.
            Ok(_) if super::clock::local_now().since(began) > OLD => {
                Upload::not_sent(CallFailure::of(FailureKind::Offline))
            }
            Ok(lease) => self.upload_with(&lease, body).await,
            Err(failure) => Upload {
                // That status belongs to the token call.
                http_status: None,
                ..Upload::not_sent(failure)
            },
        };
        upload.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        upload
    }

    /// A token at hand.
    pub(super) async fn lease(&self) -> Result<Lease, CallFailure> {
        self.tokens.lease(&self.transport, &self.clock).await
    }

    async fn refused(&self, lease: &Lease, refusal: &CallFailure) -> Result<(), CallFailure> {
        self.tokens
            .refused(lease, refusal.clone(), &self.transport, &self.clock)
            .await
    }

    /// The envelope of an answer; remembers what it shows about clock and token.
    fn open(&self, reply: &Reply, lease: &Lease) -> Result<Envelope, CallFailure> {
        let envelope = envelope::read(reply)?;
        if let Some(offset) = reply.offset_millis {
            self.clock.add(offset);
        }
        if !outcome::is_token_refusal(envelope.errcode) {
            self.tokens.accepted(lease);
        }
        Ok(envelope)
    }

    async fn upload_with(&self, lease: &Lease, body: &[u8]) -> Upload {
        let token = Some(lease.expose());
        crate::step::at("upload-leased");
        let sent = self.transport.post(UPLOAD_PATH, token, body.to_vec(), SMALL_CAP);
        let reply = match sent.await {
            Sent::Answered(reply) => reply,
            Sent::Unsent(failure) => return Upload::not_sent(failure),
            Sent::Lost(failure) => return Upload::unclear(failure),
        };
        let raw = Some(raw::of_bytes(&reply.body)).filter(|text| !text.is_empty());
        let envelope = match self.open(&reply, lease) {
            Ok(envelope) => envelope,
            Err(failure) => {
                return Upload {
                    raw,
                    ..Upload::unreadable(failure)
                };
            }
        };
        crate::step::at("upload-answered");
        let mut upload = Upload {
            raw,
            ..Upload::read(&envelope)
        };
        if outcome::is_token_refusal(envelope.errcode) {
            let refused = self.refused(lease, &outcome::failure(&envelope)).await;
            upload.answer = Answer::NotProcessed(match refused {
                Err(failure) if failure.stops_account() => Hold::Account(failure),
                Ok(()) | Err(_) => Hold::Token,
            });
        }
        upload
    }

    /// A call that changes nothing: repeated a few times when WeChat is busy or does not answer.
    pub(super) async fn read(&self, path: &str, body: Vec<u8>, cap: usize) -> Result<Value, CallFailure> {
        let waits = backon::ExponentialBuilder::new()
            .with_min_delay(self.timing.first_retry)
            .with_factor(2.0)
            .with_max_times(READ_RETRIES);
        let once = || self.read_once(path, &body, cap);
        let read = once.retry(waits).when(|failed: &ReadFailure| failed.again);
        read.await.map_err(|failed| failed.failure)
    }

    /// The same, asked once.
    pub(super) async fn read_without_retry(
        &self,
        path: &str,
        body: &[u8],
        cap: usize,
    ) -> Result<Value, CallFailure> {
        self.read_once(path, body, cap)
            .await
            .map_err(|failed| failed.failure)
    }

    /// The call with one token and, when that is refused, with one more.
    async fn read_once(&self, path: &str, body: &[u8], cap: usize) -> Result<Value, ReadFailure> {
        let lease = self.lease().await?;
        match self.ask(&lease, path, body, cap).await {
            Err(failed) if failed.is_token_refusal() => {
                self.refused(&lease, &failed.failure).await?;
                let lease = self.lease().await?;
                let again = self.ask(&lease, path, body, cap).await;
                if let Err(failed) = &again
                    && failed.is_token_refusal()
                {
                    self.refused(&lease, &failed.failure).await?;
                }
                again
            }
            answer => answer,
        }
    }

    async fn ask(&self, lease: &Lease, path: &str, body: &[u8], cap: usize) -> Result<Value, ReadFailure> {
        let sent = self
            .transport
            .post(path, Some(lease.expose()), body.to_vec(), cap);
        let reply = match sent.await {
            Sent::Answered(reply) => reply,
            Sent::Unsent(failure) | Sent::Lost(failure) => return Err(ReadFailure::of_call(failure)),
        };
        let envelope = self.open(&reply, lease).map_err(ReadFailure::of_call)?;
        if envelope.errcode != 0 {
            return Err(ReadFailure::of_call(outcome::failure(&envelope)));
        }
        let Ok(value) = serde_json::from_slice(&reply.body) else {
            return Err(ReadFailure::of_call(envelope::failure(
                FailureKind::Garbled,
                &reply,
            )));
        };
        Ok(value)
    }
}

impl Upload {
    /// What the answer to an upload means by itself, without a network: the same reading and the same table
    /// as every upload. A refused token reads as one that was fresh.
    pub fn of_answer(http_status: u16, body: &[u8]) -> Self {
        let reply = Reply {
            status: http_status,
            body: body.to_vec(),
            html: false,
            offset_millis: None,
        };
        envelope::read(&reply).map_or_else(Self::unreadable, |envelope| Self::read(&envelope))
    }

    fn read(envelope: &Envelope) -> Self {
        Self {
            answer: outcome::answer(envelope),
            errcode: Some(envelope.errcode),
            rid: envelope.rid.clone(),
            http_status: Some(envelope.http_status),
            millis: 0,
            raw: None,
        }
    }

    /// Too many calls, said by HTTP, is refused at the door like 45011; any other answer without an envelope
    /// proves nothing.
    fn unreadable(failure: CallFailure) -> Self {
        if failure.kind == FailureKind::TooFast {
            Self::not_sent(failure)
        } else {
            Self::unclear(failure)
        }
    }

    /// Certainly not executed.
    fn not_sent(failure: CallFailure) -> Self {
        Self {
            http_status: failure.http_status,
            errcode: None,
            rid: None,
            answer: Answer::NotProcessed(outcome::hold(failure)),
            millis: 0,
            raw: None,
        }
    }

    fn unclear(failure: CallFailure) -> Self {
        Self {
            http_status: failure.http_status,
            errcode: None,
            rid: None,
            answer: Answer::Unclear(Doubt::Failure(failure)),
            millis: 0,
            raw: None,
        }
    }
}

impl ReadFailure {
    /// Busy, silent and broken servers may answer in a moment.
    fn of_call(failure: CallFailure) -> Self {
        let again = matches!(failure.kind, FailureKind::Busy | FailureKind::NoAnswer)
            || failure
                .http_status
                .is_some_and(|status| (500..600).contains(&status));
        Self { failure, again }
    }

    fn is_token_refusal(&self) -> bool {
        self.failure.errcode.is_some_and(outcome::is_token_refusal)
    }
}

/// A failure to get a token is never repeated here: the token endpoint has its own limits.
impl From<CallFailure> for ReadFailure {
    fn from(failure: CallFailure) -> Self {
        Self {
            failure,
            again: false,
        }
    }
}
