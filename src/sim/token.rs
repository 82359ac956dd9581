//! The stable token: one token while it lasts, and what makes a token die.
//!
//! Separate because credentials fail in ways that have nothing to do with orders.

use super::fields::Fields;
use super::reply::{Done, Refusal};
use super::rng::Rng;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Seconds a token lasts.
pub const LIFETIME_SECS: i64 = 7200;
/// Seconds before the end from which a new token is handed out while the old one still works.
pub const RENEWAL_SECS: i64 = 300;
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// One token.
#[derive(Clone)]
struct Token {
    value: String,
    expires_at: i64,
    /// Replaced by force; 40001 from then on.
    killed: bool,
}

/// Everything about tokens of one account. Debug output shows counts only.
pub struct TokenDesk {
    tokens: Vec<Token>,
    rng: Rng,
    forced_at: Vec<i64>,
    lifetime_secs: i64,
}

impl std::fmt::Debug for TokenDesk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TokenDesk")
            .field("issued", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

impl TokenDesk {
    /// A desk that has issued nothing.
    pub fn new(seed: u64) -> Self {
        Self {
            tokens: Vec::new(),
            rng: Rng::for_index(seed, u64::MAX),
            forced_at: Vec::new(),
            lifetime_secs: LIFETIME_SECS,
        }
    }

    /// How long tokens issued from now on last, in seconds.
    pub fn set_lifetime_secs(&mut self, secs: i64) {
        self.lifetime_secs = secs;
    }

    /// How many different tokens were handed out.
    pub fn issued(&self) -> usize {
        self.tokens.len()
    }

    /// The token of normal mode: the running one, or a new one when less than 300 s are left.
    pub fn current(&mut self, now: Timestamp) -> (String, i64) {
        let soon = now
            .as_second()
            .saturating_add(RENEWAL_SECS.min(self.lifetime_secs));
        match self.tokens.last() {
            Some(token) if !token.killed && token.expires_at >= soon => (
                token.value.clone(),
                token.expires_at.saturating_sub(now.as_second()),
            ),
            Some(_) | None => self.issue(now),
        }
    }

    /// Another system forces a new token: whoever holds the old one gets 40001.
    pub fn kill(&mut self) {
        for token in &mut self.tokens {
            token.killed = true;
        }
    }

    /// The token was handed out here.
    pub fn knows(&self, given: &str) -> bool {
        self.tokens.iter().any(|token| token.value == given)
    }

    /// What a call with this token meets: 41001, 40014, 40001, 42001, or nothing.
    pub fn check(&self, given: Option<&str>, now: Timestamp) -> Result<(), Refusal> {
        let Some(given) = given.filter(|text| !text.is_empty()) else {
            return Err(Refusal::new(41001, "access_token missing"));
        };
        let Some(token) = self.tokens.iter().find(|token| token.value == given) else {
            return Err(Refusal::new(40014, "invalid access_token"));
        };
        if token.killed {
            let text = "invalid credential, access_token is invalid or not latest";
            return Err(Refusal::new(40001, text));
        }
        if token.expires_at <= now.as_second() {
            return Err(Refusal::new(42001, "access_token expired"));
        }
        Ok(())
    }

    /// `POST /cgi-bin/stable_token`, after appid and secret were found right.
    fn answer(&mut self, force: bool, now: Timestamp) -> Result<Done, Refusal> {
        if force {
            self.force(now)?;
        }
        let (value, expires_in) = self.current(now);
        let mut fields = Map::new();
        fields.insert("access_token".into(), value.into());
        fields.insert("expires_in".into(), expires_in.into());
        Ok(Done { fields, bare: true })
    }

    /// At most 20 times a day and 30 seconds apart.
    fn force(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let secs = now.as_second();
        let since = |past: i64| {
            self.forced_at
                .iter()
                .filter(|at| **at > secs.saturating_sub(past))
                .count()
        };
        if since(30) > 0 {
            return Err(Refusal::new(
                45011,
                "api minute-quota reach limit, force_refresh needs 30 s",
            ));
        }
        if since(86_400) >= 20 {
            return Err(Refusal::new(45009, "reach max api daily quota limit"));
        }
        self.forced_at.push(secs);
        self.kill();
        Ok(())
    }

    fn issue(&mut self, now: Timestamp) -> (String, i64) {
        let value = format!("86_{}", self.rng.text(LETTERS, 133));
        let expires_at = now.as_second().saturating_add(self.lifetime_secs);
        self.tokens.push(Token {
            value: value.clone(),
            expires_at,
            killed: false,
        });
        (value, self.lifetime_secs)
    }
}

/// What the account of the Mini Program looks like to its token desk.
#[derive(Clone)]
pub struct Credentials {
    /// The Mini Program.
    pub appid: String,
    /// Its secret.
    pub secret: String,
    /// What a wrong secret answers: 40125 or 40001.
    pub wrong_secret_errcode: i64,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("appid", &self.appid)
            .finish_non_exhaustive()
    }
}

