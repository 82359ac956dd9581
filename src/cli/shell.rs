//! `completions` and `man`: what a system's shell and manual know of the command line, made from the very table that
//! reads the arguments, so that they cannot differ from it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args;
use super::output::Console;
use super::{Exit, Fail};
use crate::i18n::Lang;

/// The name under which the program is typed.
const NAME: &str = "fahuoctl";

/// `completions`.
#[derive(Clone, Copy, Debug, Args)]
pub struct CompletionsArgs {
    /// For this shell.
    #[arg(value_enum, value_name = "bash|zsh|fish|powershell")]
    pub shell: Shell,
}

/// The shells that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash.
    Bash,
    /// Z shell.
    Zsh,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
}

/// `man`.
#[derive(Clone, Debug, Args)]
pub struct ManArgs {
    /// Writes all pages into this folder; without it the first page goes to stdout.
    #[arg(long = "into", id = "into", value_name = "DIR")]
    pub into: Option<PathBuf>,
}

/// Prints the completions of a shell.
///
/// # Errors
/// When they cannot be printed.
pub fn completions(console: Console, args: CompletionsArgs) -> Result<Exit, Fail> {
    let shell = match args.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::Powershell => clap_complete::Shell::PowerShell,
    };
    // Into memory first: the generator panics when its writer fails, for example at a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(console.lang), NAME, &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual's first page, or writes all pages.
///
/// # Errors
/// When they cannot be written.
pub fn man(console: Console, args: &ManArgs) -> Result<Exit, Fail> {
    match &args.into {
        None => {
            let page = page(args::command(console.lang))?;
            io::stdout().lock().write_all(&page)?;
        }
        Some(folder) => write_pages(console.lang, folder)?,
    }
    Ok(Exit::Done)
}

fn write_pages(lang: Lang, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    write_below(args::command(lang), NAME, folder)
}

/// One page for a command and for each below it: `fahuoctl.1`, `fahuoctl-ship.1`, `fahuoctl-account-add.1`, …
fn write_below(command: clap::Command, name: &str, folder: &Path) -> io::Result<()> {
    for inner in command
        .get_subcommands()
        .filter(|inner| inner.get_name() != "help")
    {
        let full = format!("{name}-{}", inner.get_name());
        write_below(inner.clone(), &full, folder)?;
    }
    fs::write(
        folder.join(format!("{name}.1")),
        page(command.name(name.to_owned()))?,
    )
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_page_in_both_languages() {
        for (lang, word) in [(Lang::En, "Exit codes"), (Lang::ZhCn, "退出码")] {
            let folder = tempfile::tempdir().unwrap();
            write_pages(lang, folder.path()).unwrap();
            let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(read("fahuoctl.1").contains(word), "{}", read("fahuoctl.1"));
            assert!(read("fahuoctl-ship.1").contains("yes"));
            assert!(read("fahuoctl-account-add.1").contains("appid"));
            assert!(!folder.path().join("fahuoctl-help.1").exists());
        }
    }
}
