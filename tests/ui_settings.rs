//! Drives the settings by labels: the account form, the checks, the key store, the window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui_settings/access.rs"]
mod access;
#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{CallFailure, FailureKind, Field};
use fahuo::engine::command::{AccountId, Command, DataAsk, Preference, Secret, TeamEdit};
use fahuo::engine::snapshot::{
    CheckKind, CheckResult, Doctor, KeyStore, RememberedMapping, Snapshot, TeamView,
};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, shop, window};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn open(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    let mut h = window(snapshot, lang, Page::Settings);
    h.run();
    h
}

fn press(h: &mut Harness<'static, App>, role: Role, label: &str) {
    h.get_by_role_and_label(role, label).scroll_to_me();
    h.run_steps(3);
    h.get_by_role_and_label(role, label).click();
    h.run_steps(3);
}

fn type_into(h: &mut Harness<'static, App>, role: Role, label: &str, text: &str) {
    let field = h.get_by_role_and_label(role, label);
    field.focus();
    field.type_text(text);
    h.run_steps(3);
}

#[test]
fn the_first_account_is_typed_and_saved_and_its_secret_leaves_the_form() {
    let mut h = open(Snapshot::default(), Lang::En);
    h.get_by_label("New account");
    type_into(&mut h, Role::TextInput, "Name", "Tea shop");
    type_into(&mut h, Role::TextInput, "AppID", "wx0123456789abcdef");
    type_into(&mut h, Role::PasswordInput, "AppSecret", SECRET);
    press(&mut h, Role::Button, "Save");
    let [Command::SaveAccount(edit)] = h.state().commands() else {
        panic!("{:?}", h.state().commands());
    };
    assert_eq!((edit.id, edit.name.as_str()), (None, "Tea shop"));
    assert_eq!(edit.secret, Some(Secret::new(SECRET.into())));
    // Neither the form nor its undo has it any more.
    let field = h.get_by_role_and_label(Role::PasswordInput, "AppSecret");
    field.focus();
    h.run_steps(3);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run_steps(3);
    assert!(!format!("{:?}", h.state()).contains(SECRET));
    press(&mut h, Role::Button, "Save");
    assert_eq!(
        h.state().commands().len(),
        1,
        "without a secret a new account is not saved"
    );
}

#[test]
fn a_secret_is_not_in_the_tree_that_screen_readers_read() {
    let mut h = open(Snapshot::default(), Lang::En);
    type_into(&mut h, Role::PasswordInput, "AppSecret", SECRET);
    assert!(!format!("{:?}", h.root()).contains(SECRET));
}

#[test]
fn the_first_wrong_field_comes_into_sight_with_the_keyboard_in_it() {
    let mut h = open(Snapshot::default(), Lang::En);
    press(&mut h, Role::Button, "Save");
    h.get_by_label("Not saved: Give it a name");
    h.run_steps(8);
    let field = h.get_by_role_and_label(Role::TextInput, "Name");
    let rect = field.rect();
    assert!(field.accesskit_node().is_focused(), "it has the keyboard");
    assert!(rect.min.y > 40.0 && rect.max.y < 700.0, "{rect:?}");
}

#[test]
fn what_is_wrong_stands_at_its_field_and_nothing_is_saved() {
    for (lang, save, words) in [
        (Lang::ZhCn, "保存", "AppID 是 wx 加 16 位字母或数字"),
        (Lang::En, "Save", "An AppID is wx and 16 letters or digits"),
    ] {
        let mut h = open(Snapshot::default(), lang);
        assert!(h.query_by_label(words).is_none(), "not before the first try");
        press(&mut h, Role::Button, save);
        h.get_by_label(words);
        assert!(h.state().commands().is_empty());
    }
}

