//! The secrets of an account as they come in: from the environment, from the terminal without being shown, or line by line
//! from stdin. Never from the command line, which other programs can see.

use std::io::{self, BufRead as _, IsTerminal as _};

use super::Fail;
use super::output::Console;
use super::setup::Env;
use crate::domain::{AccessMode, SecretField};
use crate::engine::{Secret, Secrets};

/// The variable of the environment that may carry a secret.
pub fn variable(field: SecretField) -> &'static str {
    match field {
        SecretField::AppSecret => "FAHUO_APP_SECRET",
        SecretField::ComponentSecret => "FAHUO_COMPONENT_SECRET",
        SecretField::Ticket => "FAHUO_COMPONENT_TICKET",
        SecretField::RefreshToken => "FAHUO_REFRESH_TOKEN",
        SecretField::AccessToken => "FAHUO_ACCESS_TOKEN",
        SecretField::Bearer => "FAHUO_TOKEN_BEARER",
    }
}

/// Reads the secrets of a way to a token, in their order. `may_keep`: an empty answer keeps what is there.
///
/// # Errors
/// When one is missing that is needed.
pub fn read(console: Console, mode: AccessMode, env: Env<'_>, may_keep: bool) -> Result<Secrets, Fail> {
    let mut secrets = Secrets::default();
    for field in mode.secrets() {
        let name = console.text(name_id(*field), &[]);
        // The AppSecret of the environment is for a run without an account.
        let given = (*field != SecretField::AppSecret)
            .then(|| env(variable(*field)))
            .flatten();
        let typed = match given {
            Some(given) => given,
            None => ask(console, *field, &name, may_keep)?,
        };
        let secret = Secret::new(typed.trim().to_owned());
        drop(Secret::new(typed));
        if secret.is_empty() && field.is_needed() && !may_keep {
            let id = if *field == SecretField::AppSecret {
                "cli-no-secret"
            } else {
                "cli-no-other-secret"
            };
            return Err(Fail::cannot_run(console.text(id, &[("name", name.into())])));
        }
        secrets.put(*field, secret);
    }
    Ok(secrets)
}

fn ask(console: Console, field: SecretField, name: &str, may_keep: bool) -> io::Result<String> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        return Ok(line);
    }
    let id = match field {
        _ if may_keep => "cli-type-secret-or-keep",
        SecretField::AppSecret => "cli-type-secret",
        SecretField::Bearer => "cli-type-secret-or-none",
        SecretField::ComponentSecret
        | SecretField::Ticket
        | SecretField::RefreshToken
        | SecretField::AccessToken => "cli-type-other-secret",
    };
    rpassword::prompt_password(console.text(id, &[("name", name.into())]))
}

fn name_id(field: SecretField) -> &'static str {
    match field {
        SecretField::AppSecret => "settings-secret",
        SecretField::ComponentSecret => "settings-component-secret",
        SecretField::Ticket => "settings-ticket",
        SecretField::RefreshToken => "settings-refresh-token",
        SecretField::AccessToken => "settings-token",
        SecretField::Bearer => "settings-bearer",
    }
}
