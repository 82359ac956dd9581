//! `doctor probe`: the guided probe step by step. Each upload is asked for; what was found is printed at the end.

use std::io::{self, Write as _};
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::failures;
use super::output::{self, Console, Tone};
use super::running::Running;
use super::table::{Cell, Table};
use super::{Exit, Fail, question};
use crate::domain::{
    Outcome, Probe, ProbeAnswers, ProbeRefusal, ProbeState, ProbeStep, ProbeStop, Question, Timestamp,
    TransactionId,
};
use crate::engine::snapshot::{ProbeTrouble, ProbeView};
use crate::engine::{Command, DiagnosticsAsk, Gate, ProbeAsk};
use crate::i18n::{
    answer_use, finding_words, format, probe_refusal_words, probe_step_words, probe_stop_words, question_name,
};

/// How long a step may take: a doubt waits for the quiet time and two looks.
const LIMIT: Duration = Duration::from_mins(5);

/// `doctor probe`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub struct ProbeArgs {
    /// The order to begin with; without it the last probe goes on.
    #[arg(id = "probe_order", long = "transaction-id", value_name = "ID")]
    pub transaction_id: Option<String>,
    /// Send every step without asking, but the last, which may spend the correction.
    #[arg(long)]
    pub yes: bool,
    /// Send the last step too without asking.
    #[arg(long, requires = "yes")]
    pub spend_correction: bool,
    /// Only show what is known.
    #[arg(long, conflicts_with_all = ["probe_order", "yes", "stop"])]
    pub show: bool,
    /// End the last probe.
    #[arg(long, conflicts_with_all = ["probe_order", "yes"])]
    pub stop: bool,
}

/// Leads through the probe.
///
/// # Errors
/// When it cannot run, or the order is not suitable.
pub fn run(running: &mut Running, args: &ProbeArgs) -> Result<Exit, Fail> {
    let console = running.console;
    if args.show {
        print_answers(console, &running.snapshot().diagnostics.answers)?;
        return Ok(Exit::Done);
    }
    running.need_credentials()?;
    if args.stop {
        ask(running, ProbeAsk::Stop);
        let ended = resting(running)?;
        report(console, &ended);
        return Ok(Exit::Done);
    }
    if !args.yes {
        question::may_ask(console, false)?;
    }
    if let Some(typed) = &args.transaction_id {
        begin(running, typed)?;
    }
    let view = resting(running)?;
    if view.probe.as_ref().is_none_or(|probe| !probe.is_open()) {
        return Err(Fail::cannot_run(console.text("cli-probe-no-order", &[])));
    }
    let ended = steps(running, args)?;
    report(console, &ended);
    print_answers(console, &running.snapshot().diagnostics.answers)?;
    Ok(match ended.probe.map(|probe| probe.state) {
        Some(ProbeState::Done) => Exit::Done,
        Some(ProbeState::Stopped(ProbeStop::NeverShown | ProbeStop::Closed | ProbeStop::Refused(_))) => {
            Exit::SomeRows
        }
        Some(
            ProbeState::Stopped(ProbeStop::Person)
            | ProbeState::Ready
            | ProbeState::Sending
            | ProbeState::Looking { .. },
        )
        | None => Exit::Stopped,
    })
}

fn ask(running: &Running, ask: ProbeAsk) {
    running.send(Command::Diagnose(DiagnosticsAsk::Probe(ask)));
}

/// Says what it costs and begins with an order.
fn begin(running: &mut Running, typed: &str) -> Result<(), Fail> {
    let console = running.console;
    let order = TransactionId::parse(typed.trim())
        .ok_or_else(|| Fail::cannot_run(console.text("probe-refused-not-found", &[])))?;
    let steps = ("steps", ProbeStep::ALL.len().into());
    output::say(&console.text("probe-what-1", &[steps]));
    for id in ["probe-what-2", "probe-what-3", "probe-what-4"] {
        output::say(&console.text(id, &[]));
    }
    if running.snapshot().session.sandbox {
        output::say(&console.text("probe-practice", &[]));
    }
    ask(running, ProbeAsk::Start(order.clone()));
    let begun = running.wait_for(Some(LIMIT), |snapshot, _| {
        let view = &snapshot.diagnostics.probe;
        let is_it = view
            .probe
            .as_ref()
            .is_some_and(|probe| probe.is_open() && probe.order == order);
        let ended = !view.busy && (is_it || view.trouble.is_some());
        ended.then(|| (view.trouble.clone(), snapshot.outbox.gate.clone()))
    });
    match begun.map_err(|halt| running.fail(halt))? {
        (None, _) => Ok(()),
        (Some(trouble), gate) => Err(Fail::cannot_run(trouble_words(console, &trouble, &gate))),
    }
}

/// Why nothing may be sent just now, as the gate says it; empty where that is not the reason.
fn closed_words(console: Console, gate: &Gate) -> String {
    let now = output::now();
    match gate {
        Gate::Quarantine { until } => {
            let at = ("at", format::clock(*until, now).into());
            console.text("cli-probe-closed-new-folder", &[at])
        }
        Gate::Paused | Gate::Interrupted => console.text("cli-probe-closed-left", &[]),
        Gate::Account(failure) => output::lines(&failures::explain(console.lang, failure)),
        Gate::DailyQuota { until } => {
            let until = ("until", format::moment(*until, now).into());
            console.text("cli-probe-closed-quota", &[until])
        }
        Gate::Recovering { until } => {
            let at = ("at", format::clock(*until, now).into());
            console.text("cli-probe-closed-no-answer", &[at])
        }
        Gate::StoreFailed => console.text("cli-end-store-failed", &[]),
        Gate::Open | Gate::Holding { .. } | Gate::Claims { .. } => String::new(),
    }
}

