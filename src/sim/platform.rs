//! The third-party platform: its own token, the merchant's tokens it is given, and what it may not do.
//!
//! Separate because who asks on a merchant's behalf is refused for reasons that the merchant itself never meets.

use super::config::{
    SANDBOX_COMPONENT_APPID, SANDBOX_COMPONENT_SECRET, SANDBOX_COMPONENT_TICKET, SANDBOX_REFRESH_TOKEN,
};
use super::endpoint::Endpoint;
use super::fields::Fields;
use super::reply::{Done, Refusal};
use super::rng::Rng;
use super::token::TokenDesk;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Order and shipping management; everything of the delivery service needs it.
pub const SHIPPING_SET: u16 = 142;
/// With this one (VII) and (VIII) can be asked as well.
pub const ASKING_SET: u16 = 18;
/// Sets with which the list of couriers can be read, beside [`SHIPPING_SET`].
const COURIER_SETS: [u16; 3] = [45, 120, 121];

/// A platform and the authorisation of one merchant.
pub struct Platform {
    /// AppID of the platform.
    pub component_appid: String,
    /// Its secret.
    pub component_secret: String,
    /// The ticket that was pushed last.
    pub ticket: String,
    /// The ticket is older than twelve hours.
    pub ticket_expired: bool,
    /// The merchant has authorised the platform and not revoked it.
    pub authorised: bool,
    /// The permission sets of the authorisation.
    pub permission_sets: Vec<u16>,
    /// The refresh token in force.
    pub refresh_token: String,
    /// Each answer brings a new refresh token, and the one before it is not valid any more.
    pub rotates: bool,
    /// What (IV) and (VI) answer to a platform: 48001 or 61007; 0 lets them pass.
    pub barred_errcode: i64,
    /// How many Mini Programs stand before this one in the list of those that have authorised the platform.
    pub others: usize,
    /// The platform's own tokens.
    pub component_tokens: TokenDesk,
    /// The tokens that it was given for the merchant.
    pub merchant_tokens: TokenDesk,
    rng: Rng,
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Platform")
            .field("component_appid", &self.component_appid)
            .field("authorised", &self.authorised)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// The platform of the demo account, with everything authorised.
    pub fn new(seed: u64) -> Self {
        Self {
            component_appid: SANDBOX_COMPONENT_APPID.to_owned(),
            component_secret: SANDBOX_COMPONENT_SECRET.to_owned(),
            ticket: SANDBOX_COMPONENT_TICKET.to_owned(),
            ticket_expired: false,
            authorised: true,
            permission_sets: vec![ASKING_SET, SHIPPING_SET],
            refresh_token: SANDBOX_REFRESH_TOKEN.to_owned(),
            rotates: false,
            barred_errcode: 48001,
            others: 3,
            component_tokens: TokenDesk::new(seed ^ 0xc0),
            merchant_tokens: TokenDesk::new(seed ^ 0xa0),
            rng: Rng::for_index(seed, u64::MAX ^ 2),
        }
    }

    /// The merchant authorises anew somewhere else: the refresh token before is not valid any more.
    pub fn authorise_again(&mut self) {
        self.refresh_token = self.next_refresh_token();
    }

    fn next_refresh_token(&mut self) -> String {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        format!("refreshtoken@@@{}", self.rng.text(letters, 43))
    }

    /// What a token of this platform for the merchant may call.
    pub fn permission(&self, endpoint: Endpoint) -> Result<(), Refusal> {
        if !self.authorised {
            return Err(Refusal::new(61003, "component is not authorized by this account"));
        }
        let has = |set: u16| self.permission_sets.contains(&set);
        let asks = matches!(
            endpoint,
            Endpoint::IsTradeManaged | Endpoint::IsConfirmationCompleted
        );
        let granted = has(SHIPPING_SET)
            || (asks && has(ASKING_SET))
            || (endpoint == Endpoint::DeliveryList && COURIER_SETS.into_iter().any(has))
            || endpoint == Endpoint::QuotaGet;
        if !granted {
            return Err(Refusal::new(61007, "api is unauthorized to component"));
        }
        let barred = matches!(endpoint, Endpoint::GetOrderList | Endpoint::SetMsgJumpPath);
        match self.barred_errcode {
            errcode if barred && errcode != 0 => Err(Refusal::new(errcode, "api unauthorized")),
            _ => Ok(()),
        }
    }

