//! From options and environment to an engine's configuration. Pure but for the simulator it may start, so
//! that every rule about credentials and addresses is tested without an engine.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::args::Global;
use super::{Exit, Fail, env_credentials};
use crate::engine::{Config, Credentials, KeyStoreChoice, Secret};
use crate::i18n::{Arg, Lang, text_with};
use crate::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID};

/// The sandbox has no quarantine to sit out and a server that is never late.
const SANDBOX_QUIET: Duration = Duration::from_secs(2);

/// What a command needs from an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It works with orders: credentials of the environment count.
    Work,
    /// Like `Work`, and what an earlier run left goes on at once.
    Resume,
    /// It changes the accounts themselves: the environment does not count.
    Accounts,
}

/// Reads a variable of the environment; empty ones are as good as unset.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The environment of this process.
pub fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Where the journal lies when nobody says otherwise.
pub fn default_data_dir() -> Option<PathBuf> {
    directories::ProjectDirs::from("io.github", "fahuo", "Fahuo").map(|dirs| dirs.data_dir().to_owned())
}

/// Where an embedded simulator listens and keeps its journal.
#[derive(Debug)]
pub struct SandboxPlace {
    /// Its address.
    pub base_url: String,
    /// A fresh folder.
    pub data_dir: PathBuf,
}

/// The configuration of the engine.
///
/// # Errors
/// When options and environment do not fit together.
pub fn config(
    lang: Lang,
    global: &Global,
    sandbox: Option<&SandboxPlace>,
    env: Env<'_>,
    purpose: Purpose,
) -> Result<Config, Fail> {
    let refuse = |id: &str, args: &[(&str, Arg)]| Fail::cannot_run(text_with(lang, id, args));
    // The AppSecret goes where this points, and there is no setting yet that names another server.
    if global.api_base.as_deref().is_some_and(|url| !is_loopback(url)) {
        return Err(refuse("cli-start-base-url", &[]));
    }
    let base_url = match sandbox {
        Some(place) => Some(place.base_url.clone()),
        None => global.api_base.clone(),
    };
    let quiet = match env("FAHUO_QUIET_SECS") {
        None => sandbox.is_some().then_some(SANDBOX_QUIET),
        Some(typed) => {
            if !base_url.as_deref().is_some_and(is_loopback) {
                return Err(refuse("cli-quiet-needs-loopback", &[]));
            }
            let secs = typed
                .trim()
                .parse()
                .ok()
                .and_then(|secs| Duration::try_from_secs_f64(secs).ok());
            Some(secs.ok_or_else(|| refuse("cli-quiet-not-a-number", &[("value", typed.into())]))?)
        }
    };
    let credentials = match (sandbox, purpose) {
        (Some(_), _) => Some(Credentials {
            appid: SANDBOX_APPID.to_owned(),
            secret: Secret::new(SANDBOX_APP_SECRET.to_owned()),
            sender_contact: env("FAHUO_SENDER_CONTACT"),
            ..Credentials::default()
        }),
        (None, Purpose::Accounts) => None,
        (None, Purpose::Work | Purpose::Resume) => {
            env_credentials::read(lang, global.account.as_deref(), env)?
        }
    };
    let key_store = match (sandbox, &credentials) {
        (Some(_), _) => KeyStoreChoice::Memory,
        // An unattended run must not wait for somebody to unlock a keyring that it does not need.
        (None, Some(_)) => KeyStoreChoice::None,
        (None, None) => KeyStoreChoice::System,
    };
    let place = sandbox.map(|place| place.data_dir.clone());
    let data_dir = global.data_dir.clone().or(place).or_else(default_data_dir);
    Ok(Config {
        data_dir: data_dir.ok_or_else(|| refuse("cli-no-data-dir", &[]))?,
        base_url,
        sandbox: sandbox.is_some(),
        credentials,
        quiet,
        key_store,
        team_key: env("FAHUO_TEAM_KEY").map(|key| Secret::new(key.trim().to_owned())),
        resume_at_start: purpose == Purpose::Resume,
    })
}

