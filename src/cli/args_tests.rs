//! What may be typed, and that every option has words in both languages.

use super::*;

fn parsed(line: &str) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
    parse(&args, Lang::En)
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    for line in [
        "fahuoctl --data-dir d --format json check a.csv",
        "fahuoctl check a.csv --data-dir d --format json",
        "fahuoctl check --format json a.csv --data-dir d",
    ] {
        let cli = parsed(line).unwrap();
        assert_eq!(cli.global.data_dir, Some(PathBuf::from("d")), "{line}");
        assert_eq!(cli.global.format, Some(Format::Json), "{line}");
    }
    let deep = parsed("fahuoctl account list --lang en").unwrap();
    assert_eq!(deep.global.lang.as_deref(), Some("en"));
}

#[track_caller]
fn check(line: &str, usable: bool) {
    assert_eq!(parsed(line).is_ok(), usable, "{line}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    check("fahuoctl", false);
    check("fahuoctl ship", false);
    check("fahuoctl send a.csv", false);
    check("fahuoctl check a.csv --forced", false);
    check("fahuoctl template", false);
    check(
        "fahuoctl ship a.csv --yes --failures b.csv --successes c.xlsx --force",
        true,
    );
    check("fahuoctl check a.csv --format xml", false);
    check("fahuoctl --sandbox --api-base http://127.0.0.1 resume", false);
    check("fahuoctl --sandbox --account a resume", false);
    check("fahuoctl ship a.csv --hold 601", false);
    check("fahuoctl ship a.csv --hold 600", true);
    check("fahuoctl order", false);
    check("fahuoctl order --transaction-id 1", true);
    check("fahuoctl order --out-trade-no 1", false);
    check("fahuoctl order --mchid 1 --out-trade-no 1", true);
    check(
        "fahuoctl order --transaction-id 1 --out-trade-no 1 --mchid 1",
        false,
    );
    check("fahuoctl orders --state nearly", false);
    check("fahuoctl orders --paid-from soon", false);
    check("fahuoctl account add shop", false);
    check("fahuoctl account add shop --appid wx1 --max-parcels 16", false);
}

#[test]
fn a_secret_is_never_an_argument() {
    check("fahuoctl account add shop --appid wx1 --secret s", false);
    check("fahuoctl account add shop --appid wx1 --app-secret s", false);
    check("fahuoctl --app-secret s doctor", false);
}

#[test]
fn states_are_words_or_numbers_and_times_are_days_or_moments() {
    for (typed, state) in [
        ("to_ship", OrderState::ToShip),
        ("To-Ship", OrderState::ToShip),
        ("6", OrderState::AwaitingSettlement),
    ] {
        let cli = parsed(&format!("fahuoctl orders --state {typed}")).unwrap();
        let Command::Orders(orders) = cli.command else {
            panic!("{typed}")
        };
        assert_eq!(orders.state, Some(state), "{typed}");
    }
    check("fahuoctl orders --state 7", false);
    check(
        "fahuoctl orders --paid-from 2026-11-21 --paid-to 2026-11-21T14:00:00+08:00",
        true,
    );
    let end = read_time("2026-11-21T23:59:59.999+08:00");
    assert_eq!(read_end("2026-11-21"), end);
    assert_eq!(
        read_end("2026-11-21T14:00:00+08:00"),
        read_time("2026-11-21T14:00:00+08:00")
    );
    assert!(read_end("yesterday").is_err());
    for state in OrderState::KNOWN {
        assert_eq!(read_state(state_word(state)), Ok(state));
    }
}

#[test]
fn the_language_is_known_before_anything_is_parsed() {
    let of = |line: &str| {
        let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        super::super::misuse::early_lang(&args)
    };
    assert_eq!(of("fahuoctl check --lang en x"), Lang::En);
    assert_eq!(of("fahuoctl --lang=zh-CN check x"), Lang::ZhCn);
}

#[test]
fn every_command_and_option_has_words_in_both_languages() {
    fn walk(command: &clap::Command, path: &str, seen: &mut usize) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && !about.starts_with("cli-"), "{path}: {about}");
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                !help.is_empty() && !help.starts_with("cli-"),
                "{path} {}: {help}",
                arg.get_id()
            );
            *seen += 1;
        }
        for inner in command
            .get_subcommands()
            .filter(|inner| inner.get_name() != "help")
        {
            walk(inner, &format!("{path} {}", inner.get_name()), seen);
        }
    }
    for lang in Lang::ALL {
        let mut seen = 0;
        walk(&command(lang), "fahuoctl", &mut seen);
        assert!(seen > 40, "the walk has lost its way: {seen}");
    }
}

/// What stands behind `fahuoctl` on the line of an example, as a shell takes it apart.
fn example(text: &str) -> Vec<OsString> {
    let line = text
        .lines()
        .find(|line| !line.starts_with('#') && line.contains("--move-finished"));
    let line = line
        .unwrap()
        .trim()
        .replace("</Arguments>", "")
        .replace("<Arguments>", "fahuoctl ");
    let typed = line
        .split_once("fahuoctl ")
        .unwrap()
        .1
        .split(" > ")
        .next()
        .unwrap();
    let words = typed
        .split_whitespace()
        .map(|word| OsString::from(word.trim_matches('"')));
    std::iter::once(OsString::from("fahuoctl")).chain(words).collect()
}

#[test]
fn the_examples_for_schedulers_can_be_typed() {
    for text in [
        include_str!("../../packaging/unattended/fahuo.cron"),
        include_str!("../../packaging/unattended/fahuo-ship.service"),
        include_str!("../../packaging/unattended/fahuo-ship.xml"),
    ] {
        let cli = parse(&example(text), Lang::En).unwrap();
        let Command::Ship(args) = cli.command else {
            panic!("{text}");
        };
        assert!(
            args.yes && args.files.len() == 1 && args.move_finished.is_some(),
            "{text}"
        );
    }
}
