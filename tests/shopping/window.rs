//! Drives the page by roles and labels: what is typed, what is told, what is asked, and that closing means No.

use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::shopping::{
    FileFault, FileOrder, FilePlace, FileProblem, ShoppingContent, ShoppingFault, ShoppingField,
    ShoppingFile, ShoppingPlace,
};
use fahuo::domain::{
    CallFailure, Doubt, FailureKind, ShoppingCall, ShoppingDraft, ShoppingId, ShoppingRecord, ShoppingState,
};
use fahuo::engine::command::{Command, ShoppingAsk, ShoppingSource};
use fahuo::engine::snapshot::{ShoppingFileView, ShoppingView, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

use super::fixtures::{ago, now, shop, themed, window};
use super::make::{OPENID, details, question, shipping};

fn with(view: ShoppingView) -> Snapshot {
    Snapshot {
        shopping: Arc::new(view),
        ..shop()
    }
}

fn open(snapshot: Snapshot) -> Harness<'static, App> {
    let mut h = window(snapshot, Lang::En, Page::Shopping);
    h.run_steps(4);
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click_accesskit();
    h.run_steps(4);
}

fn choose(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::RadioButton, name).click_accesskit();
    h.run_steps(4);
}

fn type_into(h: &mut Harness<'static, App>, field: &str, text: &str) {
    let node = h.get_by_role_and_label(Role::TextInput, field);
    node.focus();
    h.run_steps(2);
    h.get_by_role_and_label(Role::TextInput, field).type_text(text);
    h.run_steps(2);
}

fn asked(h: &Harness<'static, App>) -> Vec<ShoppingAsk> {
    let commands = h.state().commands().iter();
    let asked = commands.filter_map(|command| {
        if let Command::Shopping(ask) = command {
            Some(ask.clone())
        } else {
            None
        }
    });
    asked.collect()
}

