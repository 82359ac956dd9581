//! Which orders the pages offer, and what is typed about them.

use super::*;
use crate::domain::{ErrandEnd, OpenId, OrderState, ShippedParcel, Shipping};

const PAID: i64 = 1_700_000_000;
const NOW: Timestamp = Timestamp::from_secs(PAID + 5 * 86_400);

fn order(number: u8, state: i64, logistics_type: i64) -> Arc<Order> {
    let parcel = ShippedParcel {
        tracking_no: String::from("SF1"),
        upload_time: Some(Timestamp::from_secs(PAID + 60)),
        ..ShippedParcel::default()
    };
    Arc::new(Order {
        transaction_id: TransactionId::parse(&format!("42{number}")).unwrap(),
        mchid: String::new(),
        out_trade_no: format!("S{number}"),
        sub_mchid: String::new(),
        description: String::new(),
        paid_amount: Fen(150),
        openid: OpenId::default(),
        pay_time: Timestamp::from_secs(PAID + i64::from(number) * 86_400),
        state: OrderState::from(state),
        in_complaint: false,
        shipping: Shipping {
            logistics_type,
            finish_shipping: logistics_type > 0,
            finish_shipping_count: i64::from(logistics_type > 0),
            parcels: (logistics_type > 0).then_some(parcel).into_iter().collect(),
            ..Shipping::default()
        },
    })
}

fn orders(rows: Vec<Arc<Order>>) -> Arc<Orders> {
    Arc::new(Orders {
        rows: rows.into(),
        ..Orders::default()
    })
}

fn reasons(model: &Model) -> Vec<Option<ErrandWhy>> {
    model.rows.iter().map(|row| row.why).collect()
}

#[test]
fn reminders_list_what_is_shipped_with_the_reason_against_it() {
    let list = orders(vec![
        order(1, 2, 1),
        order(2, 2, 4),
        order(3, 1, 0),
        order(4, 3, 1),
        order(5, 2, 1),
        order(6, 2, 1),
    ]);
    let used = order(5, 2, 1).transaction_id.clone();
    let open = order(6, 2, 1).transaction_id.clone();
    let kind = ErrandKind::Remind { received_at: NOW };
    let view = Arc::new(ErrandsView {
        rows: [Arc::new(Errand::queued(ErrandId(9), open, kind, NOW))].into(),
        reminded: Arc::new([used].into()),
        ..ErrandsView::default()
    });
    let mut model = Model::new(Purpose::Remind);
    model.follow(&list, &view, NOW);
    assert_eq!(
        reasons(&model),
        [
            None,
            Some(ErrandWhy::NotExpress),
            Some(ErrandWhy::Reminded),
            Some(ErrandWhy::UnderWay)
        ]
    );
    let count = [Filter::Can, Filter::Cannot, Filter::History].map(|filter| model.count(filter));
    assert_eq!(count, [1, 3, 1]);
    model.toggle_all();
    assert_eq!(model.ready().len(), 1);
    // A signing before the shipping takes the order away again, and it is not forgotten that it was chosen.
    model.signed_at = String::from("2023-11-15 06:14");
    model.follow(&list, &view, NOW);
    assert_eq!((model.ready().len(), model.chosen_count()), (0, 1));
    assert_eq!(model.rows[0].why, Some(ErrandWhy::SignedTooEarly));
}

#[test]
fn the_days_of_a_pre_sale_are_those_that_all_chosen_orders_allow() {
    let shown = orders(vec![order(1, 1, 0), order(9, 1, 0), order(3, 2, 1)]);
    let view = Arc::new(ErrandsView::default());
    let mut model = Model::new(Purpose::Report);
    model.follow(&shown, &view, NOW);
    assert_eq!((model.count(Filter::Can), model.days()), (2, None));
    assert_eq!(model.kind(NOW), Err(Unsaid::NoDay));
    model.toggle_all();
    let (first, last) = model.days().unwrap();
    // Paid 2023-11-16 and 2023-11-24 at 06:13:20.
    assert_eq!(
        (first.to_string(), last.to_string()),
        ("2023-12-09".into(), "2024-10-11".into())
    );
    for (day, ready) in [
        ("2023-12-08", 1),
        ("2023-12-09", 2),
        ("2024-10-11", 2),
        ("2024-10-12", 1),
    ] {
        model.day = day.into();
        model.follow(&shown, &view, NOW);
        assert_eq!(model.ready().len(), ready, "{day}");
    }
    assert_eq!(model.amount(), Fen(150));
}

#[test]
fn a_time_that_no_order_allows_is_refused_with_what_they_allow() {
    let view = Arc::new(ErrandsView::default());
    let mut model = Model::new(Purpose::Report);
    let shown = orders(vec![order(1, 1, 0), order(9, 1, 0)]);
    for (day, barred) in [
        ("", None),
        ("2023-11-30", Some(ErrandWhy::DateTooEarly)),
        ("2030-01-01", Some(ErrandWhy::DateTooLate)),
        // One of the two allows it.
        ("2023-12-02", None),
    ] {
        model.day = day.into();
        model.follow(&shown, &view, NOW);
        assert_eq!(model.barred(), barred, "{day}");
        let (first, last) = model.possible_days().unwrap();
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2023-12-01".into(), "2024-10-19".into())
        );
    }
    model.toggle_all();
    model.toggle(&order(9, 1, 0).transaction_id);
    model.follow(&shown, &view, NOW);
    assert_eq!(model.barred(), Some(ErrandWhy::DateTooEarly), "one of the chosen");

    let mut model = Model::new(Purpose::Remind);
    let shown = orders(vec![order(1, 2, 1)]);
    for (signed_at, barred, can) in [
        ("", None, 1),
        ("2020-01-01", Some(ErrandWhy::SignedTooEarly), 0),
        ("2030-01-01", Some(ErrandWhy::SignedTooLate), 0),
        ("yesterday", None, 1),
    ] {
        model.signed_at = signed_at.into();
        model.follow(&shown, &view, NOW);
        assert_eq!(
            (model.barred(), model.count(Filter::Can)),
            (barred, can),
            "{signed_at}"
        );
    }
    assert_eq!(model.signed_after(), Some(Timestamp::from_secs(PAID + 60)));
}

#[test]
fn pasted_numbers_choose_orders_and_say_what_was_not_found() {
    let list = orders(vec![order(1, 1, 0), order(2, 1, 0), order(3, 1, 0)]);
    let mut model = Model::new(Purpose::Report);
    model.follow(&list, &Arc::default(), NOW);
    assert_eq!(model.choose_numbers("421\nS3、 421，nope;"), (2, 1));
    assert_eq!(model.ready().len(), 2);
}

#[test]
fn moments_are_read_as_people_type_them() {
    for (text, read) in [
        ("2023-11-15 06:13", Some(PAID - 20)),
        ("2023-11-15 06:13:20", Some(PAID)),
        ("2023/11/15 06：13", Some(PAID - 20)),
        ("2023-11-15", Some(PAID - 22_400)),
        ("soon", None),
        ("2023-11-15 6 o'clock", None),
    ] {
        assert_eq!(read_moment(text).map(Timestamp::secs), read, "{text}");
    }
}

#[test]
fn what_has_ended_needs_no_decision() {
    for (state, some) in [
        (ErrandState::NeedsPerson(ErrandWhy::Unproven), true),
        (ErrandState::Stopped(ErrandWhy::NotShipped), true),
        (ErrandState::Done(ErrandEnd::Accepted), false),
        (ErrandState::Queued, false),
    ] {
        assert_eq!(!decisions(&state).is_empty(), some, "{state:?}");
    }
}
