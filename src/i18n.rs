//! Words in both languages. Errors carry meaning; this module turns meaning into text.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Lang {
    /// Reads a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2) {
            Some("zh") => Some(Self::ZhCn),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    /// The tag of settings.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The system's language.
    pub fn system() -> Self {
        sys_locale::get_locale()
            .and_then(|tag| Self::from_tag(&tag))
            .unwrap_or_default()
    }
}

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Words.
    Text(String),
    /// A number.
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

/// Times and counts as people read them.
pub mod format {
    use crate::domain::{Timestamp, time::china};

    /// A count with its thousands apart.
    pub fn count(number: usize) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().abs_diff(index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A moment in China's time.
    pub fn moment(at: Timestamp, _now: Timestamp) -> String {
        jiff::Timestamp::from_millisecond(at.millis()).map_or_else(
            |_| at.rfc3339(),
            |at| at.to_zoned(china()).strftime("%m-%d %H:%M").to_string(),
        )
    }
}

type Bundle = FluentBundle<FluentResource>;

static ZH: OnceLock<Bundle> = OnceLock::new();
static EN: OnceLock<Bundle> = OnceLock::new();

const ZH_FILES: &[&str] = &[
    include_str!("../assets/i18n/zh-CN/app.ftl"),
    include_str!("../assets/i18n/zh-CN/import.ftl"),
    include_str!("../assets/i18n/zh-CN/outbox.ftl"),
    include_str!("../assets/i18n/zh-CN/settings.ftl"),
];
const EN_FILES: &[&str] = &[
    include_str!("../assets/i18n/en/app.ftl"),
    include_str!("../assets/i18n/en/import.ftl"),
    include_str!("../assets/i18n/en/outbox.ftl"),
    include_str!("../assets/i18n/en/settings.ftl"),
];

fn bundle(lang: Lang) -> &'static Bundle {
    let build = |id, files: &[&str]| {
        let mut bundle = Bundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        for file in files {
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*file).to_owned());
            bundle.add_resource_overriding(resource);
        }
        bundle
    };
    match lang {
        Lang::ZhCn => ZH.get_or_init(|| build(unic_langid::langid!("zh-CN"), ZH_FILES)),
        Lang::En => EN.get_or_init(|| build(unic_langid::langid!("en"), EN_FILES)),
    }
}

/// The words of an id.
pub fn text(lang: Lang, id: &str) -> String {
    text_with(lang, id, &[])
}

/// The words of an id with values.
pub fn text_with(lang: Lang, id: &str, args: &[(&str, Arg)]) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => values.set((*name).to_owned(), text.clone()),
            Arg::Number(count) => values.set((*name).to_owned(), FluentValue::from(*count)),
        }
    }
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned()
}
