//! Every call of the contract meets every code that the contract names for it: the pretend WeChat gives it, by its rules
//! where they lead there and by the fault script otherwise; the client puts it in its class; and people read what it
//! means and what to do, in both languages.
//!
//! Separate because the list is the contract's: neither the client's table nor the words are asked what there is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

#[path = "contract_codes/calls.rs"]
mod calls;
#[path = "contract_codes/edges.rs"]
mod edges;
#[path = "contract_codes/examples.rs"]
mod examples;
#[path = "contract_codes/rules.rs"]
mod rules;
#[path = "contract_codes/scene.rs"]
mod scene;
#[path = "contract_codes/shopping.rs"]
mod shopping;
#[path = "contract_codes/table.rs"]
mod table;

use std::collections::{HashMap, HashSet};

use calls::{CALLS, Call, PAY_GLOBAL, TOKEN};
use fahuo::i18n::{
    CodeClass, Explained, Lang, code_class, explain_code, explain_pay_failure, explain_refusal,
};
use fahuo::sim::{Fault, SimConfig, Simulator, What, When};
use fahuo::wechat::{Upload, Write};
use scene::Scene;
use table::{CATALOGUE, Class, SHOPPING, SHOPPING_ACCOUNT, UNLISTED, row_of};

/// Titles say something and are not the raw code; there is something to do; the languages differ.
#[track_caller]
fn assert_told(what: &str, code: &str, [chinese, english]: &[Explained; 2]) {
    for explained in [chinese, english] {
        for words in [&explained.title, &explained.action] {
            let letters = words.chars().filter(|c| c.is_alphabetic()).count();
            assert!(letters >= 4, "{what}: {words:?} says nothing");
            assert!(!words.contains(code), "{what}: {words} is the raw code");
            assert!(!words.contains(['{', '$']), "{what}: {words}");
        }
    }
    assert_ne!(chinese.title, english.title, "{what}");
    assert_ne!(chinese.action, english.action, "{what}");
}

#[tokio::test]
async fn what_is_right_is_accepted_by_every_call() {
    for (call, path, _) in CALLS {
        let scene = Scene::of(*call).await;
        assert_eq!(scene.make(*call).await.word, "accepted", "{call:?}");
        let ledger = scene.wechat.ledger();
        assert_eq!(ledger.requests(path), 1, "{call:?}");
        assert_eq!(ledger.warnings(), Vec::<String>::new(), "{call:?}");
    }
}

#[tokio::test]
async fn every_documented_code_has_a_class() {
    let (mut provoked, mut scripted) = (0, 0);
    for (call, path, _) in CALLS {
        for code in call.documented() {
            let mut scene = Scene::of(*call).await;
            if rules::provoke(*call, code, &mut scene) {
                provoked += 1;
            } else {
                scene
                    .wechat
                    .push_fault(Fault::new(*path, When::Always, What::errcode(code)));
                scripted += 1;
            }
            let before = scene.wechat.ledger().requests(path);
            let seen = scene.make(*call).await;
            let what = format!("{call:?} {code}");
            assert_eq!((seen.code, seen.word), (Some(code), call.demands(code)), "{what}");
            if call.is_write() {
                let sent = scene.wechat.ledger().requests(path) - before;
                assert_eq!(sent, 1, "{what} was sent again");
            }
            if let Some(told) = &seen.told {
                assert_told(&what, &code.to_string(), told);
            }
        }
    }
    assert!(provoked > 90, "{provoked} by the rules, {scripted} by the script");
}

#[tokio::test]
async fn every_documented_code_of_the_token_call_has_a_class() {
    for (code, expected) in TOKEN {
        let (simulator, client) = wire::simulated::start(1);
        let provoked = simulator.with_world(|world| match *code {
            40_001 | 40_125 => {
                world.credentials.wrong_secret_errcode = *code;
                world.credentials.secret = "changed at WeChat".into();
                true
            }
            40_013 => {
                world.credentials.appid = "wx0000000000000000".into();
                true
            }
            40_164 => {
                world.refused_ip = Some("203.0.113.7".into());
                true
            }
            45_009 => {
                world.limits.daily = 0;
                true
            }
            45_011 => {
                world.limits.per_minute = Some(0);
                true
            }
            _ => false,
        });
        if !provoked {
            let path = fahuo::sim::endpoint::STABLE_TOKEN;
            simulator.push_fault(Fault::new(path, When::Always, What::errcode(*code)));
        }
        let scene = Scene {
            client,
            ..Scene::of(Call::Token).await
        };
        let seen = scene.make(Call::Token).await;
        assert_eq!((seen.code, seen.word), (Some(*code), *expected));
        assert_told(&format!("token {code}"), &code.to_string(), &seen.told.unwrap());
        assert_eq!(simulator.ledger().token_calls(), 1, "{code}");
    }
}

