//! What may be typed for `remind`, `report` and `jump-path`; apart from the other commands because it is many words.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use crate::domain::Timestamp;

/// Which orders.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).multiple(true).args(["numbers", "numbers_file"]))]
pub struct OrdersOf {
    /// WeChat's numbers or the shop's.
    #[arg(value_name = "ORDER")]
    pub numbers: Vec<String>,
    /// A file with a column of order numbers.
    #[arg(long = "from-file", value_name = "FILE")]
    pub numbers_file: Option<PathBuf>,
}

/// `remind`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whom").required(true).multiple(true).args(["numbers", "numbers_file", "all"]))]
pub struct RemindArgs {
    /// WeChat's numbers or the shop's.
    #[arg(value_name = "ORDER")]
    pub numbers: Vec<String>,
    /// A file with a column of order numbers.
    #[arg(long = "from-file", value_name = "FILE")]
    pub numbers_file: Option<PathBuf>,
    /// Every order that can be reminded.
    #[arg(long, conflicts_with_all = ["numbers", "numbers_file"])]
    pub all: bool,
    /// When the parcels were signed for; now when nothing is given.
    #[arg(long, value_name = "TIME", value_parser = super::args::read_time)]
    pub signed_at: Option<Timestamp>,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `report …`.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Orders that are shipped later than 15 days after the payment.
    Presale(PresaleArgs),
    /// Orders that are never shipped.
    Test(TestArgs),
}

/// `report presale`.
#[derive(Debug, Args)]
pub struct PresaleArgs {
    /// Which orders.
    #[command(flatten)]
    pub which: OrdersOf,
    /// The day by whose end they are shipped.
    #[arg(long, value_name = "TIME", value_parser = super::args::read_time)]
    pub ship_by: Timestamp,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `report test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Which orders.
    #[command(flatten)]
    pub which: OrdersOf,
    /// How many orders that are, instead of being asked for it.
    #[arg(long, value_name = "N", value_parser = super::expected::count::<usize>())]
    pub confirm_count: Option<usize>,
}

/// `jump-path …`.
#[derive(Debug, Subcommand)]
pub enum JumpPathCommand {
    /// Show what was last set from here.
    Show,
    /// Set it.
    Set(JumpPathArgs),
}

/// `jump-path set`.
#[derive(Debug, Args)]
pub struct JumpPathArgs {
    /// The page, with its query; empty for WeChat's own.
    #[arg(value_name = "PATH")]
    pub path: String,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
}
