//! What may be typed behind `events`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::expected::{count, whole};

/// `events …`.
#[derive(Debug, Subcommand)]
pub enum EventsCommand {
    /// List the messages that were taken.
    List(EventsListArgs),
    /// Take messages from a file or from stdin.
    Add(EventsAddArgs),
    /// Take what a relay passes on, until it is stopped.
    Listen(EventsListenArgs),
    /// Keep Token and EncodingAESKey; both are read from the terminal or from the first lines of stdin.
    Keys,
}

/// `events list`.
#[derive(Debug, Args)]
pub struct EventsListArgs {
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = count::<usize>())]
    pub limit: usize,
}

/// `events add`.
#[derive(Debug, Args)]
pub struct EventsAddArgs {
    /// The file, or `-` for stdin.
    #[arg(id = "event_file", value_name = "FILE")]
    pub file: PathBuf,
}

/// `events listen`.
#[derive(Debug, Args)]
pub struct EventsListenArgs {
    /// The port on this computer; 0 takes a free one.
    #[arg(id = "event_port", long = "port", value_name = "N", default_value_t = 8089, value_parser = whole::<u16>(0, 65_535))]
    pub port: u16,
}