/// The URL names this computer: nothing that is sent there reaches WeChat.
fn is_loopback(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return false;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') {
        return false; // `http://127.0.0.1@example.com` is example.com
    }
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a failure of starting is the fault of the folder, in words.
pub fn explain_start(lang: Lang, error: &crate::engine::StartError) -> Fail {
    use crate::engine::StartError;
    let (id, args): (&str, Vec<(&str, Arg)>) = match error {
        StartError::Locked { pid: 0 } => ("cli-start-locked-unknown", vec![]),
        StartError::Locked { pid } => ("cli-start-locked", vec![("pid", (*pid).into())]),
        StartError::Folder(why) => ("cli-start-folder", vec![("why", why.to_string().into())]),
        StartError::Network(kind) => ("cli-start-network", vec![("kind", kind.as_str().into())]),
        StartError::NewerSchema => ("cli-start-newer", vec![]),
        StartError::Damaged => ("cli-start-damaged", vec![]),
        StartError::BaseUrl => ("cli-start-base-url", vec![]),
        StartError::System(what) => ("cli-start-system", vec![("what", (*what).into())]),
    };
    Fail {
        exit: Exit::CannotRun,
        words: text_with(lang, id, &args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn global(api_base: Option<&str>, account: Option<&str>) -> Global {
        Global {
            data_dir: Some(PathBuf::from("journal")),
            api_base: api_base.map(str::to_owned),
            account: account.map(str::to_owned),
            ..Global::default()
        }
    }

    fn with(global: &Global, vars: &[(&str, &str)], purpose: Purpose) -> Result<Config, Fail> {
        let env = |name: &str| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        config(Lang::En, global, None, &env, purpose)
    }

    #[test]
    fn only_this_computer_counts_as_loopback() {
        for (url, loopback) in [
            ("http://127.0.0.1:8000", true),
            ("http://127.8.8.8", true),
            ("https://localhost/x", true),
            ("HTTP://LOCALHOST:1", true),
            ("http://[::1]:9/", true),
            ("http://10.0.0.1", false),
            ("http://127.0.0.1@example.com", false),
            ("http://127.0.0.1.example.com", false),
            ("http://localhost.example.com", false),
            ("https://api.weixin.qq.com", false),
            ("ftp://127.0.0.1", false),
            ("127.0.0.1", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(url), loopback, "{url}");
        }
    }

    #[test]
    fn no_other_server_than_one_on_this_computer_gets_the_secret() {
        for purpose in [Purpose::Work, Purpose::Resume, Purpose::Accounts] {
            for (url, allowed) in [
                ("http://127.0.0.1:1", true),
                ("https://[::1]:1", true),
                ("https://api.weixin.qq.com", false),
                ("https://relay.example", false),
                ("https://127.0.0.1@example.com", false),
                ("http://127.0.0.1.example.com", false),
            ] {
                let config = with(&global(Some(url), None), &[], purpose);
                assert_eq!(config.is_ok(), allowed, "{url}");
            }
        }
    }

    #[test]
    fn waiting_times_are_shortened_on_loopback_only() {
        let vars = [("FAHUO_QUIET_SECS", "0.5")];
        let near = with(&global(Some("http://127.0.0.1:1"), None), &vars, Purpose::Work);
        assert_eq!(near.unwrap().quiet, Some(Duration::from_millis(500)));
        let refused = with(&global(None, None), &vars, Purpose::Work).unwrap_err();
        assert_eq!(refused.exit, Exit::CannotRun);
        let odd = with(
            &global(Some("http://127.0.0.1:1"), None),
            &[("FAHUO_QUIET_SECS", "-1")],
            Purpose::Work,
        );
        assert!(odd.unwrap_err().words.contains("-1"));
    }

    #[test]
    fn credentials_of_the_environment_are_whole_or_refused() {
        let check = |vars: &[(&str, &str)], usable: bool| {
            assert_eq!(
                with(&global(None, None), vars, Purpose::Work).is_ok(),
                usable,
                "{vars:?}"
            );
        };
        check(&[], true);
        check(&[("FAHUO_APPID", "wx1"), ("FAHUO_APP_SECRET", "s")], true);
        check(&[("FAHUO_APPID", "wx1"), ("FAHUO_ACCESS_TOKEN", "t")], true);
        check(&[("FAHUO_ACCESS_TOKEN", "t")], false);
        check(&[("FAHUO_APPID", "wx1")], false);
        check(&[("FAHUO_APP_SECRET", "s")], false);
        let both = with(
            &global(None, Some("shop")),
            &[("FAHUO_APPID", "wx1"), ("FAHUO_APP_SECRET", "s")],
            Purpose::Work,
        );
        assert!(
            both.is_err(),
            "it must be clear which account a file is shipped with"
        );
    }

    #[test]
    fn accounts_are_changed_without_the_credentials_of_the_environment() {
        let vars = [("FAHUO_APPID", "wx1"), ("FAHUO_APP_SECRET", "s")];
        let config = with(&global(None, None), &vars, Purpose::Accounts).unwrap();
        assert!(config.credentials.is_none());
        assert_eq!(config.key_store, KeyStoreChoice::System);
    }

    #[test]
    fn the_secret_of_the_environment_is_not_printed() {
        let vars = [("FAHUO_APPID", "wx1"), ("FAHUO_APP_SECRET", "topsecret")];
        let config = with(&global(None, None), &vars, Purpose::Work).unwrap();
        assert!(!format!("{config:?}").contains("topsecret"));
        assert_eq!(config.key_store, KeyStoreChoice::None);
    }

    #[test]
    fn the_sandbox_brings_its_own_credentials_and_folder() {
        let place = SandboxPlace {
            base_url: "http://127.0.0.1:5".into(),
            data_dir: "fresh".into(),
        };
        let global = Global {
            data_dir: None,
            ..global(None, None)
        };
        let config = config(Lang::En, &global, Some(&place), &|_| None, Purpose::Work).unwrap();
        assert!(config.sandbox && config.key_store == KeyStoreChoice::Memory);
        assert_eq!(config.data_dir, PathBuf::from("fresh"));
        assert_eq!(config.quiet, Some(SANDBOX_QUIET));
        assert_eq!(config.credentials.unwrap().appid, SANDBOX_APPID);
    }
}
