//! Both languages say the same things, and every message can be shown.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Ids (with attributes) of one language, with the variables each uses.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, chinese, english) in FILES {
        let source = match lang {
            Lang::ZhCn => chinese,
            Lang::En => english,
        };
        if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
            panic!("{}/{file}.ftl: {errors:?}", lang.tag());
        }
        let (mut message, mut id) = (String::new(), String::new());
        for line in source
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let name = line.split(" =").next().unwrap_or_default();
            let starts = if let Some(attribute) = name.strip_prefix("    .") {
                id = format!("{message}.{attribute}");
                true
            } else if !line.starts_with([' ', '}']) {
                name.clone_into(&mut message);
                name.clone_into(&mut id);
                true
            } else {
                false
            };
            if starts {
                let before = all.insert(id.clone(), BTreeSet::new());
                assert!(before.is_none(), "{}/{file}.ftl: {id} stands twice", lang.tag());
            }
            let variables = line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect::<String>()
            });
            all.entry(id.clone()).or_default().extend(variables);
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_values() {
    let (chinese, english) = (messages(Lang::ZhCn), messages(Lang::En));
    let ids = |all: &BTreeMap<String, BTreeSet<String>>| all.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        ids(&chinese)
            .symmetric_difference(&ids(&english))
            .collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    for (id, variables) in &chinese {
        assert_eq!(Some(variables), english.get(id), "{id}");
    }
}

#[test]
fn a_text_carries_its_values_without_invisible_marks() {
    let args = [("count", Arg::from(12_547_u64))];
    assert_eq!(text_with(Lang::ZhCn, "age-minutes", &args), "12547 分钟前");
    assert_eq!(text_with(Lang::En, "age-minutes", &args), "12547 minutes ago");
}

#[test]
fn a_number_too_large_for_a_float_is_written_exactly() {
    let args = [("code", Arg::from(i64::MAX))];
    assert_eq!(
        text_with(Lang::En, "code-line", &args),
        "Code 9223372036854775807"
    );
}

#[test]
fn an_unknown_id_is_its_own_text_and_is_remembered() {
    assert_eq!(text(Lang::En, "no-such-message"), "no-such-message");
    assert_eq!(
        text(Lang::ZhCn, "cli-usage.no-such-part"),
        "cli-usage.no-such-part"
    );
    assert!(misses().contains(&"en no-such-message".to_owned()));
}

#[test]
fn language_tags_of_systems_are_understood() {
    for (tag, lang) in [
        ("zh-CN", Some(Lang::ZhCn)),
        ("zh_CN.UTF-8", Some(Lang::ZhCn)),
        ("zh-Hant-TW", Some(Lang::ZhCn)),
        ("en", Some(Lang::En)),
        ("en_GB.UTF-8", Some(Lang::En)),
        ("fr-FR", None),
        ("", None),
    ] {
        assert_eq!(Lang::from_tag(tag), lang, "{tag}");
    }
    assert_eq!(Lang::of_system_tag("de_DE.UTF-8"), Lang::En);
    assert_eq!(Lang::of_system_tag("C.UTF-8"), Lang::ZhCn);
    for lang in Lang::ALL {
        assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
    }
}

/// What is counted, in English.
const COUNTED: [&str; 12] = [
    "orders",
    "rows",
    "parcels",
    "shipments",
    "items",
    "numbers",
    "buyers",
    "minutes",
    "entries",
    "pages",
    "things",
    "messages",
];
/// Messages that never count one: of so many, at most so many, or of something that has two at least.
const NEVER_ONE: [&str; 12] = [
    "bar-of-the-file",
    "notice-reread-part",
    "import-searching",
    "import-sending",
    "orders-marked-reread-many",
    "problem-order-ambiguous",
    "scan-no-several-orders",
    "scan-no-full",
    "ship-too-many",
    "scan-parcel-more",
    "scan-parcel-held",
    "probe-what-1",
];

#[test]
fn what_can_be_one_has_a_singular_in_english() {
    for (file, _, english) in FILES.iter().filter(|(file, ..)| *file != "cli") {
        for line in english
            .lines()
            .filter(|line| !line.trim_start().starts_with(['[', '*', '#']))
        {
            let id = line.split(" =").next().unwrap_or_default();
            let mut counts = line.split(" } ").skip(1);
            let bare = counts.find(|rest| {
                let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next();
                word.is_some_and(|word| COUNTED.contains(&word))
            });
            assert!(bare.is_none() || NEVER_ONE.contains(&id), "{file}.ftl: {line}");
        }
    }
}
