//! Cases of the ways to a token; beside them, because both are long.

use super::*;

#[track_caller]
fn check(url: &str, expected: Option<AccessProblem>) {
    let access = Access::Service {
        url: url.into(),
        method: ServiceMethod::Get,
    };
    assert_eq!(access.problem(), expected, "{url}");
}

#[test]
fn a_token_service_is_asked_by_https_or_on_this_computer() {
    let (address, clear) = (AccessProblem::ServiceAddress, AccessProblem::ServiceNotHttps);
    check("https://erp.example.com/wx/token", None);
    check("https://erp.example.com:8443/wx/token?shop=1", None);
    check("http://127.0.0.1:9000/token", None);
    check("http://[::1]:9000/token", None);
    check("http://localhost/token", None);
    check("http://erp.example.com/token", Some(clear));
    check("http://localhost.example.com/token", Some(clear));
    check("https://user:pass@erp.example.com/token", Some(address));
    check("http://127.0.0.1@example.com/", Some(address));
    check("https://erp.example.com/#token", Some(address));
    check("https://", Some(address));
    check("ftp://127.0.0.1/token", Some(address));
    check("erp.example.com/token", Some(address));
    check("https://erp example.com/", Some(address));
    check("", Some(address));
}

#[test]
fn secrets_stay_where_they_were_typed_for() {
    let service = |url: &str| Access::Service {
        url: url.into(),
        method: ServiceMethod::Get,
    };
    let platform = |appid: &str, at| Access::Platform {
        component_appid: appid.into(),
        ticket_at: at,
    };
    let now = Some(Timestamp::from_secs(1));
    for (one, other, shared) in [
        (Access::Secret, Access::Secret, true),
        (Access::Secret, Access::Token { pasted_at: None }, false),
        (
            Access::Token { pasted_at: None },
            Access::Token { pasted_at: now },
            true,
        ),
        (platform("wxa", None), platform("wxa", now), true),
        (platform("wxa", None), platform("wxb", None), false),
        (service("https://a.cn/1"), service("https://A.cn/2?x=1"), true),
        (service("https://a.cn/1"), service("https://b.cn/1"), false),
        (service("https://a.cn/1"), service("https://a.cn:444/1"), false),
        (
            service("http://127.0.0.1/1"),
            service("https://127.0.0.1/1"),
            false,
        ),
    ] {
        assert_eq!(one.shares_secrets_with(&other), shared, "{one:?} {other:?}");
    }
}

#[test]
fn the_record_of_an_account_has_no_secret_and_is_read_again() {
    let all = [
        (Access::Secret, r#"{"mode":"secret"}"#),
        (
            Access::Platform {
                component_appid: "wxc".into(),
                ticket_at: Some(Timestamp::from_secs(7)),
            },
            r#"{"mode":"platform","component_appid":"wxc","ticket_at":7000}"#,
        ),
        (
            Access::Token { pasted_at: None },
            r#"{"mode":"token","pasted_at":null}"#,
        ),
        (
            Access::Service {
                url: "https://a.cn/t".into(),
                method: ServiceMethod::Post,
            },
            r#"{"mode":"service","url":"https://a.cn/t","method":"post"}"#,
        ),
        (
            Access::Command {
                program: "/opt/token".into(),
                arguments: vec!["--shop".into(), "1 2".into()],
            },
            r#"{"mode":"command","program":"/opt/token","arguments":["--shop","1 2"]}"#,
        ),
    ];
    for (access, text) in all {
        assert_eq!(serde_json::to_string(&access).unwrap(), text);
        assert_eq!(serde_json::from_str::<Access>(text).unwrap(), access);
    }
}

#[test]
fn a_program_is_named_by_its_full_path() {
    for (program, good) in [
        ("token", false),
        ("./token", false),
        ("", false),
        (
            if cfg!(windows) {
                r"C:\token.exe"
            } else {
                "/opt/token"
            },
            true,
        ),
    ] {
        let access = Access::Command {
            program: program.into(),
            arguments: Vec::new(),
        };
        assert_eq!(access.problem().is_none(), good, "{program}");
    }
}
