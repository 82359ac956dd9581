//! What to say when the arguments make no command, and the help; clap itself speaks only English.

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::error::{ContextKind, ErrorKind};

use super::Exit;
use super::expected::Expected;
use super::output;
use crate::i18n::{Arg, Lang, text_with};

/// The language that the words should have before anything is parsed: `--lang`, else the system's.
pub fn early_lang(args: &[OsString]) -> Lang {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = texts.windows(2).find_map(|pair| match pair {
        ["--lang", tag] => Lang::from_tag(tag),
        _ => None,
    });
    let joined = || {
        texts
            .iter()
            .find_map(|arg| arg.strip_prefix("--lang=").and_then(Lang::from_tag))
    };
    after.or_else(joined).unwrap_or_else(Lang::system)
}

/// Prints help and version, or what is wrong with the arguments.
pub fn answer(lang: Lang, error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Whoever closes the pipe has seen enough.
        drop(write!(io::stdout(), "{}", error.render()));
        return Exit::Done;
    }
    output::say(explain(lang, error).trim_end());
    Exit::CannotRun
}

fn explain(lang: Lang, error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let args: [(&str, Arg); 5] = [
        ("argument", context(ContextKind::InvalidArg).into()),
        ("value", context(ContextKind::InvalidValue).into()),
        ("valid", valid(lang, error).into()),
        ("prior", context(ContextKind::PriorArg).into()),
        ("command", context(ContextKind::InvalidSubcommand).into()),
    ];
    let twice = error.kind() == ErrorKind::ArgumentConflict
        && context(ContextKind::InvalidArg) == context(ContextKind::PriorArg);
    let id = message_id(error.kind(), !context(ContextKind::InvalidValue).is_empty());
    let Some(id) = id.map(|id| if twice { "cli-misuse-twice" } else { id }) else {
        return error.render().to_string();
    };
    let usage = error
        .get(ContextKind::Usage)
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut words = text_with(lang, id, &args);
    if !usage.is_empty() {
        words.push('\n');
        words.push_str(
            usage
                .replace("Usage:", &crate::i18n::text(lang, "cli-usage"))
                .trim(),
        );
    }
    words.push('\n');
    words.push_str(&crate::i18n::text(lang, "cli-misuse-help"));
    words
}

/// `None` for rare ones, for example an argument that is no text: clap's own words are better than none.
fn message_id(kind: ErrorKind, has_value: bool) -> Option<&'static str> {
    const IDS: [(ErrorKind, &str); 6] = [
        (ErrorKind::UnknownArgument, "cli-misuse-unknown-argument"),
        (ErrorKind::MissingRequiredArgument, "cli-misuse-missing"),
        (ErrorKind::ArgumentConflict, "cli-misuse-conflict"),
        (ErrorKind::InvalidSubcommand, "cli-misuse-command"),
        (ErrorKind::MissingSubcommand, "cli-misuse-no-command"),
        (ErrorKind::InvalidValue, "cli-misuse-value"),
    ];
    let kind = if kind == ErrorKind::ValueValidation {
        ErrorKind::InvalidValue
    } else {
        kind
    };
    if kind == ErrorKind::InvalidValue && !has_value {
        return Some("cli-misuse-value-missing");
    }
    IDS.iter().find(|(known, _)| *known == kind).map(|(_, id)| *id)
}

/// What a value must be: the listed words, or what the reader of the value says.
fn valid(lang: Lang, error: &clap::Error) -> String {
    if let Some(listed) = error.get(ContextKind::ValidValue) {
        return listed.to_string();
    }
    let source = std::error::Error::source(error);
    let expected = source.and_then(|source| source.downcast_ref::<Expected>());
    expected.map(|expected| expected.words(lang)).unwrap_or_default()
}

/// The arguments with the options of every command put before `help`, which itself takes none behind it.
pub fn globals_before_help(command: &clap::Command, args: &[OsString]) -> Vec<OsString> {
    let takes_value = |arg: &OsString| {
        let option = arg.to_str().and_then(|arg| arg.strip_prefix("--"))?;
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (option, None),
        };
        let known = command
            .get_arguments()
            .find(|known| known.is_global_set() && known.get_long() == Some(name) && name != "help")?;
        Some(known.get_action().takes_values() && value.is_none())
    };
    let Some(help) = place_of_help(command, args, &takes_value) else {
        return args.to_vec();
    };
    let (before, from_help) = args.split_at(help);
    let (mut moved, mut others) = (Vec::new(), Vec::new());
    let mut rest = from_help.iter();
    while let Some(arg) = rest.next() {
        match takes_value(arg) {
            // The help of the help is the help.
            None if arg == "--help" || arg == "-h" => {}
            None => others.push(arg.clone()),
            Some(false) => moved.push(arg.clone()),
            Some(true) => match rest.next() {
                Some(value) => moved.extend([arg.clone(), value.clone()]),
                None => others.push(arg.clone()),
            },
        }
    }
    [before.to_vec(), moved, others].concat()
}

/// Where `help` stands as a command.
fn place_of_help(
    command: &clap::Command,
    args: &[OsString],
    takes_value: &impl Fn(&OsString) -> Option<bool>,
) -> Option<usize> {
    let mut inner = command;
    let mut rest = args.iter().enumerate().skip(1);
    while let Some((at, arg)) = rest.next() {
        let word = arg.to_str()?;
        if word == "help" {
            return Some(at);
        }
        if takes_value(arg) == Some(true) {
            rest.next();
        } else if !word.starts_with('-') {
            inner = inner.find_subcommand(word)?;
        }
    }
    None
}
