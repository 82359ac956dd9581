//! The words of the command line: what each command, argument and option is for, in one language.

use super::combined_form;
use crate::i18n::{Lang, text, text_with};

/// Puts the words of a language into a command and everything below it; `way` is its way from the top, which ends
/// before a `help`, because what stands below one is what stands beside it.
pub fn localise(command: clap::Command, lang: Lang, way: &str) -> clap::Command {
    let name = if command.get_name() == "help" { "help" } else { way };
    let own = text(lang, "cli-options");
    let global = text(lang, "cli-global-options");
    let arguments = text(lang, "cli-arguments");
    let about = text(lang, &format!("cli-about-{name}"));
    let usage = text(lang, "cli-usage");
    let command = command
        .about(about)
        .help_template(format!(
            "{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading(text(lang, "cli-commands"))
        .mut_args(|arg| {
            let help = text(lang, &format!("cli-arg-{}", arg.get_id()));
            let heading = if arg.is_positional() {
                &arguments
            } else if arg.is_global_set() || arg.get_id() == "version" {
                &global
            } else {
                &own
            };
            let help = [help, default_words(lang, &arg)].concat();
            arg.help(help)
                .help_heading(heading.clone())
                .hide_possible_values(true)
                .hide_default_value(true)
        });
    let command = match after_help(lang, name) {
        Some(words) => command.after_help(words),
        None => command,
    };
    let inner: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    inner.into_iter().fold(command, |command, inner| {
        let full = match (inner.as_str(), way) {
            ("help", _) => way.to_owned(),
            (_, "fahuoctl") => inner.clone(),
            _ => format!("{way}-{inner}"),
        };
        command.mut_subcommand(inner, |sub| localise(sub, lang, &full))
    })
}

/// What an option is when it is left out, in words; empty for a switch and for what is nothing then.
fn default_words(lang: Lang, arg: &clap::Arg) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let values = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy());
    let values: Vec<_> = values.filter(|value| !value.is_empty()).collect();
    if values.is_empty() {
        return String::new();
    }
    text_with(lang, "cli-default", &[("value", values.join(" ").into())])
}

/// What a command needs beside its options: the environment, a sample.
fn after_help(lang: Lang, name: &str) -> Option<String> {
    let words = match name {
        "fahuoctl" => text(lang, "cli-after-help"),
        "account" => text(lang, "cli-after-help-account"),
        "pay" | "pay-query" => text(lang, "cli-after-help-pay"),
        "ship-combined" => {
            let [before, behind] = ["cli-form-sample", "cli-form-notes"].map(|id| text(lang, id));
            format!("{before}\n{}\n\n{behind}", combined_form::SAMPLE)
        }
        _ => return None,
    };
    Some(words)
}
