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

/// The checks in their order.
pub(super) async fn examine(
    client: &Client,
    with_token_only: bool,
    tell: &impl Fn(Option<(CheckKind, CheckResult)>),
) {
    let rest = [
        CheckKind::ServiceOpened,
        CheckKind::SettlementConfirmed,
        CheckKind::Couriers,
    ];
    let skip = |kinds: &[CheckKind]| {
        for kind in kinds {
            tell(Some((*kind, CheckResult::NotRun)));
        }
    };
    tell(Some((CheckKind::Network, CheckResult::Running)));
    let token = client.token_check().await;
    if let Err(failure) = &token
        && matches!(
            failure.kind,
            FailureKind::Offline
                | FailureKind::NoAnswer
                | FailureKind::Tls
                | FailureKind::NotWeChat
                | FailureKind::Garbled
        )
    {
        tell(Some((CheckKind::Network, CheckResult::Failed(failure.clone()))));
        skip(&[CheckKind::Clock, CheckKind::Credentials]);
        skip(&rest);
        return;
    }
    tell(Some((CheckKind::Network, CheckResult::Passed)));
    let offset = client.clock_offset_millis().unwrap_or(0);
    tell(Some((
        CheckKind::Clock,
        if offset.abs() > MAX_SKEW_MILLIS {
            let skew_secs = offset.saturating_neg().checked_div(1000).unwrap_or(0);
            CheckResult::Failed(CallFailure::of(FailureKind::ClockOff { skew_secs }))
        } else {
            CheckResult::Passed
        },
    )));
    if let Err(failure) = token {
        tell(Some((CheckKind::Credentials, CheckResult::Failed(failure))));
        skip(&rest);
        return;
    }
    if with_token_only {
        // A given token proves itself only by the calls that follow.
        tell(Some((CheckKind::Credentials, CheckResult::NotRun)));
    } else {
        tell(Some((CheckKind::Credentials, CheckResult::Passed)));
    }
    let yes_or_no = |result: Result<bool, CallFailure>| match result {
        Ok(true) => CheckResult::Passed,
        Ok(false) => CheckResult::No,
        Err(failure) => CheckResult::Failed(failure),
    };
    tell(Some((CheckKind::ServiceOpened, CheckResult::Running)));
    tell(Some((
        CheckKind::ServiceOpened,
        yes_or_no(client.is_trade_managed().await),
    )));
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
