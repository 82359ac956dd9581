//! How an account comes by its access tokens: the way itself and everything about it that is no secret.
//!
//! Apart from the account's other settings because the client, the store and both shells must mean the same by it.

use serde::{Deserialize, Serialize};
use std::path::Path;

use super::Timestamp;

/// The way to a token. The secrets that it needs are [`SecretField`]s and never in here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Access {
    /// AppID and AppSecret of the Mini Program itself: WeChat gives the token (contract 2.1).
    #[default]
    Secret,
    /// A third-party platform that the merchant has authorised (contract 2.2); the account's AppID is the
    /// `authorizer_appid`.
    Platform {
        /// AppID of the platform.
        component_appid: String,
        /// When its `component_verify_ticket` was filled in; WeChat lets it age twelve hours.
        #[serde(default)]
        ticket_at: Option<Timestamp>,
    },
    /// A token that a person has pasted; it is never renewed from here.
    Token {
        /// When; a token lives two hours at most.
        #[serde(default)]
        pasted_at: Option<Timestamp>,
    },
    /// The merchant's own token service.
    Service {
        /// Its address, https unless it is on this computer.
        url: String,
        /// How it is asked.
        #[serde(default)]
        method: ServiceMethod,
    },
    /// A program on this computer that prints a token.
    Command {
        /// Its full path; no shell is asked.
        program: String,
        /// What it is called with, one entry for each argument.
        #[serde(default)]
        arguments: Vec<String>,
    },
}

/// How a token service is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceMethod {
    /// GET.
    #[default]
    Get,
    /// POST with the AppID in a JSON body.
    Post,
}

/// The ways without what belongs to each, for a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AccessMode {
    /// [`Access::Secret`].
    #[default]
    Secret,
    /// [`Access::Platform`].
    Platform,
    /// [`Access::Token`].
    Token,
    /// [`Access::Service`].
    Service,
    /// [`Access::Command`].
    Command,
}

/// One secret of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretField {
    /// AppSecret of the Mini Program.
    AppSecret,
    /// AppSecret of the platform.
    ComponentSecret,
    /// `component_verify_ticket`.
    Ticket,
    /// `authorizer_refresh_token`.
    RefreshToken,
    /// A pasted access token.
    AccessToken,
    /// What the token service wants to see behind `Bearer`.
    Bearer,
}

/// What is wrong with a way to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessProblem {
    /// The platform's AppID is missing or has other characters than letters and digits.
    ComponentAppid,
    /// The address of the token service cannot be read, or carries a name, a password or a fragment.
    ServiceAddress,
    /// The token service would be asked in clear text over the network.
    ServiceNotHttps,
    /// The program is not named by its full path.
    Program,
}

impl AccessProblem {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::ComponentAppid => "component_appid",
            Self::ServiceAddress => "service_address",
            Self::ServiceNotHttps => "service_not_https",
            Self::Program => "program",
        }
    }
}

impl AccessMode {
    /// All of them, the usual one first.
    pub const ALL: [Self; 5] = [
        Self::Secret,
        Self::Platform,
        Self::Token,
        Self::Service,
        Self::Command,
    ];

    /// A stable word, as the command line takes and prints it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Platform => "platform",
            Self::Token => "token",
            Self::Service => "service",
            Self::Command => "command",
        }
    }

    /// The secrets of this way, the first of them being the one that is asked for first.
    pub fn secrets(self) -> &'static [SecretField] {
        match self {
            Self::Secret => &[SecretField::AppSecret],
            Self::Platform => &[
                SecretField::ComponentSecret,
                SecretField::Ticket,
                SecretField::RefreshToken,
            ],
            Self::Token => &[SecretField::AccessToken],
            Self::Service => &[SecretField::Bearer],
            Self::Command => &[],
        }
    }
}

impl SecretField {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::AppSecret,
        Self::ComponentSecret,
        Self::Ticket,
        Self::RefreshToken,
        Self::AccessToken,
        Self::Bearer,
    ];

    /// A stable word, under which it is sealed.
    pub fn word(self) -> &'static str {
        match self {
            Self::AppSecret => "app_secret",
            Self::ComponentSecret => "component_secret",
            Self::Ticket => "component_ticket",
            Self::RefreshToken => "refresh_token",
            Self::AccessToken => "access_token",
            Self::Bearer => "service_bearer",
        }
    }

    /// Without it there is no token.
    pub fn is_needed(self) -> bool {
        self != Self::Bearer
    }
}

impl Access {
    /// Which way it is.
    pub fn mode(&self) -> AccessMode {
        match self {
            Self::Secret => AccessMode::Secret,
            Self::Platform { .. } => AccessMode::Platform,
            Self::Token { .. } => AccessMode::Token,
            Self::Service { .. } => AccessMode::Service,
            Self::Command { .. } => AccessMode::Command,
        }
    }

    /// The token may be one of a third-party platform, which may not make every call (ruling C-31).
    pub fn may_be_platform(&self) -> bool {
        *self != Self::Secret
    }

    /// Secrets that were typed for `other` may be used with this: nothing has changed about who gets to see them.
    pub fn shares_secrets_with(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Platform { component_appid, .. },
                Self::Platform {
                    component_appid: before,
                    ..
                },
            ) => component_appid == before,
            (Self::Service { url, .. }, Self::Service { url: before, .. }) => origin(url) == origin(before),
            _ => self.mode() == other.mode(),
        }
    }

    /// The same with blanks at the ends of what was typed taken off.
    #[must_use]
    pub fn trimmed(self) -> Self {
        match self {
            Self::Platform {
                component_appid,
                ticket_at,
            } => Self::Platform {
                component_appid: component_appid.trim().to_owned(),
                ticket_at,
            },
            Self::Service { url, method } => Self::Service {
                url: url.trim().to_owned(),
                method,
            },
            Self::Command { program, arguments } => Self::Command {
                program: program.trim().trim_matches('"').to_owned(),
                arguments,
            },
            Self::Secret | Self::Token { .. } => self,
        }
    }

    /// What is wrong with it.
    pub fn problem(&self) -> Option<AccessProblem> {
        match self {
            Self::Secret | Self::Token { .. } => None,
            Self::Platform { component_appid, .. } => {
                let good =
                    !component_appid.is_empty() && component_appid.bytes().all(|b| b.is_ascii_alphanumeric());
                (!good).then_some(AccessProblem::ComponentAppid)
            }
            Self::Service { url, .. } => address_problem(url),
            Self::Command { program, .. } => {
                (!Path::new(program).is_absolute()).then_some(AccessProblem::Program)
            }
        }
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    format!("{scheme}://{authority}").to_ascii_lowercase()
}

fn address_problem(url: &str) -> Option<AccessProblem> {
    let wrong = Some(AccessProblem::ServiceAddress);
    let Some((scheme, rest)) = url.split_once("://") else {
        return wrong;
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '#' || c == '\\';
    if authority.is_empty() || authority.contains('@') || url.contains(odd) {
        return wrong;
    }
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_here = host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<core::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match scheme.to_ascii_lowercase().as_str() {
        "https" if !host.is_empty() => None,
        "http" if is_here => None,
        "http" => Some(AccessProblem::ServiceNotHttps),
        _ => wrong,
    }
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