fn trouble_words(console: Console, trouble: &ProbeTrouble, gate: &Gate) -> String {
    match trouble {
        ProbeTrouble::Refused(why @ ProbeRefusal::Closed) => match closed_words(console, gate) {
            words if words.is_empty() => probe_refusal_words(console.lang, *why),
            words => words,
        },
        ProbeTrouble::Refused(why) => probe_refusal_words(console.lang, *why),
        ProbeTrouble::Failed(failure) => output::lines(&failures::explain(console.lang, failure)),
    }
}

/// The probe when nothing is under way.
fn resting(running: &mut Running) -> Result<ProbeView, Fail> {
    let resting = running.wait_for(Some(LIMIT), |snapshot, _| {
        let view = &snapshot.diagnostics.probe;
        let moves = view
            .probe
            .as_ref()
            .is_some_and(|probe| matches!(probe.state, ProbeState::Sending | ProbeState::Looking { .. }));
        (!view.busy && !moves).then(|| view.clone())
    });
    resting.map_err(|halt| running.fail(halt))
}

/// Goes through the steps that are left.
fn steps(running: &mut Running, args: &ProbeArgs) -> Result<ProbeView, Fail> {
    let console = running.console;
    // Of a step that was not clear, the second try is a person's word again.
    let mut tried: Option<ProbeStep> = None;
    loop {
        let view = resting(running)?;
        let Some(probe) = view.probe.as_deref().filter(|probe| probe.is_open()) else {
            return Ok(view);
        };
        let step = probe.step;
        let gate = running.snapshot().outbox.gate.clone();
        if let Some(words) = unclear_words(console, &view, &gate, tried == Some(step)) {
            output::say(&words);
            if args.yes {
                return Ok(view);
            }
        }
        let go = wanted(running, args, step)?;
        let sent = probe.sent.len();
        match go {
            Some(true) => ask(running, ProbeAsk::Go(step)),
            Some(false) if step.may_be_skipped() => ask(running, ProbeAsk::Skip(step)),
            Some(false) | None => return Ok(view),
        }
        tried = Some(step);
        let moved = running.wait_for(Some(LIMIT), |snapshot, _| {
            let now = &snapshot.diagnostics.probe;
            let probe = now.probe.as_ref()?;
            let moved = probe.step != step || probe.sent.len() != sent || !probe.is_open();
            (!now.busy && (moved || probe.differs || now.trouble.is_some())).then_some(())
        });
        moved.map_err(|halt| running.fail(halt))?;
    }
}

/// A step that was tried and is still the next.
fn unclear_words(console: Console, view: &ProbeView, gate: &Gate, tried: bool) -> Option<String> {
    if let Some(trouble) = &view.trouble {
        return Some(trouble_words(console, trouble, gate));
    }
    let probe = view.probe.as_deref()?;
    if probe.differs {
        return Some(console.text("probe-differs", &[]));
    }
    let last = probe.last(probe.step)?;
    let id = match last.outcome {
        Some(Outcome::NotSent) => "probe-not-sent",
        _ if tried || last.outcome.is_some() => "probe-doubtful",
        _ => return None,
    };
    Some(console.text(id, &[]))
}

/// Whether to send the step: yes, leave it out, or stop for now.
fn wanted(running: &Running, args: &ProbeArgs, step: ProbeStep) -> Result<Option<bool>, Fail> {
    let console = running.console;
    let words = probe_step_words(console.lang, step);
    let place = [
        ("number", step.number().into()),
        ("steps", ProbeStep::ALL.len().into()),
    ];
    let place = console.text("probe-step", &place);
    output::say(&format!("{place}: {}\n  {}", words.title, words.detail));
    if args.yes {
        return Ok(Some(step != ProbeStep::Identical || args.spend_correction));
    }
    let id = if step == ProbeStep::Identical {
        "probe-go-costly"
    } else {
        "probe-go"
    };
    let sends = question::confirm(console, &running.interrupt, &console.text(id, &[]))?;
    if sends || running.interrupt.asked() || !step.may_be_skipped() {
        return Ok(sends.then_some(true));
    }
    let skips = question::confirm(console, &running.interrupt, &console.text("probe-skip", &[]))?;
    Ok(skips.then_some(false))
}

fn report(console: Console, view: &ProbeView) {
    let words = match view.probe.as_deref().map(|probe: &Probe| probe.state) {
        None => return,
        Some(ProbeState::Done) => console.text("probe-done", &[]),
        Some(ProbeState::Stopped(why)) => probe_stop_words(console.lang, why),
        Some(ProbeState::Ready | ProbeState::Sending | ProbeState::Looking { .. }) => {
            console.text("cli-probe-later", &[])
        }
    };
    output::say(&words);
}

fn print_answers(console: Console, answers: &ProbeAnswers) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let known: Vec<Value> = answers
            .known
            .iter()
            .map(|answer| {
                json!({
                    "question": answer.question.word(),
                    "finding": answer.finding.word(),
                    "number": answer.finding.number(),
                    "rid": answer.rid,
                    "at": Timestamp::rfc3339(answer.at),
                })
            })
            .collect();
        return writeln!(out, "{}", json!({ "answers": known }));
    }
    if answers.known.is_empty() {
        return writeln!(out, "{}", console.text("probe-answers-none", &[]));
    }
    let mut table = Table::default();
    for question in Question::ALL {
        if let Some(answer) = answers.of(question) {
            table.push(vec![
                question_name(console.lang, question).into(),
                Cell::new(&finding_words(console.lang, question, answer.finding), Tone::Good),
                Cell::new(&format::moment_exact(answer.at), Tone::Faint),
                Cell::new(&answer_use(console.lang, question), Tone::Faint),
            ]);
        }
    }
    table.write(&mut out, console)
}