#[test]
fn an_account_is_changed_without_typing_its_secret_again() {
    let mut h = open(shop(), Lang::En);
    type_into(&mut h, Role::TextInput, "Name", "2");
    press(&mut h, Role::Button, "Save");
    let [Command::SaveAccount(edit)] = h.state().commands() else {
        panic!("{:?}", h.state().commands());
    };
    assert_eq!(edit.id, Some(AccountId(1)));
    assert_eq!(edit.name, "山野茶铺2");
    assert_eq!((edit.secret.as_ref(), edit.max_parcels), (None, 10));
    assert_eq!(edit.sender_contact, "138****1234");
}

#[test]
fn removing_an_account_is_asked_about_and_escape_means_no() {
    let mut h = open(shop(), Lang::En);
    press(&mut h, Role::Button, "Remove");
    h.get_by_label("Remove the account 山野茶铺?");
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(h.state().commands().is_empty());
    press(&mut h, Role::Button, "Remove");
    h.get_all_by_role_and_label(Role::Button, "Remove")
        .last()
        .unwrap()
        .click();
    h.run_steps(3);
    assert_eq!(h.state().commands(), [Command::RemoveAccount(AccountId(1))]);
}

#[test]
fn an_account_of_the_sandbox_is_not_to_be_changed() {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).accounts[0].temporary = true;
    let h = open(snapshot, Lang::En);
    h.get_by_label_contains("It is not kept");
    assert!(h.query_by_label("Save").is_none());
    assert!(h.query_by_label("Remove").is_none());
}

#[test]
fn the_checks_say_what_to_do_and_give_the_address_to_copy() {
    let mut snapshot = shop();
    let failure = CallFailure {
        kind: FailureKind::IpNotAllowed {
            ip: Some("203.0.113.7".into()),
        },
        errcode: Some(40164),
        rid: None,
        http_status: Some(200),
    };
    Arc::make_mut(&mut snapshot.session).doctor = Doctor {
        series: 1,
        running: false,
        at: Some(ago(60)),
        checks: vec![
            (CheckKind::Network, CheckResult::Passed),
            (CheckKind::Credentials, CheckResult::Failed(failure)),
        ],
    };
    let mut h = open(snapshot, Lang::En);
    h.get_by_label("all right");
    h.get_by_label_contains("40164");
    h.get_by_role_and_label(Role::Button, "Copy 203.0.113.7").click();
    let copied = (0..4).any(|_| {
        h.step();
        let commands = &h.output().platform_output.commands;
        commands
            .iter()
            .any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text == "203.0.113.7"))
    });
    assert!(copied);
    press(&mut h, Role::Button, "Test the account");
    assert_eq!(h.state().commands(), [Command::TestAccount]);
}

#[test]
fn a_missing_key_store_is_told_and_tried_again() {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).key_store = KeyStore::SessionOnly { locked: false };
    let mut h = open(snapshot, Lang::En);
    h.get_by_label("This computer has no key store");
    h.get_all_by_role_and_label(Role::Button, "Try again")
        .last()
        .unwrap()
        .click();
    h.run_steps(3);
    assert_eq!(h.state().commands(), [Command::RetryKeyStore]);
}

#[test]
fn the_window_is_set_up_by_one_click_each() {
    for (role, label, preference) in [
        (
            Role::RadioButton,
            "Language: 中文",
            Preference::Language("zh-CN".into()),
        ),
        (Role::RadioButton, "Theme: Dark", Preference::Theme("dark".into())),
        (Role::Button, "Larger", Preference::ZoomPercent(110)),
    ] {
        let mut h = open(shop(), Lang::En);
        press(&mut h, role, label);
        assert_eq!(h.state().commands(), [Command::Prefer(preference)], "{label}");
    }
}

#[test]
fn the_licence_of_the_font_is_there() {
    let mut h = open(shop(), Lang::En);
    let heading = "Font: Noto Sans SC (SIL Open Font License 1.1)";
    h.get_by_label(heading).scroll_to_me();
    h.run_steps(3);
    h.get_by_label(heading).click();
    h.run_steps(20);
    h.get_by_label_contains("SIL OPEN FONT LICENSE");
}

const TEAM_KEY: &str = "eight tea leaves";

