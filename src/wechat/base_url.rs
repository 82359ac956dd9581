//! Where calls go: the rule that secrets travel over https only, except to this very computer.
//!
//! Separate so that forms and the command line can check an address without building a client.

use std::net::IpAddr;

/// WeChat's own address (contract section 1).
pub const WECHAT: &str = "https://api.weixin.qq.com";

/// An address that calls may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    loopback: bool,
    https: bool,
}

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlProblem {
    /// It cannot be read as an address with a host.
    #[error("not an address such as https://api.weixin.qq.com")]
    NotAnAddress,
    /// It would send secrets in clear text to another computer.
    #[error("only https is allowed, except for this computer (http://127.0.0.1)")]
    NotHttps,
    /// It has a user name, a password, a query or a fragment.
    #[error("only scheme, host, port and path are allowed")]
    TooMuch,
}

impl BaseUrl {
    /// Accepts `https` with any host, and `http` with a loopback host (127.0.0.0/8, `::1`, `localhost`).
    ///
    /// # Errors
    /// [`BaseUrlProblem`] says which rule is broken; it never repeats the address.
    pub fn parse(text: &str) -> Result<Self, BaseUrlProblem> {
        Self::read(text, false)
    }

    /// The same for a whole address that is asked as it stands, with a query: the merchant's token service.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_whole(text: &str) -> Result<Self, BaseUrlProblem> {
        Self::read(text, true)
    }

    fn read(text: &str, is_whole: bool) -> Result<Self, BaseUrlProblem> {
        let Ok(url) = reqwest::Url::parse(text.trim()) else {
            return Err(BaseUrlProblem::NotAnAddress);
        };
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return Err(BaseUrlProblem::NotAnAddress);
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let loopback =
            bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let https = url.scheme() == "https";
        if !(https || (url.scheme() == "http" && loopback)) {
            return Err(BaseUrlProblem::NotHttps);
        }
        let extras = !url.username().is_empty()
            || url.password().is_some()
            || (url.query().is_some() && !is_whole)
            || url.fragment().is_some();
        if extras {
            return Err(BaseUrlProblem::TooMuch);
        }
        Ok(Self {
            text: if is_whole {
                url.as_str().to_owned()
            } else {
                url.as_str().trim_end_matches('/').to_owned()
            },
            loopback,
            https,
        })
    }

    /// The host is this computer.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// The connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// It is WeChat itself and not a relay or a simulator.
    pub fn is_wechat(&self) -> bool {
        self.text == WECHAT
    }

    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_computer() {
        for (text, expected) in [
            ("https://api.weixin.qq.com", Ok("https://api.weixin.qq.com")),
            (" https://api.weixin.qq.com/ ", Ok("https://api.weixin.qq.com")),
            (
                "https://relay.example.com:8443/wx/",
                Ok("https://relay.example.com:8443/wx"),
            ),
            ("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080")),
            ("http://127.9.8.7:1", Ok("http://127.9.8.7:1")),
            ("http://[::1]:9", Ok("http://[::1]:9")),
            ("http://LOCALHOST:9", Ok("http://localhost:9")),
            ("https://127.0.0.1:9", Ok("https://127.0.0.1:9")),
            ("http://api.weixin.qq.com", Err(BaseUrlProblem::NotHttps)),
            ("http://127.0.0.1.example.com", Err(BaseUrlProblem::NotHttps)),
            ("http://localhost.example.com", Err(BaseUrlProblem::NotHttps)),
            ("http://10.0.0.1", Err(BaseUrlProblem::NotHttps)),
            ("http://0.0.0.0", Err(BaseUrlProblem::NotHttps)),
            ("ftp://127.0.0.1", Err(BaseUrlProblem::NotHttps)),
            ("http://127.0.0.1@example.com", Err(BaseUrlProblem::NotHttps)),
            ("https://user@api.weixin.qq.com", Err(BaseUrlProblem::TooMuch)),
            ("https://a:b@api.weixin.qq.com", Err(BaseUrlProblem::TooMuch)),
            ("https://api.weixin.qq.com/?a=1", Err(BaseUrlProblem::TooMuch)),
            ("https://api.weixin.qq.com/#x", Err(BaseUrlProblem::TooMuch)),
            ("api.weixin.qq.com", Err(BaseUrlProblem::NotAnAddress)),
            ("https://", Err(BaseUrlProblem::NotAnAddress)),
            ("", Err(BaseUrlProblem::NotAnAddress)),
            ("file:///etc/passwd", Err(BaseUrlProblem::NotAnAddress)),
        ] {
            let got = BaseUrl::parse(text);
            assert_eq!(
                got.as_ref().map(BaseUrl::as_str),
                expected.as_ref().map(|s| *s),
                "{text}"
            );
        }
        let whole = BaseUrl::parse_whole("https://erp.example.com/token/?shop=1").unwrap();
        assert_eq!(whole.as_str(), "https://erp.example.com/token/?shop=1");
        assert!(BaseUrl::parse_whole("http://erp.example.com/token").is_err());
        assert!(BaseUrl::parse_whole("https://a@erp.example.com/token").is_err());
        assert!(BaseUrl::parse(WECHAT).unwrap().is_wechat());
        assert!(!BaseUrl::parse("https://relay.example.com").unwrap().is_wechat());
    }
}
