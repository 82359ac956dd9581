//! Every code of the contract is explained: cause, action and class, in both languages.

use std::collections::{HashMap, HashSet};

use super::super::tests::check;
use super::*;
use crate::domain::Refusal;
use crate::i18n::explain_refusal;

/// Contract section 8, all codes.
const CATALOGUE: &[i64] = &[
    -1,
    10_060_012,
    10_060_019,
    10_060_001,
    10_060_002,
    10_060_003,
    10_060_004,
    10_060_005,
    10_060_006,
    10_060_007,
    10_060_008,
    10_060_009,
    10_060_020,
    10_060_011,
    10_060_013,
    10_060_014,
    10_060_023,
    10_060_024,
    10_060_025,
    10_060_026,
    10_060_028,
    10_060_029,
    10_060_030,
    10_060_031,
    10_060_032,
    268_440_065,
    268_485_184,
    268_485_275,
    268_435_461,
    268_457_013,
    268_457_014,
    268_485_192,
    268_485_201,
    268_485_202,
    268_485_203,
    268_485_204,
    268_485_205,
    268_485_206,
    268_485_207,
    268_485_208,
    268_485_209,
    268_485_210,
    268_485_211,
    268_485_212,
    268_485_213,
    268_485_214,
    268_485_217,
    268_485_272,
    268_485_194,
    268_485_195,
    268_485_196,
    268_485_197,
    268_485_216,
    268_485_224,
    268_485_226,
    268_485_227,
    268_485_228,
    268_485_229,
    268_485_230,
    268_485_231,
    268_485_232,
    268_485_253,
    268_546_000,
    268_546_001,
    268_546_002,
    40_001,
    42_001,
    40_014,
    41_001,
    40_002,
    40_013,
    40_125,
    41_002,
    41_004,
    40_003,
    40_097,
    40_164,
    61_004,
    40_243,
    43_002,
    44_002,
    47_001,
    44_990,
    45_011,
    45_009,
    48_001,
    48_004,
    50_002,
    50_004,
    50_007,
    61_003,
    61_005,
    61_006,
    61_007,
    61_011,
    61_012,
    61_023,
    89_501,
    89_503,
    89_506,
    89_507,
    9_410_000,
    // Diagnostics and neighbours that current pages name.
    76_003,
    76_021,
    76_022,
    9_300_507,
    268_486_048,
];

#[test]
fn every_code_of_the_catalogue_has_a_cause_and_a_repair() {
    for &errcode in CATALOGUE {
        assert!(is_known(errcode), "{errcode}");
        let refusal = Refusal {
            errcode,
            rid: Some("6543-rid".into()),
            refunded: false,
        };
        check(&errcode.to_string(), |lang| explain_refusal(lang, &refusal), true);
        let explained = explain_refusal(Lang::En, &refusal);
        assert!(
            !explained.title.contains(&errcode.to_string()),
            "the raw code is last and small"
        );
        assert_eq!(explained.code, format!("Code {errcode} · rid 6543-rid"));
    }
}

#[test]
fn a_code_outside_the_catalogue_is_shown_with_its_number() {
    for lang in Lang::ALL {
        let explained = explain_code(lang, 99_999);
        assert!(explained.title.contains("99999") && !explained.action.is_empty());
    }
}

#[test]
fn every_code_has_a_class_in_words_and_no_text_is_the_code_alone() {
    let mut classes: HashMap<CodeClass, usize> = HashMap::new();
    for &errcode in CATALOGUE {
        let class = code_class(errcode);
        assert_ne!(class, CodeClass::Unknown, "{errcode}");
        *classes.entry(class).or_default() += 1;
        let mut said = HashSet::new();
        for lang in Lang::ALL {
            let explained = explain_code(lang, errcode);
            let parts = [explained.title, explained.action, class.words(lang)];
            for (part, words) in parts.into_iter().enumerate() {
                let letters = words.chars().filter(|c| c.is_alphabetic()).count();
                assert!(letters >= 4, "{errcode}: {words}");
                assert!(!words.contains(&errcode.to_string()), "{errcode}: {words}");
                assert!(
                    said.insert((part, words.clone())),
                    "{errcode}: {words} in both languages"
                );
            }
        }
    }
    assert_eq!(classes.len(), 7, "every class is there: {classes:?}");
    assert_eq!(code_class(99_999), CodeClass::Unknown);
}

#[test]
fn the_classes_are_those_of_the_contract() {
    for (codes, class) in [
        (
            &[-1, 10_060_012, 10_060_019, 268_485_216][..],
            CodeClass::LookFirst,
        ),
        (&[10_060_001, 268_546_002], CodeClass::Wait),
        (
            &[10_060_002, 10_060_003, 10_060_023, 10_060_030, 268_440_065],
            CodeClass::Already,
        ),
        (&[40_001, 42_001, 40_014, 44_990, 45_011], CodeClass::Later),
        (&[45_009], CodeClass::Quota),
        (
            &[
                40_013, 40_125, 40_164, 61_004, 48_001, 61_003, 61_007, 61_011, 61_023, 89_503, 50_002,
            ],
            CodeClass::Account,
        ),
        (
            &[
                10_060_004,
                10_060_008,
                10_060_024,
                10_060_031,
                40_003,
                268_485_226,
                268_546_001,
            ],
            CodeClass::Order,
        ),
    ] {
        for &code in codes {
            assert_eq!(code_class(code), class, "{code}");
        }
    }
}

#[test]
fn words_of_wechat_pay_are_explained_too() {
    let codes = [
        "ORDER_NOT_EXIST",
        "SYSTEM_ERROR",
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "SIGN_ERROR",
        "FREQUENCY_LIMIT",
        "RATELIMIT_EXCEEDED",
        "SOMETHING_NEW",
    ];
    for code in codes {
        let [chinese, english] = Lang::ALL.map(|lang| explain_pay_code(lang, code));
        assert_ne!(chinese.title, english.title, "{code}");
        for explained in [chinese, english] {
            assert!(
                explained.title.chars().count() > 4 && !explained.action.is_empty(),
                "{code}"
            );
            assert!(
                code == "SOMETHING_NEW" || !explained.title.contains(code),
                "{code}"
            );
            assert!(explained.code.contains(code));
        }
    }
}
