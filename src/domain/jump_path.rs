//! The page of the Mini Program that a message of WeChat opens (contract 3.6): one for the whole account.

use serde::{Deserialize, Serialize};

use super::{CallFailure, Timestamp};

/// The keys that WeChat puts behind the path; the last one only when there is such a number.
pub const APPENDED_KEYS: [&str; 4] = [
    "transaction_id",
    "merchant_id",
    "merchant_trade_no",
    "sub_merchant_id",
];
/// Longest path that is sent, in bytes; the documents name no limit for it, and 512 for other paths.
pub const MAX_PATH_BYTES: usize = 512;

/// What is wrong with a path, or worth knowing before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// Longer than [`MAX_PATH_BYTES`].
    TooLong,
    /// It has blanks or signs that no path has.
    Blank,
    /// It is an address of the web; a page of the Mini Program is meant.
    Address,
    /// Its query has a key that WeChat also puts there.
    Collision(String),
    /// It begins with a slash, which pages of a Mini Program do not.
    LeadingSlash,
}

impl PathProblem {
    /// It must not be sent; otherwise it is a warning.
    pub fn blocks(&self) -> bool {
        matches!(self, Self::TooLong | Self::Blank | Self::Address)
    }
}

/// What is wrong with a path. An empty one is right: then WeChat opens its own page.
pub fn path_problems(path: &str) -> Vec<PathProblem> {
    let mut problems = Vec::new();
    if path.len() > MAX_PATH_BYTES {
        problems.push(PathProblem::TooLong);
    }
    if path.chars().any(|c| c.is_whitespace() || c.is_control()) {
        problems.push(PathProblem::Blank);
    }
    if path.contains("://") {
        problems.push(PathProblem::Address);
    }
    if path.starts_with('/') {
        problems.push(PathProblem::LeadingSlash);
    }
    let query = path.split_once('?').map_or("", |(_, query)| query);
    for pair in query.split('&') {
        let key = pair.split_once('=').map_or(pair, |(key, _)| key);
        if APPENDED_KEYS.contains(&key) {
            problems.push(PathProblem::Collision(key.to_owned()));
        }
    }
    problems
}

/// What a buyer's message opens: the path with what WeChat puts behind it.
pub fn opened_page(path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}transaction_id=…&merchant_id=…&merchant_trade_no=…")
}

/// What is known of the path that was set from here. WeChat cannot be asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JumpPath {
    /// The path.
    pub path: String,
    /// Where it stands.
    pub state: JumpState,
    /// When it came to that.
    pub at: Timestamp,
}

/// Where a setting of the path stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JumpState {
    /// Nothing was ever set from here.
    #[default]
    Never,
    /// Bytes may have left.
    Sending,
    /// WeChat accepted it.
    Set,
    /// It is not known whether it counts; the one before may still be in force.
    Unclear,
    /// Nothing was changed.
    Failed(CallFailure),
}

impl JumpState {
    /// The stable word for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Sending => "sending",
            Self::Set => "set",
            Self::Unclear => "unclear",
            Self::Failed(_) => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_page_with_keys_of_its_own() {
        let collision = |key: &str| vec![PathProblem::Collision(key.to_owned())];
        for (path, problems) in [
            ("", vec![]),
            ("pages/order/detail", vec![]),
            ("pages/订单/detail?from=msg", vec![]),
            ("pages/a?transaction_id=1", collision("transaction_id")),
            ("pages/a?x=1&sub_merchant_id", collision("sub_merchant_id")),
            ("pages/a?my_transaction_id=1", vec![]),
            ("/pages/a", vec![PathProblem::LeadingSlash]),
            ("pages/a b", vec![PathProblem::Blank]),
            ("https://example.com/a", vec![PathProblem::Address]),
        ] {
            assert_eq!(path_problems(path), problems, "{path}");
        }
        assert_eq!(
            path_problems(&"a".repeat(MAX_PATH_BYTES + 1)),
            [PathProblem::TooLong]
        );
        assert!(path_problems(&"a".repeat(MAX_PATH_BYTES)).is_empty());
    }

    #[test]
    fn what_wechat_appends_is_shown_where_it_will_stand() {
        assert_eq!(opened_page(""), "");
        assert!(opened_page("pages/a").starts_with("pages/a?transaction_id="));
        assert!(opened_page("pages/a?x=1").starts_with("pages/a?x=1&transaction_id="));
    }
}
