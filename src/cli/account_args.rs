//! What may be typed about accounts. Secrets are never among it: other programs see what stands on a command line.

use clap::Args;

use super::expected::{Expected, whole};
use crate::domain::{Access, AccessMode, ServiceMethod};

/// `account add`.
#[derive(Debug, Args)]
pub struct AccountAddArgs {
    /// The name by which staff know it.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// AppID of the Mini Program.
    #[arg(long, value_name = "APPID")]
    pub appid: String,
    /// How it comes by its access tokens.
    #[arg(
        long,
        value_name = "secret|platform|token|service|command",
        default_value = "secret",
        value_parser = read_mode
    )]
    pub mode: AccessMode,
    /// AppID of the third-party platform.
    #[arg(long, value_name = "APPID", default_value = "")]
    pub component_appid: String,
    /// Address of the token service.
    #[arg(long, value_name = "URL", default_value = "")]
    pub token_url: String,
    /// Ask the token service by POST.
    #[arg(long)]
    pub token_post: bool,
    /// The program that prints a token.
    #[arg(long, value_name = "PATH", default_value = "")]
    pub token_program: String,
    /// One argument of the program; may be repeated.
    #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
    pub token_argument: Vec<String>,
    /// The merchant number.
    #[arg(long, value_name = "M", default_value = "")]
    pub mchid: String,
    /// Parcels per payment.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = whole::<u8>(10, 15))]
    pub max_parcels: u8,
    /// The sender's phone for 顺丰; masked before it is kept.
    #[arg(long, value_name = "PHONE", default_value = "")]
    pub sender_contact: String,
    /// Courier for files without one.
    #[arg(long, value_name = "ID", default_value = "")]
    pub default_courier: String,
    /// Text for orders without one.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub default_item_desc: String,
}

/// `account remove`.
#[derive(Debug, Args)]
pub struct AccountRemoveArgs {
    /// Its name or AppID.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Remove without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `account test`.
#[derive(Debug, Args)]
pub struct AccountTestArgs {
    /// Its name or AppID; the one that is used when nothing is given.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `account renew`.
#[derive(Debug, Args)]
pub struct AccountRenewArgs {
    /// Its name or AppID.
    #[arg(value_name = "NAME")]
    pub name: String,
}

impl AccountAddArgs {
    /// The way to a token that was asked for.
    pub fn access(&self) -> Access {
        match self.mode {
            AccessMode::Secret => Access::Secret,
            AccessMode::Platform => Access::Platform {
                component_appid: self.component_appid.clone(),
                ticket_at: None,
            },
            AccessMode::Token => Access::Token { pasted_at: None },
            AccessMode::Service => Access::Service {
                url: self.token_url.clone(),
                method: if self.token_post {
                    ServiceMethod::Post
                } else {
                    ServiceMethod::Get
                },
            },
            AccessMode::Command => Access::Command {
                program: self.token_program.clone(),
                arguments: self.token_argument.clone(),
            },
        }
    }
}

fn read_mode(typed: &str) -> Result<AccessMode, Expected> {
    let known = AccessMode::ALL.into_iter().find(|mode| mode.word() == typed);
    known.ok_or_else(|| Expected::Words(AccessMode::ALL.map(AccessMode::word).join(", ")))
}
