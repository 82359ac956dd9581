//! What the page of the guided probe knows: the steps with their marks, what the next one sends, what stands in the
//! way, and what was found. Apart from the painting, so that it is tested without a window.

use crate::domain::{CourierList, Outcome, Probe, ProbeAnswers, ProbeState, ProbeStep, Question, Timestamp};
use crate::engine::snapshot::{ProbeTrouble, ProbeView};
use crate::i18n::explain::Names;
use crate::i18n::{
    Lang, answer_use, explain_failure, finding_words, format, probe_refusal_words, probe_step_words,
    probe_stop_words, question_name, text, text_with,
};

/// Numbers of parcels that are listed.
const LISTED: usize = 3;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Sent and answered.
    Done,
    /// Left out.
    Skipped,
    /// Next, or under way.
    Now,
    /// Later.
    Later,
}

/// The steps with their words.
pub fn steps(probe: &Probe, lang: Lang) -> Vec<(ProbeStep, Mark, String)> {
    let ended = probe.state == ProbeState::Done;
    ProbeStep::ALL
        .into_iter()
        .map(|step| {
            let mark = if step > probe.step {
                Mark::Later
            } else if step == probe.step && !ended {
                Mark::Now
            } else if probe.last(step).is_some() {
                Mark::Done
            } else {
                Mark::Skipped
            };
            (step, mark, probe_step_words(lang, step).title)
        })
        .collect()
}

/// What the next step sends, in one line.
pub fn sends(probe: &Probe, couriers: &CourierList, lang: Lang) -> String {
    let Some(intent) = probe.intent() else {
        return String::new();
    };
    let parcels = intent.parcels();
    let mut numbers: Vec<String> = parcels
        .iter()
        .take(LISTED)
        .map(|parcel| parcel.tracking_no.as_str().to_owned())
        .collect();
    if parcels.len() > LISTED {
        numbers.push(String::from("…"));
    }
    let args = [
        ("count", format::count(parcels.len()).into()),
        ("courier", Names { couriers }.courier(&probe.courier).into()),
        ("numbers", numbers.join(&text(lang, "list-separator")).into()),
    ];
    text_with(lang, "probe-sends", &args)
}

/// Why the step was not done, when it was tried.
pub fn obstacle(view: &ProbeView, lang: Lang) -> Option<String> {
    if let Some(trouble) = &view.trouble {
        return Some(match trouble {
            ProbeTrouble::Refused(why) => probe_refusal_words(lang, *why),
            ProbeTrouble::Failed(failure) => {
                let words = explain_failure(lang, failure);
                format!("{} {}", words.title, words.rest())
            }
        });
    }
    let probe = view.probe.as_deref()?;
    if probe.state != ProbeState::Ready {
        return None;
    }
    if probe.differs {
        return Some(text(lang, "probe-differs"));
    }
    let id = match probe.last(probe.step)?.outcome {
        Some(Outcome::NotSent) => "probe-not-sent",
        _ => "probe-doubtful",
    };
    Some(text(lang, id))
}

/// How a probe ended; `None` while it is open.
pub fn ending(probe: &Probe, lang: Lang) -> Option<String> {
    match probe.state {
        ProbeState::Done => Some(text(lang, "probe-done")),
        ProbeState::Stopped(why) => Some(probe_stop_words(lang, why)),
        ProbeState::Ready | ProbeState::Sending | ProbeState::Looking { .. } => None,
    }
}

/// How the order stands at the moment, for whoever ends the probe.
pub fn left(probe: &Probe, lang: Lang) -> String {
    let id = if probe.shown.parcels.is_empty() {
        "probe-left-nothing"
    } else if probe.shown.finished {
        "probe-left-finished"
    } else {
        "probe-left-open"
    };
    text(lang, id)
}

/// One known answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerWords {
    /// The question.
    pub question: String,
    /// What was found.
    pub finding: String,
    /// When.
    pub at: String,
    /// What the program does with it.
    pub used: String,
}

/// What is known, in the order of the questions.
pub fn answers(known: &ProbeAnswers, lang: Lang, now: Timestamp) -> Vec<AnswerWords> {
    Question::ALL
        .into_iter()
        .filter_map(|question| known.of(question))
        .map(|answer| AnswerWords {
            question: question_name(lang, answer.question),
            finding: finding_words(lang, answer.question, answer.finding),
            at: text_with(
                lang,
                "probe-answer-at",
                &[("time", format::moment(answer.at, now).into())],
            ),
            used: answer_use(lang, answer.question),
        })
        .collect()
}
