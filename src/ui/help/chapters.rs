//! The manual: its chapters in both languages and their pictures, which are a part of the program, so that help
//! is there without a network.

use crate::i18n::Lang;

/// A chapter in both languages.
#[derive(Debug)]
pub struct Chapter {
    zh_cn: &'static str,
    en: &'static str,
}

impl Chapter {
    /// Its text as CommonMark.
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhCn => self.zh_cn,
            Lang::En => self.en,
        }
    }

    /// Its heading: what stands on the first line.
    pub fn title(&self, lang: Lang) -> &'static str {
        let first = self.text(lang).lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }
}

macro_rules! chapters {
    ($($name:literal)+) => {
        &[$(Chapter {
            zh_cn: include_str!(concat!("../../../assets/manual/zh-CN/", $name, ".md")),
            en: include_str!(concat!("../../../assets/manual/en/", $name, ".md")),
        }),+]
    };
}

/// All chapters in their order.
pub const CHAPTERS: &[Chapter] = chapters! {
    "1-start" "2-daily" "3-unclear" "4-correction" "5-single" "6-deadlines" "7-privacy" "8-trouble" "9-unattended"
};

macro_rules! pictures {
    ($($name:literal)+) => {
        &[$(
            (concat!("bytes://manual/zh-CN/", $name), include_bytes!(concat!("../../../assets/manual/zh-CN/", $name))),
            (concat!("bytes://manual/en/", $name), include_bytes!(concat!("../../../assets/manual/en/", $name))),
        )+]
    };
}

/// The pictures: by what name a chapter calls them, and their bytes.
pub const PICTURES: &[(&str, &[u8])] = pictures! {
    "start.png" "daily.png" "unclear.png" "correction.png" "privacy.png"
};