/// The class by itself, without a network.
fn is_unknown(write: Write, code: i64) -> bool {
    let body = format!(r#"{{"errcode":{code},"errmsg":"x"}}"#);
    let answer = Upload::of_answer_to(write, 200, body.as_bytes()).answer;
    matches!(answer, fahuo::domain::Answer::Unclear(_))
}

#[test]
fn a_code_that_a_write_does_not_know_is_an_unknown_outcome() {
    for (write, call) in [
        (Write::Ship, Call::Upload),
        (Write::ShipCombined, Call::UploadCombined),
        (Write::Remind, Call::Remind),
        (Write::JumpPath, Call::JumpPath),
        (Write::Report, Call::Report),
    ] {
        let documented = call.documented();
        let ships = matches!(call, Call::Upload | Call::UploadCombined);
        let shopping = |code: &i64| SHOPPING.contains(code) || SHOPPING_ACCOUNT.contains(code);
        let others = CATALOGUE.iter().flat_map(|row| row.codes).filter(|code| {
            // An upload takes a refusal that names a fault of a form for one, whichever form's it is.
            let form = row_of(**code).on_write == "refused" && row_of(**code).told == CodeClass::Order;
            !documented.contains(code) && !(ships && (form || shopping(code)))
        });
        for code in others.chain(UNLISTED) {
            assert!(is_unknown(write, *code), "{write:?} {code}");
        }
    }
}

#[test]
fn every_code_has_a_class_in_words_and_no_text_is_the_code_alone() {
    let mut classes: HashMap<CodeClass, usize> = HashMap::new();
    for row in CATALOGUE {
        for &code in row.codes {
            assert_eq!(code_class(code), row.told, "{code}");
            *classes.entry(row.told).or_default() += 1;
            let told = Lang::ALL.map(|lang| explain_code(lang, code));
            assert_told(&code.to_string(), &code.to_string(), &told);
            assert!(!told[1].title.starts_with("code-"), "{code}");
            let words: HashSet<String> = Lang::ALL.map(|lang| row.told.words(lang)).into();
            assert_eq!(words.len(), 2, "{words:?}");
            let refusal = fahuo::domain::Refusal {
                errcode: code,
                rid: Some("6543-rid".into()),
                refunded: false,
            };
            let told = explain_refusal(Lang::En, &refusal);
            assert_eq!(
                told.code,
                format!("Code {code} · rid 6543-rid"),
                "the raw code is last and small"
            );
        }
    }
    assert_eq!(classes.len(), 7, "every class is there: {classes:?}");
    for &code in UNLISTED {
        assert_eq!(code_class(code), CodeClass::Unknown, "{code}");
        let told = Lang::ALL.map(|lang| explain_code(lang, code));
        let shown = |told: &Explained| told.title.contains(&code.to_string()) && !told.action.is_empty();
        assert!(told.iter().all(shown), "{code}");
    }
}

#[test]
fn no_class_promises_less_than_the_contract() {
    for row in CATALOGUE {
        let promised = match row.class {
            Class::A => matches!(row.on_write, "unknown" | "compare"),
            // The reminder that was used up is known to be used up; nothing else is to be looked for.
            Class::I => matches!(row.on_write, "compare" | "unknown") || row.codes == [10_060_030],
            Class::W => row.on_write == "wait",
            Class::C => row.on_write == "token",
            Class::L => row.on_write == "day",
            Class::R => matches!(row.on_write, "second" | "minute"),
            Class::T => !matches!(row.on_write, "wait" | "day" | "second" | "minute" | "token"),
        };
        assert!(promised, "{:?} {:?}", row.class, row.codes);
    }
    for (_, _, codes) in CALLS {
        for code in codes.iter().copied().flatten() {
            row_of(*code);
        }
    }
}

#[tokio::test]
async fn every_word_of_wechat_pay_global_is_met_and_explained() {
    use fahuo::domain::{PayFailure, PayFailureKind, PayNumber};
    use fahuo::sim::global::{API_V3_KEY, MCHID, MERCHANT_KEY, MERCHANT_SERIAL, Trouble};
    use fahuo::wechat::Timing;
    use fahuo::wechat::global::{GlobalClient, GlobalConfig, GlobalMode};
    for (status, word, later) in PAY_GLOBAL {
        let server = Simulator::start(SimConfig {
            orders: 1,
            ..SimConfig::default()
        })
        .unwrap();
        let config = GlobalConfig {
            base_url: format!("{}/v3/global", server.base_url()),
            mode: GlobalMode::Common {
                // A merchant that is not the signer is a wrong parameter by the rules.
                mchid: if *word == "PARAM_ERROR" { "1" } else { MCHID }.into(),
            },
            serial_no: if *word == "SIGN_ERROR" {
                "00"
            } else {
                MERCHANT_SERIAL
            }
            .into(),
            key_pem: MERCHANT_KEY.to_owned().into(),
            api_v3_key: Some(API_V3_KEY.to_owned().into()),
            public_key: None,
        };
        if !matches!(*word, "ORDER_NOT_EXIST" | "PARAM_ERROR" | "SIGN_ERROR") {
            server.with_global(|global| global.trouble = Trouble::Refuse(*status, word));
        }
        let client = GlobalClient::new(config, Timing::default()).unwrap();
        let failure = client.query(&PayNumber::id("42").unwrap()).await.unwrap_err();
        assert_eq!(failure.kind, PayFailureKind::Refused((*word).into()));
        assert_eq!(
            (failure.http_status, failure.may_work_later()),
            (Some(*status), *later),
            "{word}"
        );
        let told = Lang::ALL.map(|lang| explain_pay_failure(lang, &failure));
        assert_told(word, word, &told);
        assert!(told.iter().all(|told| told.code.contains(word)));
    }
    let failure = PayFailure::of(PayFailureKind::Refused("SOMETHING_NEW".into()));
    let told = Lang::ALL.map(|lang| explain_pay_failure(lang, &failure));
    assert_told("SOMETHING_NEW", "SOMETHING_NEW", &told);
    assert!(
        told[1].code.contains("SOMETHING_NEW"),
        "a word that is not known is kept"
    );
}