/// Answers `POST /cgi-bin/stable_token`.
pub fn stable_token(
    desk: &mut TokenDesk,
    account: &Credentials,
    body: &Value,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let fields = Fields::of(body, &["grant_type", "appid", "secret", "force_refresh"])?;
    let grant_type = fields.text("grant_type")?;
    let appid = fields.filled("appid")?;
    let secret = fields.filled("secret")?;
    let force = fields.boolean("force_refresh")?.unwrap_or(false);
    if grant_type != Some("client_credential") {
        return Err(Refusal::new(40002, "invalid grant_type"));
    }
    let appid = appid.ok_or_else(|| Refusal::new(41002, "appid missing"))?;
    let secret = secret.ok_or_else(|| Refusal::new(41004, "appsecret missing"))?;
    if appid != account.appid {
        return Err(Refusal::new(40013, "invalid appid"));
    }
    if secret != account.secret {
        return Err(Refusal::new(account.wrong_secret_errcode, "invalid appsecret"));
    }
    desk.answer(force, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + secs).unwrap()
    }

    fn account() -> Credentials {
        Credentials {
            appid: "wx1".into(),
            secret: "s".into(),
            wrong_secret_errcode: 40125,
        }
    }

    fn good(force: bool) -> Value {
        json!({"grant_type": "client_credential", "appid": "wx1", "secret": "s", "force_refresh": force})
    }

    fn fetch(desk: &mut TokenDesk, force: bool, secs: i64) -> (String, i64) {
        let done = stable_token(desk, &account(), &good(force), at(secs)).unwrap();
        (
            done.fields["access_token"].as_str().unwrap().to_owned(),
            done.fields["expires_in"].as_i64().unwrap(),
        )
    }

    #[test]
    fn wrong_credentials_are_refused_with_their_own_code() {
        let cases = [
            (json!({"appid": "wx1", "secret": "s"}), 40002),
            (json!({"grant_type": "client_credential", "secret": "s"}), 41002),
            (
                json!({"grant_type": "client_credential", "appid": "wx1", "secret": ""}),
                41004,
            ),
            (
                json!({"grant_type": "client_credential", "appid": "wx2", "secret": "s"}),
                40013,
            ),
            (
                json!({"grant_type": "client_credential", "appid": "wx1", "secret": "t"}),
                40125,
            ),
            (
                json!({"grant_type": "client_credential", "appId": "wx1", "secret": "t"}),
                47001,
            ),
        ];
        for (body, errcode) in cases {
            let refusal = stable_token(&mut TokenDesk::new(1), &account(), &body, at(0)).unwrap_err();
            assert_eq!(refusal.errcode, errcode, "{body}");
        }
    }

    #[test]
    fn normal_mode_returns_the_same_token_until_five_minutes_before_its_end() {
        let mut desk = TokenDesk::new(1);
        let (first, lasts) = fetch(&mut desk, false, 0);
        assert_eq!(lasts, 7200);
        assert_eq!(fetch(&mut desk, false, 6900), (first.clone(), 300));
        let (second, lasts) = fetch(&mut desk, false, 6901);
        assert_ne!(first, second);
        assert_eq!(lasts, 7200);
        // Both are good in the window; then the old one has expired.
        assert_eq!(desk.check(Some(&first), at(7000)), Ok(()));
        assert_eq!(desk.check(Some(&first), at(7200)).unwrap_err().errcode, 42001);
        assert_eq!(desk.check(Some(&second), at(7200)), Ok(()));
    }

    #[test]
    fn a_short_lived_token_is_still_handed_out_twice() {
        let mut desk = TokenDesk::new(1);
        desk.set_lifetime_secs(60);
        let (first, _) = fetch(&mut desk, false, 0);
        assert_eq!(fetch(&mut desk, false, 0).0, first);
        assert_eq!(desk.check(Some(&first), at(60)).unwrap_err().errcode, 42001);
    }

    #[test]
    fn a_token_killed_by_another_system_is_40001_and_the_next_one_works() {
        let mut desk = TokenDesk::new(1);
        let (first, _) = fetch(&mut desk, false, 0);
        desk.kill();
        assert_eq!(desk.check(Some(&first), at(1)).unwrap_err().errcode, 40001);
        let (second, _) = fetch(&mut desk, false, 1);
        assert_ne!(first, second);
        assert_eq!(desk.check(Some(&second), at(1)), Ok(()));
    }

    #[test]
    fn no_token_is_41001_and_an_invented_one_is_40014() {
        let desk = TokenDesk::new(1);
        assert_eq!(desk.check(None, at(0)).unwrap_err().errcode, 41001);
        assert_eq!(desk.check(Some(""), at(0)).unwrap_err().errcode, 41001);
        assert_eq!(desk.check(Some("86_x"), at(0)).unwrap_err().errcode, 40014);
    }

    #[test]
    fn forcing_kills_the_old_token_and_is_limited() {
        let mut desk = TokenDesk::new(1);
        let (first, _) = fetch(&mut desk, false, 0);
        let (second, _) = fetch(&mut desk, true, 1);
        assert_ne!(first, second);
        assert_eq!(desk.check(Some(&first), at(1)).unwrap_err().errcode, 40001);
        let refusal = stable_token(&mut desk, &account(), &good(true), at(20)).unwrap_err();
        assert_eq!(refusal.errcode, 45011);
        for turn in 1..20 {
            fetch(&mut desk, true, 1 + turn * 30);
        }
        let refusal = stable_token(&mut desk, &account(), &good(true), at(3_000)).unwrap_err();
        assert_eq!(refusal.errcode, 45009);
    }
}