fn sent(h: &Harness<'static, App>) -> ShoppingDraft {
    match &asked(h)[..] {
        [ShoppingAsk::Send(drafts)] => drafts[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn record(id: i64, draft: &ShoppingDraft, state: ShoppingState) -> Arc<ShoppingRecord> {
    let queued = ShoppingRecord::queued(
        Arc::new(draft.kept()),
        "oUpF…eS6o".into(),
        format!("sum {id}"),
        ago(600),
    );
    Arc::new(ShoppingRecord {
        id: ShoppingId(id),
        state,
        ..queued
    })
}

fn results() -> ShoppingView {
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let rows = [
        record(3, &details("4203", "wx1"), ShoppingState::Unclear(doubt)),
        record(
            2,
            &question("4202"),
            ShoppingState::Said("order is not paid".into()),
        ),
        record(1, &shipping("4201"), ShoppingState::Accepted),
    ];
    ShoppingView {
        rows: rows.into(),
        unclear: 1,
        ..ShoppingView::default()
    }
}

#[test]
fn a_form_of_details_tells_what_is_missing_and_sends_what_was_typed_after_a_question() {
    let mut h = open(shop());
    assert!(h.query_by_label_contains("This releases no money").is_some());
    press(&mut h, "Upload details (1 item)");
    assert!(asked(&h).is_empty());
    assert!(h.query_by_label_contains("things to change").is_some());
    for (field, text) in [
        ("WeChat order number of the combined order", "4200"),
        ("Payer's openid", OPENID),
        ("WeChat order number of sub-order 1", "4201"),
        ("Sub-order 1 Shop's order number", "D1"),
        (
            "Sub-order 1 Order page Path of the order page",
            "pages/order?id=1",
        ),
        ("Sub-order 1 Item 1 Item name", "茶"),
        ("Sub-order 1 Item 1 Unit price (yuan)", "12.50"),
        ("Sub-order 1 Item 1 Address of image 1", "https://a/1.png"),
        (
            "Sub-order 1 Item 1 Item page Path of the item page",
            "pages/item?id=1",
        ),
    ] {
        type_into(&mut h, field, text);
    }
    assert!(h.query_by_label_contains("things to change").is_none());
    press(&mut h, "Upload details (1 item)");
    assert!(asked(&h).is_empty(), "it is asked first");
    press(&mut h, "Not now");
    assert!(asked(&h).is_empty(), "closing means No");
    press(&mut h, "Upload details (1 item)");
    let buttons: Vec<_> = h
        .get_all_by_role_and_label(Role::Button, "Upload details (1 item)")
        .collect();
    assert_eq!(buttons.len(), 2);
    buttons[1].click_accesskit();
    h.run_steps(4);
    let draft = sent(&h);
    assert_eq!(
        (draft.key.number(), draft.openid.as_str(), draft.parts()),
        ("4200", OPENID, 1)
    );
    let ShoppingContent::Details(subs) = &draft.content else {
        panic!("{draft:?}");
    };
    assert_eq!(
        (
            subs[0].items[0].name.as_str(),
            subs[0].items[0].unit_price.as_str()
        ),
        ("茶", "12.50")
    );
}

#[test]
fn items_and_images_end_at_their_limits() {
    let mut h = open(shop());
    for _ in 0..2 {
        press(&mut h, "Sub-order 1 Item 1 Add an image");
    }
    assert!(
        h.query_by_label("Sub-order 1 Item 1 Address of image 3")
            .is_some()
    );
    assert!(h.query_by_label("Sub-order 1 Item 1 Add an image").is_none());
    assert!(h.query_by_label_contains("Images 3 / 3").is_some());
    for _ in 0..49 {
        press(&mut h, "Sub-order 1 Add an item");
    }
    assert!(h.query_by_label_contains("Items 50 / 50").is_some());
    press(&mut h, "Sub-order 1 Add an item");
    assert!(h.query_by_label_contains("Items 50 / 50").is_some());
    assert!(h.query_by_label("Upload details (50 items)").is_some());
}

#[test]
fn shipping_is_unified_with_one_parcel_and_names_items_when_split() {
    let mut h = open(shop());
    choose(&mut h, "What to do: Combined shipping");
    assert!(
        h.query_by_label("Sub-order 1 Parcel 1 Item numbers in this parcel")
            .is_none()
    );
    press(&mut h, "Sub-order 1 Add a parcel");
    assert!(
        h.query_by_label("Sub-order 1 Parcel 2 Item numbers in this parcel")
            .is_some()
    );
    type_into(
        &mut h,
        "Sub-order 1 Parcel 1 Item numbers in this parcel",
        "S1 S2",
    );
    press(&mut h, "Upload shipping (2 parcels)");
    assert!(asked(&h).is_empty());
    assert!(
        h.query_all_by_label_contains("split delivery names the items")
            .next()
            .is_some()
    );
    choose(&mut h, "Sub-order 1 Delivery mode: Unified (one parcel)");
    assert!(
        h.query_all_by_label_contains("exactly one parcel")
            .next()
            .is_some()
    );
}

#[test]
fn a_question_needs_no_question() {
    let mut h = open(shop());
    choose(&mut h, "What to do: Verification");
    type_into(&mut h, "WeChat order number of the combined order", "4200");
    type_into(&mut h, "Payer's openid", OPENID);
    press(&mut h, "Verify");
    assert_eq!(sent(&h), question("4200"));
}

#[test]
fn results_are_opened_verified_settled_and_put_back_into_the_form() {
    let mut h = open(with(results()));
    press(&mut h, "Shopping details · 4203");
    assert!(
        h.query_by_label_contains("It is not known whether it arrived")
            .is_some()
    );
    press(&mut h, "It arrived");
    assert!(asked(&h).is_empty());
    let yes: Vec<_> = h.get_all_by_role_and_label(Role::Button, "It arrived").collect();
    yes[yes.len() - 1].click_accesskit();
    h.run_steps(4);
    assert_eq!(asked(&h), [ShoppingAsk::Settle(ShoppingId(3))]);
    press(&mut h, "Put into the form");
    assert!(h.query_by_label("Upload details (3 items)").is_some());
    press(&mut h, "Verify this order");
    assert!(h.query_by_label("Verify").is_some());
    press(&mut h, "Verification · 4202");
    assert!(h.query_by_label_contains("order is not paid").is_some());
}

#[test]
fn a_file_shows_what_is_wrong_at_its_row_and_sends_the_rest_after_a_question() {
    let good = FileOrder {
        draft: Arc::new(details("4201", "wx1")),
        at: FilePlace::Row(2),
        problems: Vec::new(),
    };
    let wrong = FileOrder {
        draft: Arc::new(details("4202", "wx1")),
        at: FilePlace::Row(4),
        problems: vec![FileProblem {
            at: FilePlace::Row(5),
            place: ShoppingPlace::sub(0).part(1),
            fault: FileFault::Field(ShoppingField::Image, ShoppingFault::TooMany { most: 3 }),
        }],
    };
    let mut file = ShoppingFile::empty("details.csv", ShoppingCall::Details, None);
    file.orders = vec![good, wrong];
    file.unknown = vec!["备注".into()];
    let view = ShoppingFileView {
        serial: 7,
        file: Arc::new(file),
        ready: 1,
        already: 0,
        wrong: 1,
        sent: false,
    };
    let mut h = open(with(ShoppingView {
        file: Some(Arc::new(view)),
        ..ShoppingView::default()
    }));
    assert!(
        h.query_by_label_contains("Row 5 · Sub-order 1 · Item 2")
            .is_some()
    );
    assert!(h.query_by_label_contains("Image address: at most 3").is_some());
    assert!(h.query_by_label_contains("备注").is_some());
    press(&mut h, "Send 1 order");
    assert!(asked(&h).is_empty());
    let yes: Vec<_> = h
        .get_all_by_role_and_label(Role::Button, "Send 1 order")
        .collect();
    yes[yes.len() - 1].click_accesskit();
    h.run_steps(4);
    assert_eq!(asked(&h), [ShoppingAsk::SendFile(7)]);
}

#[test]
fn pasted_text_is_read_as_what_is_open() {
    let mut h = open(shop());
    choose(&mut h, "What to do: Combined shipping");
    press(&mut h, "Paste text");
    h.get_by_role_and_label(Role::MultilineTextInput, "Paste a table or JSON")
        .focus();
    h.run_steps(2);
    h.get_by_role_and_label(Role::MultilineTextInput, "Paste a table or JSON")
        .type_text("[]");
    h.run_steps(2);
    press(&mut h, "Check what was pasted");
    let from = ShoppingSource::Text("[]".into());
    let call = ShoppingCall::Ship;
    assert_eq!(asked(&h), [ShoppingAsk::Read { call, from }]);
}

#[test]
fn the_page_is_painted_in_both_languages_and_themes_at_every_size() {
    for lang in Lang::ALL {
        for theme in ["light", "dark"] {
            for call in 0..3 {
                for (width, height, zoom) in
                    [(1280.0, 800.0, 1.0), (1024.0, 700.0, 1.0), (1024.0, 700.0, 2.0)]
                {
                    let mut h = themed(with(results()), lang, Page::Shopping, theme);
                    h.set_size(egui::vec2(width / zoom, height / zoom));
                    h.run_steps(4);
                    let names = [
                        ["购物详情", "合单物流", "核验结果"],
                        ["Shopping details", "Combined shipping", "Verification"],
                    ];
                    let names = names[usize::from(lang == Lang::En)];
                    if call > 0 {
                        let first = if lang == Lang::En {
                            "What to do"
                        } else {
                            "要做什么"
                        };
                        let name = format!("{first}: {}", names[call]);
                        h.get_by_role_and_label(Role::RadioButton, &name)
                            .click_accesskit();
                        h.run_steps(4);
                    }
                    h.render().unwrap();
                }
            }
        }
    }
    assert!(now() > ago(1));
}
