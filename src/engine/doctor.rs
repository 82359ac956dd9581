//! The checks of an account: what is checked, in which order, and what each gave. Apart from the other jobs because it is
//! the one that is a story of its own.

use crate::domain::{CallFailure, FailureKind, Timestamp};
use crate::wechat::Client;

/// How far this computer's clock may be off, in milliseconds.
const MAX_SKEW_MILLIS: i64 = 5 * 60 * 1000;

/// The checks of an account.
#[derive(Clone, Debug, Default)]
pub struct Doctor {
    /// Checks are under way.
    pub running: bool,
    /// How often checks were begun in this run: two series may end at the same millisecond.
    pub series: u64,
    /// When they were last complete.
    pub at: Option<Timestamp>,
    /// The checks in the order in which they are made.
    pub checks: Vec<(CheckKind, CheckResult)>,
}

/// What is checked. Each needs the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckKind {
    /// WeChat can be reached.
    Network,
    /// The clock agrees with WeChat's within five minutes.
    Clock,
    /// AppID and AppSecret give a token, and this computer's address is allowed.
    Credentials,
    /// Order shipping management is opened (VII).
    ServiceOpened,
    /// All merchant numbers are confirmed (VIII).
    SettlementConfirmed,
    /// The account's courier list could be read.
    Couriers,
}

/// What a check gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckResult {
    /// An earlier check failed, so this one was not made.
    NotRun,
    /// Under way.
    Running,
    /// All right.
    Passed,
    /// WeChat answered, and the answer is no.
    No,
    /// It could not be asked.
    Failed(CallFailure),
}

/// Tells a check as soon as it is known; `None` ends the series.
type Tell<'a> = &'a (dyn Fn(Option<(CheckKind, CheckResult)>) + Sync);

/// The checks behind the credentials, each asked for by itself: a no to one says nothing about the next.
const REST: [CheckKind; 3] = [
    CheckKind::ServiceOpened,
    CheckKind::SettlementConfirmed,
    CheckKind::Couriers,
];

/// The checks in their order. `from_wechat`: the token comes from WeChat itself, so getting one proves the connection and
/// the credentials; any other token proves itself only by the calls that are made with it.
pub(super) async fn examine(client: &Client, from_wechat: bool, tell: Tell<'_>) {
    tell(Some((CheckKind::Network, CheckResult::Running)));
    let token = client.token_check().await;
    if let Err(failure) = token {
        if is_no_connection(&failure) {
            return no_connection(failure, tell);
        }
        if matches!(failure.kind, FailureKind::NoToken(_)) {
            // WeChat was not asked for anything.
            skip(&[CheckKind::Network, CheckKind::Clock], tell);
        } else {
            tell(Some((CheckKind::Network, CheckResult::Passed)));
            clock(client, tell);
        }
        tell(Some((CheckKind::Credentials, CheckResult::Failed(failure))));
        return skip(&REST, tell);
    }
    if from_wechat {
        tell(Some((CheckKind::Network, CheckResult::Passed)));
        clock(client, tell);
        tell(Some((CheckKind::Credentials, CheckResult::Passed)));
        tell(Some((CheckKind::ServiceOpened, CheckResult::Running)));
    }
    let opened = client.is_trade_managed().await;
    if !from_wechat {
        if let Err(failure) = &opened
            && is_no_connection(failure)
        {
            return no_connection(failure.clone(), tell);
        }
        tell(Some((CheckKind::Network, CheckResult::Passed)));
        clock(client, tell);
        if let Err(failure) = &opened
            && is_about_token(&failure.kind)
        {
            tell(Some((
                CheckKind::Credentials,
                CheckResult::Failed(failure.clone()),
            )));
            return skip(&REST, tell);
        }
        tell(Some((CheckKind::Credentials, CheckResult::Passed)));
    }
    rest(client, opened, tell).await;
}

/// (VII), (VIII) and the courier list.
async fn rest(client: &Client, opened: Result<bool, CallFailure>, tell: Tell<'_>) {
    let yes_or_no = |result: Result<bool, CallFailure>| match result {
        Ok(true) => CheckResult::Passed,
        Ok(false) => CheckResult::No,
        Err(failure) => CheckResult::Failed(failure),
    };
    tell(Some((CheckKind::ServiceOpened, yes_or_no(opened))));
    tell(Some((CheckKind::SettlementConfirmed, CheckResult::Running)));
    let settled = client.is_trade_management_confirmation_completed().await;
    tell(Some((CheckKind::SettlementConfirmed, yes_or_no(settled))));
    tell(Some((CheckKind::Couriers, CheckResult::Running)));
    let couriers = match client.get_delivery_list().await {
        Ok(list) if list.is_empty() => CheckResult::No,
        Ok(_) => CheckResult::Passed,
        Err(failure) => CheckResult::Failed(failure),
    };
    tell(Some((CheckKind::Couriers, couriers)));
}

fn clock(client: &Client, tell: Tell<'_>) {
    let offset = client.clock_offset_millis().unwrap_or(0);
    let result = if offset.abs() > MAX_SKEW_MILLIS {
        let skew_secs = offset.saturating_neg().checked_div(1000).unwrap_or(0);
        CheckResult::Failed(CallFailure::of(FailureKind::ClockOff { skew_secs }))
    } else {
        CheckResult::Passed
    };
    tell(Some((CheckKind::Clock, result)));
}

fn no_connection(failure: CallFailure, tell: Tell<'_>) {
    tell(Some((CheckKind::Network, CheckResult::Failed(failure))));
    skip(&[CheckKind::Clock, CheckKind::Credentials], tell);
    skip(&REST, tell);
}

fn skip(kinds: &[CheckKind], tell: Tell<'_>) {
    for kind in kinds {
        tell(Some((*kind, CheckResult::NotRun)));
    }
}

/// WeChat was not reached.
fn is_no_connection(failure: &CallFailure) -> bool {
    matches!(
        failure.kind,
        FailureKind::Offline
            | FailureKind::NoAnswer
            | FailureKind::Tls
            | FailureKind::NotWeChat
            | FailureKind::Garbled
    )
}

/// WeChat does not take the token, or not from here.
fn is_about_token(kind: &FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::TokenRefused
            | FailureKind::NoToken(_)
            | FailureKind::WrongAppId
            | FailureKind::IpNotAllowed { .. }
            | FailureKind::IpNeedsConfirmation
            | FailureKind::PlatformCredentials
    )
}
