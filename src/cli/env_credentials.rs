//! Credentials of the environment, for runs without an account: one of five ways to a token, whole or refused.

use super::Fail;
use super::account_secrets::variable;
use super::secret_file;
use super::setup::Env;
use crate::domain::{Access, SecretField, ServiceMethod};
use crate::engine::{Credentials, Secret, Secrets};
use crate::i18n::{Arg, Lang, text_with};

const APPID: &str = "FAHUO_APPID";
const COMPONENT_APPID: &str = "FAHUO_COMPONENT_APPID";
const TOKEN_URL: &str = "FAHUO_TOKEN_URL";
const TOKEN_METHOD: &str = "FAHUO_TOKEN_METHOD";
const TOKEN_COMMAND: &str = "FAHUO_TOKEN_COMMAND";

/// Everything that says that the environment carries credentials.
const ALL: [&str; 10] = [
    APPID,
    "FAHUO_APP_SECRET",
    "FAHUO_APP_SECRET_FILE",
    "FAHUO_ACCESS_TOKEN",
    COMPONENT_APPID,
    "FAHUO_COMPONENT_SECRET",
    "FAHUO_COMPONENT_TICKET",
    "FAHUO_REFRESH_TOKEN",
    TOKEN_URL,
    TOKEN_COMMAND,
];

/// Credentials of the environment, when there are any.
///
/// # Errors
/// When they are not whole, name several ways to a token, or stand beside `--account`.
pub fn read(lang: Lang, account: Option<&str>, env: Env<'_>) -> Result<Option<Credentials>, Fail> {
    let fail = |id: &str, args: &[(&str, Arg)]| Fail::cannot_run(text_with(lang, id, args));
    let refuse = |id: &str, args: &[(&str, Arg)]| Err(fail(id, args));
    if ALL.iter().all(|name| env(name).is_none()) {
        return Ok(None);
    }
    if account.is_some() {
        return refuse("cli-account-and-environment", &[]);
    }
    let Some(appid) = env(APPID) else {
        return refuse("cli-appid-missing", &[]);
    };
    let app_secret = secret_file::app_secret(lang, env)?;
    let secret = |field: SecretField| {
        let given = match field {
            SecretField::AppSecret => app_secret.clone(),
            SecretField::ComponentSecret
            | SecretField::Ticket
            | SecretField::RefreshToken
            | SecretField::AccessToken
            | SecretField::Bearer => env(variable(field)),
        };
        let given = given.map(|text| Secret::new(text.trim().to_owned()));
        given.filter(|secret| !secret.is_empty())
    };
    let ways = [
        secret(SecretField::AppSecret)
            .or_else(|| secret(SecretField::AccessToken))
            .is_some(),
        env(COMPONENT_APPID).is_some(),
        env(TOKEN_URL).is_some(),
        env(TOKEN_COMMAND).is_some(),
    ];
    match ways.iter().filter(|given| **given).count() {
        1 => {}
        0 => return refuse("cli-secret-missing", &[]),
        _ => return refuse("cli-env-two-ways", &[]),
    }
    let access = access(env).map_err(|id| fail(id, &[]))?;
    let mut more = Secrets::default();
    for field in access.mode().secrets() {
        // The AppSecret and a ready token have places of their own.
        let given = match field {
            SecretField::AppSecret | SecretField::AccessToken => None,
            SecretField::ComponentSecret
            | SecretField::Ticket
            | SecretField::RefreshToken
            | SecretField::Bearer => secret(*field),
        };
        match given {
            Some(given) => more.put(*field, given),
            None if matches!(access, Access::Platform { .. }) => {
                return refuse("cli-env-incomplete", &[("name", variable(*field).into())]);
            }
            None => {}
        }
    }
    let is_secret = access == Access::Secret;
    Ok(Some(Credentials {
        appid: appid.trim().to_owned(),
        access,
        more,
        secret: secret(SecretField::AppSecret)
            .filter(|_| is_secret)
            .unwrap_or_default(),
        access_token: secret(SecretField::AccessToken).filter(|_| is_secret),
        sender_contact: env("FAHUO_SENDER_CONTACT"),
    }))
}

