//! Cases of the way to a token as it is typed.

use super::*;

const FULL: &str = if cfg!(windows) {
    r"C:\token.exe"
} else {
    "/opt/token"
};

fn filled(mode: AccessMode) -> AccessForm {
    AccessForm {
        mode,
        component_appid: "wx0123456789abcdef".into(),
        component_secret: "component-secret".into(),
        ticket: "ticket@@@abc".into(),
        refresh_token: "refreshtoken@@@abc".into(),
        token: "86_abc".into(),
        service_url: "https://erp.example.com/token".into(),
        program: FULL.into(),
        arguments: "--shop\n1 2".into(),
        ..AccessForm::default()
    }
}

#[track_caller]
fn check(mode: AccessMode, change: impl Fn(&mut AccessForm), expected: &[FormField]) {
    let mut form = filled(mode);
    change(&mut form);
    let fields: Vec<FormField> = form.problems(false).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, expected, "{mode:?}");
}

#[test]
fn each_way_asks_for_its_own_and_for_nothing_else() {
    for mode in AccessMode::ALL {
        check(mode, |_| (), &[]);
    }
    let kept = FormField::Kept;
    check(
        AccessMode::Platform,
        |form| form.component_appid = "wx 1".into(),
        &[FormField::ComponentAppid],
    );
    check(
        AccessMode::Platform,
        |form| form.component_appid = "bad".into(),
        &[FormField::ComponentAppid],
    );
    check(
        AccessMode::Platform,
        |form| form.ticket = " ".into(),
        &[kept(SecretField::Ticket)],
    );
    check(
        AccessMode::Platform,
        |form| form.refresh_token = "a b".into(),
        &[kept(SecretField::RefreshToken)],
    );
    check(
        AccessMode::Token,
        |form| form.token = String::new(),
        &[kept(SecretField::AccessToken)],
    );
    check(
        AccessMode::Service,
        |form| form.service_url = "http://erp.example.com/token".into(),
        &[FormField::ServiceUrl],
    );
    check(
        AccessMode::Service,
        |form| form.bearer = "令牌".into(),
        &[kept(SecretField::Bearer)],
    );
    check(
        AccessMode::Command,
        |form| form.program = "token".into(),
        &[FormField::Program],
    );
}

#[test]
fn what_is_kept_need_not_be_typed_again_unless_it_would_go_somewhere_else() {
    let kept = Access::Platform {
        component_appid: "wx0123456789abcdef".into(),
        ticket_at: None,
    };
    let mut form = AccessForm::of(&kept);
    assert_eq!(form.problems(true), []);
    assert_eq!(form.problems(false).len(), 3, "nothing is at hand");
    form.component_appid = "wxfedcba9876543210".into();
    assert_eq!(form.problems(true).len(), 3, "another platform has other secrets");
}

#[test]
fn only_the_chosen_way_gives_its_secrets_and_all_of_them_leave_the_form() {
    for mode in AccessMode::ALL {
        let mut form = filled(mode);
        form.bearer = "bearer".into();
        let fields: Vec<SecretField> = form.take_secrets().iter().map(|(field, _)| field).collect();
        let expected: Vec<SecretField> = mode
            .secrets()
            .iter()
            .copied()
            .filter(|field| *field != SecretField::AppSecret)
            .collect();
        assert_eq!(fields, expected, "{mode:?}");
        for field in SecretField::ALL {
            assert!(form.secret_mut(field).is_none_or(|typed| typed.is_empty()));
        }
    }
}

#[test]
fn a_pasted_token_and_a_ticket_say_how_old_they_are() {
    let at = Timestamp::from_secs(1_700_000_000);
    let hours = |hours: u64| at.plus(std::time::Duration::from_secs(hours * 3600));
    let token = AccessForm::of(&Access::Token { pasted_at: Some(at) });
    let (words, old) = token.age(Lang::En, hours(1)).unwrap();
    assert!(words.contains("60") && !old, "{words}");
    assert!(token.age(Lang::ZhCn, hours(2)).unwrap().1);
    let ticket = AccessForm::of(&Access::Platform {
        component_appid: "wx1".into(),
        ticket_at: Some(at),
    });
    assert!(!ticket.age(Lang::En, hours(11)).unwrap().1);
    assert!(ticket.age(Lang::En, hours(13)).unwrap().1);
    assert_eq!(AccessForm::of(&Access::Secret).age(Lang::En, at), None);
}

#[test]
fn what_is_typed_is_the_way_that_is_saved() {
    assert_eq!(
        filled(AccessMode::Command).access(),
        Access::Command {
            program: FULL.into(),
            arguments: vec!["--shop".into(), "1 2".into()],
        }
    );
    for access in [
        Access::Secret,
        Access::Service {
            url: "https://erp.example.com/token".into(),
            method: ServiceMethod::Post,
        },
        Access::Command {
            program: FULL.into(),
            arguments: vec!["a".into()],
        },
    ] {
        assert_eq!(AccessForm::of(&access).access(), access);
    }
}
