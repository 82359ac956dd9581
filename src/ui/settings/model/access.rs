//! The part of the account form that says how the account comes by its tokens, with its problems. What is typed into one
//! way is kept while another one is looked at, and only the chosen one is saved.

use super::{FormField, is_appid};
use crate::domain::{Access, AccessMode, AccessProblem, SecretField, ServiceMethod, Timestamp};
use crate::engine::command::{Secret, Secrets};
use crate::i18n::{Lang, format, text, text_with};

/// Hours for which WeChat takes a ticket.
const TICKET_HOURS: u64 = 12;
/// Seconds that an access token lives at most.
const TOKEN_SECS: u64 = 2 * 60 * 60;

/// What a person types about the way to a token; `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AccessForm {
    /// The chosen way.
    pub mode: AccessMode,
    /// AppID of the platform.
    pub component_appid: String,
    /// Its AppSecret; empty keeps the one that is there, like all secrets here.
    pub component_secret: String,
    /// The ticket.
    pub ticket: String,
    /// The refresh token.
    pub refresh_token: String,
    /// A pasted token.
    pub token: String,
    /// Address of the token service.
    pub service_url: String,
    /// How it is asked.
    pub method: ServiceMethod,
    /// What it wants to see.
    pub bearer: String,
    /// The program's full path.
    pub program: String,
    /// What it is called with, one on each line.
    pub arguments: String,
    /// The way as it is kept; its secrets may be left empty while they belong to what is typed.
    pub kept: Option<Access>,
}

impl AccessForm {
    /// The form of a way that is kept.
    pub fn of(access: &Access) -> Self {
        let mut form = Self {
            mode: access.mode(),
            kept: Some(access.clone()),
            ..Self::default()
        };
        match access {
            Access::Secret | Access::Token { .. } => {}
            Access::Platform { component_appid, .. } => form.component_appid.clone_from(component_appid),
            Access::Service { url, method } => {
                form.service_url.clone_from(url);
                form.method = *method;
            }
            Access::Command { program, arguments } => {
                form.program.clone_from(program);
                form.arguments = arguments.join("\n");
            }
        }
        form
    }

    /// What is typed, as a way.
    pub fn access(&self) -> Access {
        let access = match self.mode {
            AccessMode::Secret => Access::Secret,
            AccessMode::Platform => Access::Platform {
                component_appid: self.component_appid.clone(),
                ticket_at: None,
            },
            AccessMode::Token => Access::Token { pasted_at: None },
            AccessMode::Service => Access::Service {
                url: self.service_url.clone(),
                method: self.method,
            },
            AccessMode::Command => Access::Command {
                program: self.program.clone(),
                arguments: self.arguments.lines().map(str::to_owned).collect(),
            },
        };
        access.trimmed()
    }

    /// Secrets that are there already belong to what is typed now.
    pub fn keeps_secrets(&self) -> bool {
        let access = self.access();
        self.kept
            .as_ref()
            .is_some_and(|kept| access.shares_secrets_with(kept))
    }

    /// The secret that is typed at a field.
    pub fn secret_mut(&mut self, field: SecretField) -> Option<&mut String> {
        Some(match field {
            SecretField::AppSecret => return None,
            SecretField::ComponentSecret => &mut self.component_secret,
            SecretField::Ticket => &mut self.ticket,
            SecretField::RefreshToken => &mut self.refresh_token,
            SecretField::AccessToken => &mut self.token,
            SecretField::Bearer => &mut self.bearer,
        })
    }

    /// The secrets move out of the form; what was typed for a way that was not chosen is wiped as well.
    pub fn take_secrets(&mut self) -> Secrets {
        let mut secrets = Secrets::default();
        for field in SecretField::ALL {
            let Some(typed) = self.secret_mut(field).map(std::mem::take) else {
                continue;
            };
            if self.mode.secrets().contains(&field) {
                secrets.put(field, Secret::new(typed.trim().to_owned()));
            }
            drop(Secret::new(typed));
        }
        secrets
    }

    /// What keeps it from being saved. `has_secrets`: what is kept is at hand.
    pub fn problems(&self, has_secrets: bool) -> Vec<(FormField, &'static str)> {
        let mut problems = Vec::new();
        let access = self.access();
        if let Access::Platform { component_appid, .. } = &access
            && !is_appid(component_appid)
        {
            problems.push((FormField::ComponentAppid, "settings-component-appid-shape"));
        } else if let Some(problem) = access.problem() {
            problems.push(match problem {
                AccessProblem::ComponentAppid => {
                    (FormField::ComponentAppid, "settings-component-appid-shape")
                }
                AccessProblem::ServiceAddress => (FormField::ServiceUrl, "settings-service-url-shape"),
                AccessProblem::ServiceNotHttps => (FormField::ServiceUrl, "settings-service-url-https"),
                AccessProblem::Program => (FormField::Program, "settings-program-shape"),
            });
        }
        let kept = has_secrets && self.keeps_secrets();
        for field in self.mode.secrets() {
            let typed = match field {
                // It stands with the AppID, and is looked at there.
                SecretField::AppSecret => continue,
                SecretField::ComponentSecret => &self.component_secret,
                SecretField::Ticket => &self.ticket,
                SecretField::RefreshToken => &self.refresh_token,
                SecretField::AccessToken => &self.token,
                SecretField::Bearer => &self.bearer,
            };
            let typed = typed.trim();
            if typed.is_empty() && field.is_needed() && !kept {
                problems.push((FormField::Kept(*field), "settings-access-missing"));
            } else if !typed.bytes().all(|b| b.is_ascii_graphic()) {
                problems.push((FormField::Kept(*field), "settings-access-shape"));
            }
        }
        problems
    }

    /// How old what is kept is, where it ages: the words, and whether it is too old by now.
    pub fn age(&self, lang: Lang, now: Timestamp) -> Option<(String, bool)> {
        match self.kept.as_ref().filter(|kept| kept.mode() == self.mode)? {
            Access::Platform {
                ticket_at: Some(at), ..
            } => {
                let age = ("age", format::age(lang, *at, now).into());
                let old = now.since(*at).as_secs() > TICKET_HOURS.saturating_mul(3600);
                let id = if old {
                    "settings-ticket-old"
                } else {
                    "settings-ticket-age"
                };
                Some((text_with(lang, id, &[age]), old))
            }
            Access::Token { pasted_at: Some(at) } => {
                let spent = now.since(*at).as_secs();
                if spent >= TOKEN_SECS {
                    return Some((text(lang, "settings-token-old"), true));
                }
                let minutes = TOKEN_SECS.saturating_sub(spent).div_ceil(60);
                let args = [
                    ("age", format::age(lang, *at, now).into()),
                    ("minutes", minutes.into()),
                ];
                Some((text_with(lang, "settings-token-age", &args), false))
            }
            Access::Secret
            | Access::Platform { ticket_at: None, .. }
            | Access::Token { pasted_at: None }
            | Access::Service { .. }
            | Access::Command { .. } => None,
        }
    }
}

impl std::fmt::Debug for AccessForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessForm")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