    /// `POST /cgi-bin/component/api_component_token`.
    pub fn component_token(&mut self, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let names = [
            "component_appid",
            "component_appsecret",
            "component_verify_ticket",
        ];
        let fields = Fields::of(body, &names)?;
        self.is_this(fields)?;
        if fields.filled("component_appsecret")? != Some(&self.component_secret) {
            return Err(Refusal::new(40125, "invalid component appsecret"));
        }
        if fields.filled("component_verify_ticket")? != Some(&self.ticket) {
            return Err(Refusal::new(61006, "component ticket is invalid"));
        }
        if self.ticket_expired {
            return Err(Refusal::new(61005, "component ticket is expired"));
        }
        let (token, expires_in) = self.component_tokens.current(now);
        let fields = [
            ("component_access_token".to_owned(), token.into()),
            ("expires_in".to_owned(), expires_in.into()),
        ];
        Ok(bare(fields))
    }

    /// `POST /cgi-bin/component/api_authorizer_token`.
    pub fn authorizer_token(&mut self, appid: &str, body: &Value, now: Timestamp) -> Result<Done, Refusal> {
        let names = ["component_appid", "authorizer_appid", "authorizer_refresh_token"];
        let fields = Fields::of(body, &names)?;
        self.is_this(fields)?;
        if fields.filled("authorizer_appid")? != Some(appid) {
            return Err(Refusal::new(40013, "invalid appid"));
        }
        if !self.authorised {
            return Err(Refusal::new(61003, "component is not authorized by this account"));
        }
        if fields.filled("authorizer_refresh_token")? != Some(&self.refresh_token) {
            return Err(Refusal::new(61023, "refresh_token is invalid"));
        }
        if self.rotates {
            self.refresh_token = self.next_refresh_token();
        }
        let (token, expires_in) = self.merchant_tokens.current(now);
        let fields = [
            ("authorizer_access_token".to_owned(), token.into()),
            ("expires_in".to_owned(), expires_in.into()),
            (
                "authorizer_refresh_token".to_owned(),
                self.refresh_token.as_str().into(),
            ),
        ];
        Ok(bare(fields))
    }

    /// `POST /cgi-bin/component/api_get_authorizer_list`.
    pub fn authorizer_list(&self, appid: &str, body: &Value) -> Result<Done, Refusal> {
        let fields = Fields::of(body, &["component_appid", "offset", "count"])?;
        self.is_this(fields)?;
        let count = fields.number("count")?.unwrap_or(0);
        let offset = fields.number("offset")?.unwrap_or(0);
        if !(1..=500).contains(&count) || offset < 0 {
            return Err(Refusal::new(40097, "invalid args"));
        }
        let mut list: Vec<Value> = (0..self.others)
            .map(|n| {
                let other = format!("wxffffffff{n:08x}");
                json!({"authorizer_appid": other, "refresh_token": format!("refreshtoken@@@other{n}"),
                       "auth_time": 1_700_000_000})
            })
            .collect();
        if self.authorised {
            list.push(
                json!({"authorizer_appid": appid, "refresh_token": self.refresh_token,
                             "auth_time": 1_700_000_000}),
            );
        }
        let total = list.len();
        let page: Vec<Value> = list
            .into_iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(usize::try_from(count).unwrap_or(0))
            .collect();
        Ok(bare([
            ("total_count".to_owned(), total.into()),
            ("list".to_owned(), page.into()),
        ]))
    }