#[test]
fn a_team_is_joined_and_its_key_leaves_the_form() {
    for (lang, labels) in [
        (
            Lang::En,
            [
                "This computer ships alone",
                "Shared folder",
                "Team key",
                "Your name",
                "Claim orders",
            ],
        ),
        (
            Lang::ZhCn,
            ["本机单独发货", "共享文件夹", "团队密钥", "你的姓名", "开启认领"],
        ),
    ] {
        let [alone, folder, key, operator, save] = labels;
        let mut h = open(shop(), lang);
        h.get_by_label(alone);
        type_into(&mut h, Role::TextInput, folder, "//server/fahuo");
        type_into(&mut h, Role::PasswordInput, key, TEAM_KEY);
        type_into(&mut h, Role::TextInput, operator, "Li");
        assert!(!format!("{:?}", h.root()).contains(TEAM_KEY));
        press(&mut h, Role::Button, save);
        let [Command::SaveTeam(edit)] = h.state().commands() else {
            panic!("{:?}", h.state().commands());
        };
        assert_eq!(
            (edit.folder.as_str(), edit.operator.as_str()),
            ("//server/fahuo", "Li")
        );
        assert_eq!(edit.key, Some(Secret::new(TEAM_KEY.into())));
        assert!(!format!("{:?}", h.state()).contains(TEAM_KEY));
    }
}

#[test]
fn a_member_of_a_team_sees_so_and_may_leave_it() {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).team = TeamView {
        folder: "//server/fahuo".into(),
        pc: "FRONT-DESK".into(),
        has_key: true,
        ..TeamView::default()
    };
    let mut h = open(snapshot, Lang::En);
    h.get_by_label("Every order is claimed before it is sent");
    h.get_by_label("This computer is FRONT-DESK. While the folder cannot be reached, nothing is sent.");
    press(&mut h, Role::Button, "Ship alone");
    assert_eq!(h.state().commands(), [Command::SaveTeam(TeamEdit::default())]);
}

#[test]
fn what_is_remembered_about_columns_is_named_and_forgotten() {
    for (lang, field, button) in [
        (Lang::ZhCn, "名称：单据 · 号码", "忘记：单据 · 号码"),
        (Lang::En, "Name: 单据 · 号码", "Forget: 单据 · 号码"),
    ] {
        let known = RememberedMapping {
            key: "k1".into(),
            name: String::new(),
            headings: vec!["单据".into(), "号码".into()],
            mapping: vec![("号码".into(), Some(Field::TrackingNo)), ("单据".into(), None)],
        };
        let snapshot = Snapshot {
            mappings: [known].into(),
            ..shop()
        };
        let mut h = open(snapshot, lang);
        type_into(&mut h, Role::TextInput, field, "东仓");
        h.key_press(Key::Enter);
        h.run_steps(3);
        let rename = Command::RenameMapping {
            key: "k1".into(),
            name: "东仓".into(),
        };
        assert_eq!(h.state().commands(), [rename]);
        press(&mut h, Role::Button, button);
        assert_eq!(h.state().commands()[1], Command::ForgetMapping("k1".into()));
    }
}

#[test]
fn how_long_data_is_kept_is_one_click_and_deleting_it_is_asked_about() {
    let mut h = open(shop(), Lang::En);
    press(&mut h, Role::RadioButton, "Keep personal data for: 90 days");
    press(&mut h, Role::Button, "Delete old data now…");
    h.get_by_label("Delete what is older than 180 days?");
    h.key_press(Key::Escape);
    h.run_steps(3);
    press(&mut h, Role::Button, "Delete old data now…");
    h.get_by_role_and_label(Role::Button, "Delete").click();
    h.run_steps(3);
    let purge = DataAsk::Purge { older_than_days: 180 };
    assert_eq!(
        h.state().commands(),
        [Command::Data(DataAsk::KeepDays(90)), Command::Data(purge)]
    );
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).data.keep_days = 45;
    let mut h = open(snapshot, Lang::ZhCn);
    h.get_by_role_and_label(Role::RadioButton, "个人信息保留时间: 45 天")
        .scroll_to_me();
    h.run_steps(3);
}
