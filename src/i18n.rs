//! Words in both languages. Errors carry meaning; this module turns meaning into text.
//!
//! The words lie in `assets/i18n/LANGUAGE/FILE.ftl` (Fluent) and are part of the program. A message may
//! have attributes; `text(lang, "save.hint")` is the attribute `.hint` of the message `save`.

mod diagnostics;
pub mod explain;
pub mod format;
pub mod names;
mod pay;
mod push;
mod shopping;

use std::sync::LazyLock;

use crate::domain::plain_text;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

pub use diagnostics::{
    answer_use, bundle_part_words, call_name, correction_hint, finding_words, probe_refusal_words,
    probe_step_words, probe_stop_words, question_name, reset_words, second_list_hint,
};
pub use explain::result::{explain_not_saved, explain_saved, result_headings, result_notes, result_words};
pub use explain::{
    CodeClass, Explained, Mood, Place, Told, ToldLine, code_class, errand_name, errand_state_name,
    errands_done, errands_queued, explain_claims_trouble, explain_code, explain_doubt, explain_errand,
    explain_errand_why, explain_failure, explain_problem, explain_refusal, explain_shipment, explain_why,
    history_cells, history_headings, history_kind_name, jump_path_words, next_words, not_visible_checklist,
    parcels_of, support_text, tell, tell_happened,
};
pub use names::{
    delivery_mode_name, field_name, ignored_name, logistics_type_name, row_status_name, shipment_state_name,
    state_name,
};
pub use pay::{explain_pay_failure, pay_state_name};
pub use push::{event_name, explain_event, explain_push_refusal};
pub use shopping::{
    explain_shopping, explain_shopping_trouble, shopping_call_name, shopping_fault, shopping_field_name,
    shopping_file_place, shopping_file_problem, shopping_notice, shopping_place, shopping_state_name,
};

/// Both languages of each file of words. Adding a file is one line here.
macro_rules! files_of_words {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../assets/i18n/zh-CN/", $name, ".ftl")),
            include_str!(concat!("../assets/i18n/en/", $name, ".ftl")),
        )),+]
    };
}

/// Name, Chinese text, English text.
const FILES: &[(&str, &str, &str)] = files_of_words![
    "common",
    "errors",
    "codes",
    "cli",
    "access",
    "unattended",
    "app",
    "orders",
    "detail",
    "ship",
    "scan",
    "import",
    "outbox",
    "settings",
    "diagnostics",
    "probe",
    "next",
    "board",
    "welcome",
    "history",
    "checklist",
    "errands",
    "events",
    "pay",
    "shopping",
];

/// Numbers above this cannot pass through Fluent's floating point unharmed.
const LARGEST_EXACT: u64 = 1 << 53;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// Reads `zh-CN`, `zh_CN.UTF-8`, `zh`, `en`, `en-GB` …; `None` for other languages.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The tag that settings and `--lang` use.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of the system: Chinese for any Chinese and when it cannot be told, else English.
    pub fn system() -> Self {
        sys_locale::get_locale().map_or(Self::ZhCn, |tag| Self::of_system_tag(&tag))
    }

    fn of_system_tag(tag: &str) -> Self {
        match tag.split('.').next().unwrap_or_default() {
            // A system without any language set up says so with these names.
            "" | "C" | "POSIX" => Self::ZhCn,
            tag => Self::from_tag(tag).unwrap_or(Self::En),
        }
    }
}

/// A value inside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A text as it is.
    Text(String),
    /// A number, written without grouping; Fluent may choose a plural by it.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! number_args {
    ($($number:ty),+) => {
        $(impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Number)
            }
        })+
    };
}
number_args!(u8, u16, u32, u64, usize, i32, i64);

/// The text of a message. An unknown id is its own text; debug builds remember it, see [`misses`].
pub fn text(lang: Lang, id: &str) -> String {
    text_with(lang, id, &[])
}

/// The text of a message with values in it.
pub fn text_with(lang: Lang, id: &str, args: &[(&str, Arg)]) -> String {
    lookup(lang, id, args).unwrap_or_else(|| {
        miss(lang, id);
        id.to_owned()
    })
}

/// Whether a message (or an attribute, `message.attribute`) is there.
pub fn has(lang: Lang, id: &str) -> bool {
    lookup(lang, id, &[]).is_some()
}

fn lookup(lang: Lang, id: &str, args: &[(&str, Arg)]) -> Option<String> {
    let bundle = bundle(lang);
    let (message, attribute) = match id.split_once('.') {
        Some((message, attribute)) => (message, Some(attribute)),
        None => (id, None),
    };
    let message = bundle.get_message(message)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        values.set(*name, value_of(arg));
    }
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned();
    if !errors.is_empty() && !args.is_empty() {
        miss(lang, id);
    }
    Some(text)
}

fn value_of(arg: &Arg) -> FluentValue<'static> {
    match arg {
        // A count that was written out still chooses its plural.
        Arg::Text(text) if text == "1" => FluentValue::from(1),
        // What others wrote must not break the sentence it stands in.
        Arg::Text(text) => FluentValue::from(plain_text::line(text).into_owned()),
        Arg::Number(number) if number.unsigned_abs() > LARGEST_EXACT => FluentValue::from(number.to_string()),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang) -> &'static Bundle {
    static CHINESE: LazyLock<Bundle> = LazyLock::new(|| build(Lang::ZhCn));
    static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| build(Lang::En));
    match lang {
        Lang::ZhCn => &CHINESE,
        Lang::En => &ENGLISH,
    }
}

/// A file that does not parse still gives the messages that do; the tests refuse such a file.
fn build(lang: Lang) -> Bundle {
    let tag = match lang {
        Lang::ZhCn => langid!("zh-CN"),
        Lang::En => langid!("en"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in copied order numbers, in JSON and in file names.
    bundle.set_use_isolating(false);
    for (_, chinese, english) in FILES {
        let source = match lang {
            Lang::ZhCn => chinese,
            Lang::En => english,
        };
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(debug_assertions)]
mod missed {
    //! What was asked for and not found; only debug builds keep it, for tests.

    use std::collections::BTreeSet;
    use std::sync::{Mutex, PoisonError};

    static MISSED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    pub(super) fn add(entry: String) {
        MISSED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(entry);
    }

    pub(super) fn all() -> Vec<String> {
        MISSED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }
}

/// Messages that were asked for but are not there, or were asked for without a value they need, as
/// `LANGUAGE ID`. Debug builds only; for tests.
#[cfg(debug_assertions)]
pub fn misses() -> Vec<String> {
    missed::all()
}

fn miss(lang: Lang, id: &str) {
    #[cfg(debug_assertions)]
    missed::add(format!("{} {id}", lang.tag()));
    #[cfg(not(debug_assertions))]
    let _: (Lang, &str) = (lang, id);
}

#[cfg(test)]
#[path = "i18n/tests.rs"]
mod tests;