/// The way to a token; the message that says what is wrong with it.
fn access(env: Env<'_>) -> Result<Access, &'static str> {
    let access = if let Some(component_appid) = env(COMPONENT_APPID) {
        Access::Platform {
            component_appid,
            ticket_at: None,
        }
    } else if let Some(url) = env(TOKEN_URL) {
        let method = match env(TOKEN_METHOD).as_deref().map(str::trim) {
            None | Some("get" | "GET") => ServiceMethod::Get,
            Some("post" | "POST") => ServiceMethod::Post,
            Some(_) => return Err("cli-env-method"),
        };
        Access::Service { url, method }
    } else if let Some(command) = env(TOKEN_COMMAND) {
        command_of(&command).ok_or("cli-env-command")?
    } else {
        Access::Secret
    };
    let access = access.trimmed();
    match access.problem() {
        None => Ok(access),
        Some(problem) => Err(match problem.word() {
            "component_appid" => "cli-env-component-appid",
            "program" => "cli-env-command",
            _ => "cli-env-url",
        }),
    }
}

/// A full path, or a JSON list of the path and its arguments: no shell takes a line apart.
fn command_of(text: &str) -> Option<Access> {
    let mut parts: Vec<String> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).ok()?
    } else {
        vec![text.to_owned()]
    };
    if parts.is_empty() {
        return None;
    }
    let program = parts.remove(0);
    Some(Access::Command {
        program,
        arguments: parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AccessMode;

    const FULL: &str = if cfg!(windows) {
        "C:/token.exe"
    } else {
        "/opt/token"
    };

    fn with(vars: &[(&str, &str)]) -> Result<Option<Credentials>, Fail> {
        let env = |name: &str| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        read(Lang::En, None, &env)
    }

    #[track_caller]
    fn check(vars: &[(&str, &str)], expected: Option<AccessMode>) {
        let read = with(vars);
        let mode = read
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .map(|own| own.access.mode());
        assert_eq!(mode, expected, "{vars:?}");
        if let Err(fail) = read {
            assert!(fail.words.contains("FAHUO_"), "{}", fail.words);
        }
    }

    #[test]
    fn one_way_to_a_token_whole_or_refused() {
        let appid = (APPID, "wx1");
        let platform = [
            appid,
            (COMPONENT_APPID, "wxc"),
            ("FAHUO_COMPONENT_SECRET", "s"),
            ("FAHUO_COMPONENT_TICKET", "t"),
            ("FAHUO_REFRESH_TOKEN", "r"),
        ];
        check(&platform, Some(AccessMode::Platform));
        for missing in 0..platform.len() {
            let mut vars = platform.to_vec();
            vars.remove(missing);
            check(&vars, None);
        }
        check(&[appid, (TOKEN_URL, "https://a.cn/t")], Some(AccessMode::Service));
        check(
            &[
                appid,
                (TOKEN_URL, "https://a.cn/t"),
                (TOKEN_METHOD, "post"),
                ("FAHUO_TOKEN_BEARER", "b"),
            ],
            Some(AccessMode::Service),
        );
        check(
            &[appid, (TOKEN_URL, "https://a.cn/t"), (TOKEN_METHOD, "put")],
            None,
        );
        check(&[appid, (TOKEN_URL, "http://a.cn/t")], None);
        check(&[(TOKEN_URL, "https://a.cn/t")], None);
        check(&[appid, (TOKEN_COMMAND, FULL)], Some(AccessMode::Command));
        check(&[appid, (TOKEN_COMMAND, "token")], None);
        check(&[appid, (TOKEN_COMMAND, "[]")], None);
        check(
            &[appid, ("FAHUO_APP_SECRET", "s"), (TOKEN_URL, "https://a.cn/t")],
            None,
        );
        check(&[appid, (COMPONENT_APPID, "wxc"), (TOKEN_COMMAND, FULL)], None);
    }

    #[test]
    fn the_arguments_of_a_program_are_a_list_and_no_line_for_a_shell() {
        let list = serde_json::to_string(&[FULL, "--shop", "1 2"]).unwrap();
        for (text, arguments) in [(FULL, &[][..]), (list.as_str(), &["--shop", "1 2"])] {
            let own = with(&[(APPID, "wx1"), (TOKEN_COMMAND, text)]).unwrap().unwrap();
            let Access::Command {
                program,
                arguments: read,
            } = own.access
            else {
                panic!("no program");
            };
            assert_eq!((program.as_str(), read.len()), (FULL, arguments.len()));
            assert!(read.iter().eq(arguments), "{read:?}");
        }
    }

    #[test]
    fn nothing_secret_of_the_environment_is_printed() {
        let own = with(&[
            (APPID, "wx1"),
            (COMPONENT_APPID, "wxc"),
            ("FAHUO_COMPONENT_SECRET", "CANARY1"),
            ("FAHUO_COMPONENT_TICKET", "CANARY2"),
            ("FAHUO_REFRESH_TOKEN", "CANARY3"),
        ]);
        assert!(!format!("{own:?}").contains("CANARY"));
    }
}
