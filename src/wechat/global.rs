//! WeChat Pay Global (contract 7): one question, signed by the merchant, and an answer that counts only when WeChat Pay has
//! signed it. A family of its own, with keys, numbers and failures that nothing else uses.

mod answer;
mod keys;
mod read;
mod request;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::base_url::BaseUrl;
use super::clock::local_now;
use super::transport::{Timing, http_client, is_tls};
use crate::domain::{PayFailure, PayFailureKind, PayNumber, Payment, Timestamp};

use answer::Answer;
use keys::PlatformKeys;
use request::Signer;

pub use keys::is_public_key;
pub use request::{is_private_key, serial_of_certificate};

/// Where WeChat Pay Global answers.
pub const GLOBAL: &str = "https://apihk.mch.weixin.qq.com/v3/global";
/// Largest answer in bytes.
const CAP: usize = 256 * 1024;
/// An answer that was signed this far away from our time is refused.
const MOST_SKEW: Duration = Duration::from_mins(5);
/// A deliberately wrong signature, by which WeChat Pay sees whether we look.
const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// As whom a payment is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GlobalMode {
    /// A merchant.
    Common {
        /// Its number.
        mchid: String,
    },
    /// An institution for one of its merchants.
    Institution {
        /// The institution.
        sp_mchid: String,
        /// The merchant.
        sub_mchid: String,
    },
}

impl GlobalMode {
    /// Who signs.
    fn signer(&self) -> &str {
        match self {
            Self::Common { mchid } => mchid,
            Self::Institution { sp_mchid, .. } => sp_mchid,
        }
    }

    fn query(&self) -> String {
        match self {
            Self::Common { mchid } => format!("mchid={mchid}"),
            Self::Institution { sp_mchid, sub_mchid } => {
                format!("sp_mchid={sp_mchid}&sub_mchid={sub_mchid}")
            }
        }
    }
}

/// What the questions of one merchant need. Never printed.
#[derive(Clone)]
pub struct GlobalConfig {
    /// [`GLOBAL`], or the same behind a loopback address.
    pub base_url: String,
    /// As whom.
    pub mode: GlobalMode,
    /// Number of the merchant's certificate.
    pub serial_no: String,
    /// The merchant's private key, PEM.
    pub key_pem: Zeroizing<String>,
    /// The APIv3 key, by which WeChat Pay's certificates are opened.
    pub api_v3_key: Option<Zeroizing<String>>,
    /// WeChat Pay's public key with its id (`PUB_KEY_ID_…`), where certificates are not used.
    pub public_key: Option<(String, String)>,
}

impl std::fmt::Debug for GlobalConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GlobalConfig")
            .field("base_url", &self.base_url)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

struct Inner {
    http: reqwest::Client,
    base: BaseUrl,
    mode: GlobalMode,
    signer: Signer,
    api_v3_key: Option<Zeroizing<String>>,
    keys: Mutex<PlatformKeys>,
}

/// The questions of one merchant. Clones share the keys of WeChat Pay that were fetched.
#[derive(Clone)]
pub struct GlobalClient(Arc<Inner>);

impl std::fmt::Debug for GlobalClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GlobalClient").finish_non_exhaustive()
    }
}

impl GlobalClient {
    /// A client; nothing is asked yet.
    ///
    /// # Errors
    /// `NoCredentials` when a number is missing, `BadKey` when the private key cannot be read.
    pub fn new(config: GlobalConfig, timing: Timing) -> Result<Self, PayFailure> {
        let base = BaseUrl::parse(&config.base_url);
        let base = base.map_err(|_problem| PayFailure::of(PayFailureKind::NotWeChat))?;
        let numbers = [config.mode.signer(), config.serial_no.as_str()];
        let has_keys = config.api_v3_key.is_some() || config.public_key.is_some();
        if numbers.iter().any(|number| number.is_empty()) || !has_keys {
            return Err(PayFailure::of(PayFailureKind::NoCredentials));
        }
        let signer = Signer::new(config.mode.signer(), &config.serial_no, &config.key_pem)
            .ok_or(PayFailure::of(PayFailureKind::BadKey))?;
        let http = http_client(&base, timing).ok_or(PayFailure::of(PayFailureKind::Tls))?;
        Ok(Self(Arc::new(Inner {
            http,
            base,
            mode: config.mode,
            signer,
            api_v3_key: config.api_v3_key,
            keys: Mutex::new(PlatformKeys::with(config.public_key)),
        })))
    }

