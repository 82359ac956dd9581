//! What to say when the arguments make no command, and the help; clap itself speaks only English.

use std::io::{self, Write as _};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Exit;
use super::output::Console;
use crate::i18n::{Arg, Lang, text_with};

/// Prints help and version, or what is wrong with the arguments.
pub fn answer(lang: Lang, error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Whoever closes the pipe has seen enough.
        drop(write!(io::stdout(), "{}", error.render()));
        return Exit::Done;
    }
    Console::new(lang, None).say_text(explain(lang, error).trim_end());
    Exit::CannotRun
}

fn explain(lang: Lang, error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(value_text).unwrap_or_default();
    let args: [(&str, Arg); 5] = [
        ("argument", context(ContextKind::InvalidArg).into()),
        ("value", context(ContextKind::InvalidValue).into()),
        ("valid", valid(error).into()),
        ("prior", context(ContextKind::PriorArg).into()),
        ("command", context(ContextKind::InvalidSubcommand).into()),
    ];
    let id = match error.kind() {
        ErrorKind::UnknownArgument => "cli-misuse-unknown-argument",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            if context(ContextKind::InvalidValue).is_empty() {
                "cli-misuse-value-missing"
            } else {
                "cli-misuse-value"
            }
        }
        ErrorKind::MissingRequiredArgument => "cli-misuse-missing",
        ErrorKind::ArgumentConflict => "cli-misuse-conflict",
        ErrorKind::InvalidSubcommand => "cli-misuse-command",
        ErrorKind::MissingSubcommand => "cli-misuse-no-command",
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return error.render().to_string(),
        // Rare ones, for example an argument that is no text: clap's own words are better than none.
        _ => return error.render().to_string(),
    };
    let usage = error.get(ContextKind::Usage).map(value_text).unwrap_or_default();
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

/// What a value must be: the listed words, or what the reader of the value says.
fn valid(error: &clap::Error) -> String {
    if let Some(listed) = error.get(ContextKind::ValidValue) {
        return value_text(listed);
    }
    std::error::Error::source(error)
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn value_text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            texts.join(", ")
        }
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}
