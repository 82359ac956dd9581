//! What may be typed: commands, options, their words in both languages. Apart from what they do.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgGroup, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::account_args::{AccountAddArgs, AccountRemoveArgs, AccountRenewArgs, AccountTestArgs};
use super::columns::ColumnArgs;
use super::errand_args::{JumpPathCommand, RemindArgs, ReportCommand};
use super::expected::{Expected, count, whole};
use super::history::{ExportArgs, FindArgs};
use super::sandbox::SandboxArgs;
use super::saving::{SaveArgs, TemplateArgs};
use super::{events_args::EventsCommand, pay::PayCommand};
use crate::domain::{OrderState, Timestamp};
use crate::i18n::Lang;
use crate::logbook::Level;

/// Everything that may be typed.
#[derive(Debug, Parser)]
#[command(
    name = "fahuoctl",
    version,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Cli {
    /// Options that stand before or after the command.
    #[command(flatten)]
    pub global: Global,
    /// Print the version.
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Default, Args)]
pub struct Global {
    /// Where the journal lies.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Which account, by name or AppID.
    #[arg(long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// Use the embedded simulator.
    #[arg(long, global = true, conflicts_with_all = ["api_base", "account"])]
    pub sandbox: bool,
    /// Another server.
    #[arg(long, global = true, value_name = "URL")]
    pub api_base: Option<String>,
    /// For people or for scripts; text on a terminal, else JSON.
    #[arg(long, global = true, value_enum, value_name = "text|json")]
    pub format: Option<Format>,
    /// The language of the words.
    #[arg(long, global = true, value_name = "zh-CN|en", value_parser = ["zh-CN", "en"])]
    pub lang: Option<String>,
    /// How much is noted in the log.
    #[arg(long, global = true, env = "FAHUO_LOG", hide_env = true, value_name = "off|error|warn|info|debug|trace", value_parser = read_level)]
    pub log_level: Option<Level>,
    /// Print the help.
    #[arg(short = 'h', long, global = true, action = clap::ArgAction::Help)]
    pub(super) help: Option<bool>,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For scripts.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, map and validate files.
    Check(CheckArgs),
    /// Check, then send what is ready.
    Ship(ShipArgs),
    /// Go on with what was left.
    Resume(ResumeArgs),
    /// Take back what was not sent yet.
    Cancel,
    /// Write refused orders into WeChat's own template.
    Template(TemplateArgs),
    /// List orders.
    Orders(OrdersArgs),
    /// Show one order.
    Order(OrderArgs),
    /// Accounts of this data folder.
    #[command(subcommand)]
    Account(AccountCommand),
    /// The computers that ship together.
    #[command(subcommand)]
    Team(TeamCommand),
    /// Test the account, or ask WeChat about itself.
    Doctor(super::doctor::DoctorArgs),
    /// List the couriers that may be sent.
    Couriers,
    /// List shipments of the journal, or search everything that happened.
    History(HistoryArgs),
    /// Remind buyers to confirm receipt.
    Remind(RemindArgs),
    /// Ship the sub-orders of a combined order with one call.
    ShipCombined(super::combined::CombinedArgs),
    /// Report special orders.
    #[command(subcommand)]
    Report(ReportCommand),
    /// The page that messages open.
    #[command(subcommand)]
    JumpPath(JumpPathCommand),
    /// Payments of WeChat Pay Global.
    #[command(subcommand)]
    Pay(PayCommand),
    /// Shopping orders in the bills of buyers.
    #[command(subcommand)]
    Shopping(super::shopping::ShoppingCommand),
    /// WeChat's push messages.
    #[command(subcommand)]
    Events(EventsCommand),
    /// Put the history into a file.
    Export(ExportArgs),
    /// Serve the simulator.
    Sandbox(SandboxArgs),
    /// How long personal data is kept, and everything as one file.
    #[command(subcommand)]
    Data(super::data::DataCommand),
    /// Print the completions of a shell.
    Completions(super::shell::CompletionsArgs),
    /// Print or write the manual.
    Man(super::shell::ManArgs),
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The files.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What their columns are for.
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// What to write.
    #[command(flatten)]
    pub save: SaveArgs,
}

/// `ship`.
#[derive(Debug, Args)]
pub struct ShipArgs {
    /// The files, one after another.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What their columns are for.
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
    /// Seconds to wait before the first send.
    #[arg(long, value_name = "SECS", value_parser = whole::<u32>(0, 600))]
    pub hold: Option<u32>,
    /// Allow the single re-shipment for orders of these files.
    #[arg(long)]
    pub reship: bool,
    /// Send although the team's folder is not asked.
    #[arg(long)]
    pub without_claims: bool,
    /// Where files go of which nothing is left to do.
    #[arg(long, value_name = "DIR")]
    pub move_finished: Option<PathBuf>,
    /// What to write.
    #[command(flatten)]
    pub save: SaveArgs,
}