    /// One payment by either number, contract 7.
    ///
    /// # Errors
    /// `Refused("ORDER_NOT_EXIST")` when there is none; `NotSigned` or `Stale` for an answer that does not count.
    pub async fn query(&self, number: &PayNumber) -> Result<Payment, PayFailure> {
        let inner = &self.0;
        let (kind, number) = match number {
            PayNumber::Id(id) => ("id", id),
            PayNumber::OutTradeNo(no) => ("out-trade-no", no),
        };
        let path = format!("/transactions/{kind}/{number}?{}", inner.mode.query());
        let answer = inner.get(&path).await?;
        let vouched = inner.vouched(&answer).await;
        match (vouched, answer.failure()) {
            (Ok(()), None) => {}
            (Ok(()), Some(refusal)) => return Err(refusal),
            // The keys were refused as well: the first refusal says more, and a refusal says nothing about a payment.
            (Err(failure), Some(refusal)) if matches!(failure.kind, PayFailureKind::Refused(_)) => {
                return Err(refusal);
            }
            (Err(failure), _) => return Err(failure),
        }
        let payment = read::payment(&answer.body, &inner.mode);
        payment.ok_or_else(|| answer.failed(PayFailureKind::Garbled))
    }
}

impl Inner {
    /// One signed GET.
    async fn get(&self, path: &str) -> Result<Answer, PayFailure> {
        let url = format!("{}{path}", self.base.as_str());
        let url = reqwest::Url::parse(&url).map_err(|_url| PayFailure::of(PayFailureKind::NotWeChat))?;
        let sent = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let authorization = self
            .signer
            .authorization("GET", &sent, local_now().secs(), b"")
            .ok_or(PayFailure::of(PayFailureKind::BadKey))?;
        let request = self
            .http
            .get(url)
            .header("Authorization", authorization)
            .header("Accept", "application/json");
        match request.send().await {
            Ok(response) => Answer::read(response, CAP).await,
            Err(error) if error.is_connect() && is_tls(&error) => Err(PayFailure::of(PayFailureKind::Tls)),
            Err(error) if error.is_connect() => Err(PayFailure::of(PayFailureKind::Offline)),
            Err(_) => Err(PayFailure::of(PayFailureKind::NoAnswer)),
        }
    }

    /// Whether WeChat Pay has signed the answer: a key that is not known is fetched once, and then it counts or not.
    async fn vouched(&self, answer: &Answer) -> Result<(), PayFailure> {
        let Some(signed) = answer.signed() else {
            // A refusal without a signature says nothing about a payment; it is shown as what it is.
            return if answer.is_success() {
                Err(answer.failed(PayFailureKind::NotSigned))
            } else {
                Ok(())
            };
        };
        if signed.signature.starts_with(PROBE) {
            return Err(answer.failed(PayFailureKind::NotSigned));
        }
        if is_stale(signed.timestamp, local_now()) {
            return Err(answer.failed(PayFailureKind::Stale));
        }
        let mut keys = self.keys.lock().await;
        if !keys.knows(signed.serial) {
            self.fetch_certificates(&mut keys).await?;
        }
        if keys.verify(signed.serial, &answer.message(&signed), signed.signature) {
            Ok(())
        } else {
            Err(answer.failed(PayFailureKind::NotSigned))
        }
    }

    /// WeChat Pay's certificates: opened with the APIv3 key, and their own answer must be signed by one of them.
    async fn fetch_certificates(&self, keys: &mut PlatformKeys) -> Result<(), PayFailure> {
        let Some(api_v3_key) = &self.api_v3_key else {
            return Ok(()); // there is nothing by which they could be opened: the answer does not count
        };
        let answer = self.get("/certificates").await?;
        if let Some(failure) = answer.failure() {
            return Err(failure);
        }
        let Some(signed) = answer.signed() else {
            return Err(answer.failed(PayFailureKind::NotSigned));
        };
        let now = local_now();
        let fresh = keys.opened(&answer.body, api_v3_key, now);
        let counts = !is_stale(signed.timestamp, now)
            && fresh.verify(signed.serial, &answer.message(&signed), signed.signature);
        if !counts {
            return Err(answer.failed(PayFailureKind::NotSigned));
        }
        *keys = fresh;
        Ok(())
    }
}

fn is_stale(timestamp: i64, now: Timestamp) -> bool {
    let signed = Timestamp::from_secs(timestamp);
    signed.since(now).max(now.since(signed)) >= MOST_SKEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_to_either_side_are_too_much() {
        let signed_at = 1_763_683_200;
        for (millis, stale) in [
            (0, false),
            (299_999, false),
            (300_000, true),
            (300_001, true),
            (-299_999, false),
            (-300_000, true),
            (-300_001, true),
        ] {
            let now = Timestamp::from_millis(signed_at * 1000 + millis);
            assert_eq!(is_stale(signed_at, now), stale, "{millis}");
        }
    }
}
