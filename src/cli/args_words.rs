//! The words of the command line: what each command, argument and option is for, in one language.

use crate::i18n::{Lang, text};

/// Puts the words of a language into a command and everything below it; `name` is its way from the top.
pub fn localise(command: clap::Command, lang: Lang, name: &str) -> clap::Command {
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
            let nothing_by_default = arg.get_default_values().iter().all(|value| value.is_empty());
            arg.help(help)
                .help_heading(heading.clone())
                .hide_possible_values(true)
                .hide_default_value(nothing_by_default)
        });
    let command = if name == "account" {
        command.after_help(text(lang, "cli-after-help-account"))
    } else if name == "fahuoctl" {
        command.after_help(text(lang, "cli-after-help"))
    } else {
        command
    };
    let inner: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    inner.into_iter().fold(command, |command, inner| {
        let full = if inner == "help" || name == "fahuoctl" || name == "help" {
            inner.clone()
        } else {
            format!("{name}-{inner}")
        };
        command.mut_subcommand(inner, |sub| localise(sub, lang, &full))
    })
}