/// `resume`.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// Send although the team's folder is not asked.
    #[arg(long)]
    pub without_claims: bool,
}

/// `team …`.
#[derive(Debug, Subcommand)]
pub enum TeamCommand {
    /// Join the team of a shared folder; the key is read from the terminal or from the first line of stdin.
    Join(TeamJoinArgs),
    /// Ship alone again.
    Leave,
    /// Show the folder and this computer's name.
    Show,
}

/// `team join`.
#[derive(Debug, Args)]
pub struct TeamJoinArgs {
    /// The shared folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The name by which colleagues know this person.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub operator: String,
}

/// `orders`.
#[derive(Debug, Args)]
pub struct OrdersArgs {
    /// Only this state.
    #[arg(long, value_name = "STATE", value_parser = read_state)]
    pub state: Option<OrderState>,
    /// Only this payer.
    #[arg(long, value_name = "OPENID")]
    pub payer: Option<String>,
    /// Paid at or after.
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub paid_from: Option<Timestamp>,
    /// Paid at or before; a day counts to its end.
    #[arg(long, value_name = "TIME", value_parser = read_end)]
    pub paid_to: Option<Timestamp>,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = count::<usize>())]
    pub limit: usize,
}

/// `order`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("key").required(true).args(["transaction_id", "out_trade_no"]))]
pub struct OrderArgs {
    /// WeChat's number.
    #[arg(long, value_name = "ID")]
    pub transaction_id: Option<String>,
    /// The merchant number.
    #[arg(
        long,
        value_name = "M",
        requires = "out_trade_no",
        conflicts_with = "transaction_id"
    )]
    pub mchid: Option<String>,
    /// The shop's number.
    #[arg(long, value_name = "NO", requires = "mchid")]
    pub out_trade_no: Option<String>,
}

/// `account …`.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account; the AppSecret is read from the terminal or from the first line of stdin.
    Add(Box<AccountAddArgs>),
    /// List accounts.
    List,
    /// Forget an account and its secret.
    Remove(AccountRemoveArgs),
    /// Fill in new secrets of an account.
    Renew(AccountRenewArgs),
    /// Test an account.
    Test(AccountTestArgs),
}

/// `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// What of everything that happened; without it the shipments of today are listed with what happens next.
    #[command(flatten)]
    pub find: FindArgs,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = count::<usize>())]
    pub limit: usize,
}

/// Words for the states of orders, beside their numbers.
const STATE_WORDS: [(&str, OrderState); 6] = [
    ("to_ship", OrderState::ToShip),
    ("shipped", OrderState::Shipped),
    ("received", OrderState::Received),
    ("awaiting_settlement", OrderState::AwaitingSettlement),
    ("complete", OrderState::Complete),
    ("refunded", OrderState::Refunded),
];

/// The word of a state for scripts; `unknown` for a number that is not known.
pub fn state_word(state: OrderState) -> &'static str {
    STATE_WORDS
        .iter()
        .find(|(_, known)| *known == state)
        .map_or("unknown", |(word, _)| word)
}

fn read_state(typed: &str) -> Result<OrderState, Expected> {
    let word = typed.trim().replace('-', "_").to_lowercase();
    let by_number = || {
        let code: i64 = word.parse().ok()?;
        Some(OrderState::from(code)).filter(|state| OrderState::KNOWN.contains(state))
    };
    STATE_WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, state)| *state)
        .or_else(by_number)
        .ok_or_else(|| Expected::Words(STATE_WORDS.map(|(word, _)| word).join(", ")))
}

/// A moment, or a day at +08:00.
pub(super) fn read_time(typed: &str) -> Result<Timestamp, Expected> {
    Timestamp::parse(typed).ok_or(Expected::Time)
}

/// A moment, or the end of a day at +08:00.
fn read_end(typed: &str) -> Result<Timestamp, Expected> {
    let end = format!("{}T23:59:59.999+08:00", typed.trim());
    Timestamp::parse(&end).map_or_else(|| read_time(typed), Ok)
}

/// A level of the log.
pub(super) fn read_level(typed: &str) -> Result<Level, Expected> {
    Level::of_word(typed).ok_or_else(|| Expected::Words(Level::ALL.map(Level::word).join(", ")))
}

/// Reads the arguments.
///
/// # Errors
/// What clap says, also for `--help` and `--version`.
pub fn parse(args: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    let command = command(lang);
    let args = super::misuse::globals_before_help(&command, args);
    let matches = command.try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

/// The command with its words.
pub fn command(lang: Lang) -> clap::Command {
    let mut command = Cli::command();
    // Only after this are `help` and the global options everywhere.
    command.build();
    super::args_words::localise(command, lang, "fahuoctl")
}

#[cfg(test)]
#[path = "args_tests.rs"]
mod tests;
