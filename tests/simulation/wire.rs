//! What happens to a request on its way: every fault of reliability 1b as a fate with its moments. Apart from
//! the run because this is where a fault is added.

use fahuo::domain::{Answer, CallFailure, Doubt, FailureKind, Hold, ShipmentId};
use fahuo::wechat::Upload;

use super::rng::Rng;
use super::scenario::Scenario;

/// The client gives up after this (reliability F39).
pub const CLIENT_TIMEOUT: i64 = 20_000;
/// The latest commit of a request whose connection died.
const LATEST_COMMIT: i64 = 40_000;

/// What the client sees of an upload.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The server's own code.
    Own,
    /// An answer of somebody or something else.
    Text(u16, String),
    /// The connection broke, or the time is up.
    Lost,
    /// No connection was made.
    Unsent,
    /// The token was refused, and the client has fetched a new one.
    Token,
}

/// The fate of an upload. Moments count from its sending.
#[derive(Clone, Debug)]
pub struct Fate {
    /// When the server carries it out; `None`: never.
    pub arrives: Option<i64>,
    /// When the client has its answer; after the arrival when the reply is the server's own.
    pub replies: i64,
    /// What it sees.
    pub reply: Reply,
}

/// One upload that was started.
pub struct Request {
    pub owner: usize,
    pub desk: usize,
    pub boot: u32,
    pub lineage: u64,
    pub shipment: ShipmentId,
    pub order: usize,
    pub epoch: usize,
    /// Tells wishes apart: the same wish must be carried out once.
    pub wish: String,
    pub granted: bool,
    pub body: Vec<u8>,
    pub upload_millis: i64,
    pub sent_at: i64,
    /// The moment whose state the last look before it showed.
    pub looked_as_of: Option<i64>,
    /// When the server is done with it, if it ever gets it.
    pub arrives_at: Option<i64>,
    pub answered: bool,
    pub reply: Reply,
    pub errcode: Option<i64>,
}

/// Bodies that are no yes and no no.
const ODD: [(u16, &str); 12] = [
    (200, "<html>登录</html>"),
    (200, ""),
    (200, "{}"),
    (200, r#"{"errcode":"0","errmsg":"ok"}"#),
    (200, r#"{"errcode":0,"errc"#),
    (200, r#"{"errcode":0,"errcode":0}"#),
    (200, r#"{"errcode":99999999}"#),
    (200, r#"{"errcode":10060012}"#),
    (200, r#"{"errcode":10060019}"#),
    (302, "moved"),
    (502, "<html>bad gateway</html>"),
    (504, ""),
];

fn code(errcode: i64) -> Reply {
    Reply::Text(200, format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#))
}

/// The fate of an upload; `troubled` is over when the faults are.
pub fn fate(rng: &mut Rng, scenario: &Scenario, troubled: bool) -> Fate {
    let arrives = rng.between(20, 400);
    let replies = rng.between(10, 200);
    let as_it_should = Fate {
        arrives: Some(arrives),
        replies,
        reply: Reply::Own,
    };
    if !troubled || !rng.chance(scenario.upload_faults) {
        return as_it_should;
    }
    let breaks = rng.between(100, CLIENT_TIMEOUT);
    let late = Some(rng.between(1_000, LATEST_COMMIT));
    let fate = |arrives, replies, reply| Fate {
        arrives,
        replies,
        reply,
    };
    let soon = arrives + replies;
    match rng.below(20) {
        0..3 => fate(None, breaks, Reply::Lost),
        3..5 => fate(Some(arrives), breaks.max(arrives), Reply::Lost),
        5..9 => fate(late, breaks, Reply::Lost),
        9 => fate(None, soon, code(-1)),
        10 => fate(Some(arrives), soon, code(-1)),
        11 => fate(late, soon, code(-1)),
        12..15 => {
            let (status, body) = rng.pick(&ODD);
            let reply = Reply::Text(status, body.to_owned());
            fate([None, Some(arrives), late][rng.index(3)], soon, reply)
        }
        15 => fate(None, soon, code(rng.pick(&[45_011, 44_990]))),
        16 if scenario.quota_faults => fate(None, soon, code(45_009)),
        16 => fate(None, soon, Reply::Text(429, String::new())),
        17 => fate(
            None,
            soon,
            if rng.chance(500) {
                Reply::Token
            } else {
                code(48_001)
            },
        ),
        18 => fate(None, rng.between(1, 5_000), Reply::Unsent),
        _ => fate(None, soon, code(rng.pick(&[10_060_001, 10_060_008, 10_060_031]))),
    }
}

/// The fate of a read: after how long it is served, how old what it shows is, how it is answered.
pub struct ReadFate {
    pub served: i64,
    pub stale: i64,
    pub replies: i64,
    /// It fails.
    pub failure: Option<CallFailure>,
    /// It shows a state that no document names.
    pub odd_state: bool,
}

/// The fate of a read.
pub fn read_fate(rng: &mut Rng, scenario: &Scenario, troubled: bool) -> ReadFate {
    let served = rng.between(10, 300);
    let mut fate = ReadFate {
        served,
        stale: 0,
        replies: rng.between(10, 200),
        failure: None,
        odd_state: false,
    };
    if !troubled {
        return fate;
    }
    if rng.chance(scenario.stale) {
        fate.stale = rng.between(0, 10_000);
    }
    if !rng.chance(scenario.read_faults) {
        return fate;
    }
    let kind = match rng.below(12) {
        0..3 => {
            fate.replies = rng.between(10_000, CLIENT_TIMEOUT);
            FailureKind::NoAnswer
        }
        3 => FailureKind::Busy,
        4 => FailureKind::Garbled,
        5 => FailureKind::Offline,
        6 => FailureKind::TooFast,
        7 if scenario.quota_faults => FailureKind::DailyQuota,
        7 => FailureKind::NotWeChat,
        8 => FailureKind::TokenRefused,
        9 => FailureKind::OrderNotVisible,
        10 => {
            fate.odd_state = true;
            return fate;
        }
        _ => {
            fate.replies = rng.between(1_000, CLIENT_TIMEOUT); // slow, but it comes
            return fate;
        }
    };
    fate.failure = Some(CallFailure::of(kind));
    fate
}

/// What the client makes of the reply, by its own table.
pub fn upload_of(reply: &Reply, errcode: Option<i64>) -> Upload {
    let failed = |answer| Upload {
        answer,
        errcode: None,
        rid: None,
        http_status: None,
        millis: 0,
        raw: None,
    };
    match reply {
        Reply::Own => {
            let body = format!(r#"{{"errcode":{},"errmsg":"x"}}"#, errcode.unwrap_or(-1));
            Upload::of_answer(200, body.as_bytes())
        }
        Reply::Text(status, body) => Upload::of_answer(*status, body.as_bytes()),
        Reply::Lost => {
            let failure = CallFailure::of(FailureKind::NoAnswer);
            failed(Answer::Unclear(Doubt::Failure(failure)))
        }
        Reply::Unsent => failed(Answer::NotProcessed(Hold::Connection)),
        Reply::Token => failed(Answer::NotProcessed(Hold::Token)),
    }
}