    fn is_this(&self, fields: Fields<'_>) -> Result<(), Refusal> {
        if fields.filled("component_appid")? == Some(&self.component_appid) {
            Ok(())
        } else {
            Err(Refusal::new(61011, "invalid component"))
        }
    }
}

fn bare(fields: impl IntoIterator<Item = (String, Value)>) -> Done {
    Done {
        fields: Map::from_iter(fields),
        bare: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APPID: &str = "wx1";

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + secs).unwrap()
    }

    fn component_body() -> Value {
        json!({"component_appid": SANDBOX_COMPONENT_APPID, "component_appsecret": SANDBOX_COMPONENT_SECRET,
               "component_verify_ticket": SANDBOX_COMPONENT_TICKET})
    }

    fn authorizer_body(refresh_token: &str) -> Value {
        json!({"component_appid": SANDBOX_COMPONENT_APPID, "authorizer_appid": APPID,
               "authorizer_refresh_token": refresh_token})
    }

    #[test]
    fn each_wrong_part_of_a_platform_has_its_code() {
        let mut platform = Platform::new(1);
        for (name, value, errcode) in [
            ("component_appid", "wx2", 61011),
            ("component_appsecret", "x", 40125),
            ("component_verify_ticket", "x", 61006),
            ("extra", "x", 47001),
        ] {
            let mut body = component_body();
            body[name] = value.into();
            let refusal = platform.component_token(&body, at(0)).unwrap_err();
            assert_eq!(refusal.errcode, errcode, "{name}");
        }
        platform.ticket_expired = true;
        let refusal = platform.component_token(&component_body(), at(0)).unwrap_err();
        assert_eq!(refusal.errcode, 61005);
    }

    #[test]
    fn a_rotated_refresh_token_works_once_and_the_list_has_the_new_one() {
        let mut platform = Platform::new(1);
        platform.rotates = true;
        let body = authorizer_body(SANDBOX_REFRESH_TOKEN);
        let done = platform.authorizer_token(APPID, &body, at(0)).unwrap();
        let new = done.fields["authorizer_refresh_token"]
            .as_str()
            .unwrap()
            .to_owned();
        let refusal = platform.authorizer_token(APPID, &body, at(1)).unwrap_err();
        assert_eq!(refusal.errcode, 61023);
        let asked = json!({"component_appid": SANDBOX_COMPONENT_APPID, "offset": 0, "count": 500});
        let list = platform.authorizer_list(APPID, &asked).unwrap();
        let ours = list.fields["list"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (ours["authorizer_appid"].as_str(), ours["refresh_token"].as_str()),
            (Some(APPID), Some(new.as_str()))
        );
        platform
            .authorizer_token(APPID, &authorizer_body(&new), at(2))
            .unwrap();
    }

    #[test]
    fn a_call_needs_its_permission_set_and_two_are_for_no_platform() {
        let mut platform = Platform::new(1);
        let code =
            |platform: &Platform, endpoint| platform.permission(endpoint).map_err(|refusal| refusal.errcode);
        let all = [
            (Endpoint::Upload, Ok(())),
            (Endpoint::GetOrder, Ok(())),
            (Endpoint::IsTradeManaged, Ok(())),
            (Endpoint::GetOrderList, Err(48001)),
            (Endpoint::SetMsgJumpPath, Err(48001)),
        ];
        for (endpoint, expected) in all {
            assert_eq!(code(&platform, endpoint), expected, "{endpoint:?}");
        }
        platform.permission_sets = vec![ASKING_SET];
        for (endpoint, expected) in [
            (Endpoint::Upload, Err(61007)),
            (Endpoint::GetOrder, Err(61007)),
            (Endpoint::IsTradeManaged, Ok(())),
            (Endpoint::IsConfirmationCompleted, Ok(())),
            (Endpoint::DeliveryList, Err(61007)),
        ] {
            assert_eq!(code(&platform, endpoint), expected, "{endpoint:?}");
        }
        platform.authorised = false;
        assert_eq!(code(&platform, Endpoint::IsTradeManaged), Err(61003));
    }
}
