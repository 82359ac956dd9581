//! The ways to a token in the account form, and what the checks say about each.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{Access, CallFailure, FailureKind};
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::{CheckKind, CheckResult, Doctor, Snapshot};
use fahuo::i18n::Lang;

use super::fixtures::{ago, shop};
use super::{open, press, type_into};

const LONG: &str = "CANARY-refresh";

#[test]
fn a_platform_is_chosen_in_plain_words_and_its_secrets_leave_the_form() {
    for (lang, labels) in [
        (
            Lang::En,
            [
                "Other ways to connect (advanced)",
                "Way to connect: A third-party platform",
                "AppID of the platform (component_appid)",
                "AppSecret of the platform (component_appsecret)",
                "Ticket (component_verify_ticket)",
                "Refresh token (authorizer_refresh_token)",
                "Name",
                "Save",
                "Fill this in",
            ],
        ),
        (
            Lang::ZhCn,
            [
                "其他接入方式（高级）",
                "接入方式: 第三方平台授权",
                "平台 AppID（component_appid）",
                "平台 AppSecret（component_appsecret）",
                "验证票据（component_verify_ticket）",
                "授权刷新令牌（authorizer_refresh_token）",
                "名称",
                "保存",
                "请填写",
            ],
        ),
    ] {
        let [fold, mode, appid, secret, ticket, refresh, name, save, missing] = labels;
        let mut h = open(Snapshot::default(), lang);
        assert!(h.query_by_label(mode).is_none(), "folded away for the many");
        h.get_by_label(fold).scroll_to_me();
        h.run_steps(3);
        h.get_by_label(fold).click();
        h.run_steps(20);
        press(&mut h, Role::RadioButton, mode);
        h.run_steps(10);
        assert!(
            h.query_by_label("AppSecret").is_none(),
            "the Mini Program's own is not asked for"
        );
        type_into(&mut h, Role::TextInput, name, "Tea");
        type_into(&mut h, Role::TextInput, "AppID", "wx0123456789abcdef");
        type_into(&mut h, Role::TextInput, appid, "wxfedcba9876543210");
        type_into(&mut h, Role::PasswordInput, secret, "CANARY-secret");
        type_into(&mut h, Role::PasswordInput, ticket, "CANARY-ticket");
        press(&mut h, Role::Button, save);
        h.get_by_label(missing);
        assert!(h.state().commands().is_empty());
        type_into(&mut h, Role::PasswordInput, refresh, LONG);
        assert!(!format!("{:?}", h.root()).contains("CANARY"));
        press(&mut h, Role::Button, save);
        let [Command::SaveAccount(edit)] = h.state().commands() else {
            panic!("{:?}", h.state().commands());
        };
        let kept: Vec<&str> = edit.more.iter().map(|(_, secret)| secret.expose()).collect();
        assert_eq!(kept, ["CANARY-secret", "CANARY-ticket", LONG]);
        assert!(
            matches!(&edit.access, Access::Platform { component_appid, .. } if component_appid == "wxfedcba9876543210")
        );
        let field = h.get_by_role_and_label(Role::PasswordInput, refresh);
        field.focus();
        h.run_steps(3);
        h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        h.run_steps(3);
        let state = format!("{:?}", h.state());
        assert!(!state.contains("CANARY"), "what was saved is in no form");
    }
}

#[test]
fn a_pasted_token_shows_how_long_it_lasts() {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).accounts[0].access = Access::Token {
        pasted_at: Some(ago(3600)),
    };
    let h = open(snapshot.clone(), Lang::En);
    h.get_by_label_contains("60 min left at most");
    Arc::make_mut(&mut snapshot.session).accounts[0].access = Access::Token {
        pasted_at: Some(ago(3 * 3600)),
    };
    let h = open(snapshot, Lang::ZhCn);
    h.get_by_label("粘贴已超过两小时，请粘贴新的");
}

#[test]
fn the_checks_of_a_platform_name_the_authorised_mini_program() {
    let mut snapshot = shop();
    let session = Arc::make_mut(&mut snapshot.session);
    session.accounts[0].access = Access::Platform {
        component_appid: "wxfedcba9876543210".into(),
        ticket_at: None,
    };
    let lacks = CallFailure {
        errcode: Some(61_007),
        ..CallFailure::of(FailureKind::NotAuthorised)
    };
    session.doctor = Doctor {
        series: 1,
        running: false,
        at: Some(ago(60)),
        checks: vec![
            (CheckKind::ServiceOpened, CheckResult::No),
            (CheckKind::SettlementConfirmed, CheckResult::Failed(lacks)),
        ],
    };
    let h = open(snapshot, Lang::ZhCn);
    h.get_by_label("授权的小程序已开通发货信息管理");
    h.get_by_label_contains("平台不能代办");
    h.get_by_label("第三方平台缺少这个接口的权限集");
    h.get_by_label_contains("权限集 142");
}
