# Reminders, reports of special orders, the page that messages open.

nav-reminders = Reminders
nav-special = Special orders

errand-remind = Receipt reminder
errand-pre-sale = Pre-sale report
errand-test-order = Test order report

errand-state-queued = Queued
errand-state-sending = Sending
errand-state-unclear = Not sure
errand-state-done = Done
errand-state-refused = Refused
errand-state-stopped = Not sent
errand-state-needs-person = Needs you
errand-state-cancelled = Cancelled

errand-queued = Waiting in line
    .detail = Nothing was sent yet. The order is looked at first.
errand-queued-again = About to be sent again
    .detail = The last try had no answer. The order is looked at first; if the last try counted after all, WeChat refuses the second.
errand-queued-invisible = WeChat does not show this order
    .detail = Nothing was sent. It stays in line and is asked for again; a day after it was queued it is given up.
    .action = Compare the number and the account. Take it back when the number is wrong; a new order usually appears within minutes.
errand-sending = Being sent
    .detail = WeChat's answer is awaited.
errand-done-remind = The buyer was reminded to confirm receipt
    .detail = WeChat accepted it. This order cannot be reminded again.
errand-done-pre-sale = The pre-sale is reported
    .detail = WeChat accepted it and tells the buyer the expected date. Ship the order before that date.
errand-done-test-order = The test order is reported
    .detail = WeChat accepted it; the order needs no shipping. The money does not go back by itself: refund it in the WeChat Pay merchant platform, or ship as usual.
errand-used = The reminder of this order is used
    .detail = WeChat says that the order was reminded once, by an earlier try or by another system.
errand-by-person = Marked as done by a person
    .detail = WeChat never confirmed it; you did.

errand-why-refunded = The order is refunded
    .detail = Nothing was sent because of that.
    .action = There is nothing left to do.
errand-why-unknown-state = The order is in an unknown state
    .detail = WeChat shows a state that this program does not know. Nothing was sent.
    .action = Update Fahuo, or go on in WeChat's own console.
errand-why-not-shipped = Not everything is shipped yet
    .detail = A reminder is possible once all parcels are shipped. Nothing was sent.
    .action = Ship the order first.
errand-why-not-express = Not sent by a courier
    .detail = Only courier deliveries can be reminded. Nothing was sent.
    .action = There is nothing to do; such orders are confirmed by themselves.
errand-why-received = The buyer has received it
    .detail = Receipt is confirmed, so no reminder is needed. No new one was sent.
    .action = There is nothing left to do.
errand-why-signed-too-early = The signing is not later than the shipping
    .detail = It must be at least one second later than the last shipping. Nothing was sent.
    .action = Choose a later time of signing.
errand-why-signed-too-late = The signing lies in the future
    .detail = It may be at most one day from now. Nothing was sent.
    .action = Choose a time that has passed, exact to the second.
errand-why-reminded = Reminded before
    .detail = An order can be reminded once only. Nothing was sent again.
    .action = There is nothing left to do; you can write to the buyer.
errand-why-not-waiting = The order does not wait for shipment
    .detail = Only orders that are not shipped can be reported. Nothing was sent.
    .action = Refresh the order and look again.
errand-why-date-too-early = The expected date is too early
    .detail = It must be more than 15 days after the payment. Nothing was sent. Orders that are shipped within 15 days need no report.
    .action = Choose a later date, or simply ship in time.
errand-why-date-too-late = The expected date is too late
    .detail = It may be at most 330 days after the payment. Nothing was sent.
    .action = Choose an earlier date.
errand-why-under-way = This order is being worked on
    .detail = It waits in line already, or is being shipped. Nothing else was sent.
    .action = Wait until that has ended.
errand-why-not-visible = WeChat has not shown the order for a day
    .detail = Nothing was sent because of that.
    .action = Check the number and the account, then try again.
errand-why-unproven = Not known whether the report counts
    .detail = It was sent without an answer, the order still waits for shipment, and WeChat cannot be asked about reports. Nothing was sent again.
    .action = Look in WeChat's own console, then choose "It counts" or "Send again".
errand-why-three-attempts = Sent three times without an answer
    .detail = It is not known whether the buyer was reminded. Nothing was sent again.
    .action = Check the network and try again; WeChat refuses a second reminder, so the buyer is not disturbed.

errands-queued = { $queued ->
    [one] { $what }: { $queued } order is in line; it is looked at before it is sent.
   *[other] { $what }: { $queued } orders are in line; each is looked at before it is sent.
}
errands-queued-refused = { $queued ->
    [one] { $what }: { $queued } order is in line; nothing is sent for { $refused }, such as { $order }: { $why }.
   *[other] { $what }: { $queued } orders are in line; nothing is sent for { $refused }, such as { $order }: { $why }.
}
errands-none-queued = { $refused ->
    [one] { $what }: nothing is sent. Order { $order } does not allow it: { $why }.
   *[other] { $what }: nothing is sent. None of the { $refused } orders allows it, such as { $order }: { $why }.
}
errands-nothing = { $what }: no order was chosen, and nothing was sent.
errands-done = { $done ->
    [one] All done: { $done } order.
   *[other] All done: { $done } orders.
}
errands-done-left = { $done ->
    [one] { $done } order is done, { $stopped } did not succeed. Their reasons say why.
   *[other] { $done } orders are done, { $stopped } did not succeed. Their reasons say why.
}

jump-set = The page that messages open is set.
jump-unclear = Not sure whether the page that messages open was set. Set it once more; that does nothing else.
jump-failed = The page that messages open has not changed: { $why }.

cli-about-remind = Remind buyers to confirm receipt, once for each order; only courier deliveries that nobody has confirmed
cli-about-report = Report special orders (pre-sale, test)
cli-about-report-presale = Report pre-sales: orders shipped more than 15 and at most 330 days after the payment
cli-about-report-test = Report test orders: they are never shipped; the money does not go back by itself
cli-about-jump-path = Show or set the page of the Mini Program that messages open (for the whole account)
cli-about-jump-path-show = Show what this computer set last; WeChat cannot be asked for it
cli-about-jump-path-set = Set the page; this replaces what the whole account uses
cli-arg-numbers = Order numbers, WeChat's or the shop's, one or more
cli-arg-numbers_file = Take the order numbers of a file (csv, txt, xlsx, xls); nothing else of it is used
cli-arg-all = Every order that can be reminded
cli-arg-signed_at = When the parcels were signed for, shown to the buyer, later than the shipping (default: now)
cli-arg-ship_by = The day by which they are shipped, for example 2026-12-20; the buyer is told
cli-arg-confirm_count = How many orders that are, instead of being asked; with another number nothing is sent
cli-arg-path = A page of the Mini Program, for example pages/order/detail; an empty text for WeChat's own page

cli-ask-remind = { $count ->
    [one] Remind the buyer of { $count } order to confirm receipt (signed for at { $at })? Each order can be reminded once.
   *[other] Remind the buyers of { $count } orders to confirm receipt (signed for at { $at })? Each order can be reminded once.
}
cli-ask-presale = { $count ->
    [one] Report { $count } order as a pre-sale, shipped by { $at }? WeChat tells the buyers that date.
   *[other] Report { $count } orders as pre-sales, shipped by { $at }? WeChat tells the buyers that date.
}
cli-ask-jump = Messages will open { $page }. This changes the whole account. Set it?
cli-ask-jump-empty = Messages will open WeChat's own page. This changes the whole account. Set it?
cli-test-warning = { $count ->
    [one] Careful: { $count } order ({ $amount }) reported as a test order needs no shipping; the money does not go back to the buyers by itself, refund it in the WeChat Pay merchant platform, or ship as usual. Never report real orders.
   *[other] Careful: { $count } orders ({ $amount } together) reported as test orders need no shipping; the money does not go back to the buyers by itself, refund it in the WeChat Pay merchant platform, or ship as usual. Never report real orders.
}
cli-test-type = Type the number of orders, { $count }, to confirm:
cli-test-not-confirmed = Nothing was sent: the number typed is not { $count }.
cli-errand-unknown = Order { $order } was not found; nothing was sent for it.
cli-progress-errands = { $done ->
    [one] { $done } order ended, { $open } to go
   *[other] { $done } orders ended, { $open } to go
}
cli-errand-unknown-action = Compare the number and the account. Reminders are for shipped orders, reports for orders that wait for shipment.

jump-never = Nothing was set from this computer. WeChat cannot be asked which page is in force.
jump-known = { $path } ({ $at })
jump-problem-long = The path is too long, at most 512 bytes. Nothing was sent.
jump-problem-blank = The path has blanks or invisible signs. Nothing was sent.
jump-problem-address = This is a web address. A page of the Mini Program is meant, for example pages/order/detail. Nothing was sent.
jump-problem-slash = The path begins with "/". Pages of a Mini Program usually do not; please make sure.
jump-problem-collision = The key { $key } in the path is one that WeChat appends; the page may get the wrong value.

reminders-title = Reminders
reminders-subtitle = Remind buyers to confirm receipt, so that the money comes sooner. Once for each order.
reminders-can = Can be reminded
reminders-empty = No order can be reminded
reminders-empty-text = Courier deliveries that the buyer has not confirmed appear here. Refresh the shipped orders first.
reminders-signed-at = Signed for at
reminders-signed-hint = Now ({ $now })
reminders-signed-note = The buyer sees it; it must be later than the shipping. Leave it empty for now.
reminders-signed-wrong = This is no time that can be read. Write it like 2026-11-21 14:03.
reminders-signed-range = The orders allow times after { $after } and up to now.
reminders-send = { $count ->
    [one] Remind { $count } buyer
   *[other] Remind { $count } buyers
}
reminders-ask = { $count ->
    [one] Remind the buyer of { $count } order to confirm receipt?
   *[other] Remind the buyers of { $count } orders to confirm receipt?
}
reminders-ask-once = Each order can be reminded once, and then never again. Each is looked at before it is sent.
reminders-ask-at = The buyers see { $at } as the time of signing.

special-title = Special orders
special-subtitle = Report pre-sales that ship more than 15 days after the payment, and test orders that never ship.
special-can = To be shipped
special-empty = No order waits for shipment
special-empty-text = Only orders that are not shipped can be reported. Refresh the orders to be shipped first.
special-kind = What they are
special-kind-pre-sale = Pre-sale
special-kind-test = Test orders
special-day = Shipped by
special-day-choose = More than 15 and at most 330 days after the payment. Choose orders first, then the day.
special-day-within = The chosen orders allow { $first } to { $last }. WeChat tells the buyers that day.
special-day-none = The chosen orders were paid too far apart and have no day in common. Report them in parts.
special-day-wrong = This is no day that can be read. Write it like 2026-12-20.
special-day-range = The orders allow { $first } to { $last }.
errands-day-empty = No order allows this date
errands-day-empty-text = It is too early or too late for all of them. The days they allow stand at the field above.
errands-day-clear = Clear the date
special-test-warning = Test orders are not shipped any more, and the money does not go back by itself
    .detail = Refund it in the WeChat Pay merchant platform, or ship as usual. Never report orders of real buyers.
special-send-pre-sale = { $count ->
    [one] Report { $count } pre-sale
   *[other] Report { $count } pre-sales
}
special-send-test = { $count ->
    [one] Report { $count } test order
   *[other] Report { $count } test orders
}
special-ask-pre-sale = { $count ->
    [one] Report { $count } order as a pre-sale?
   *[other] Report { $count } orders as pre-sales?
}
special-ask-told = WeChat tells the buyers that they are shipped by { $at }. Ship them before that.
special-ask-test = { $count ->
    [one] Report { $count } order as a test order?
   *[other] Report { $count } orders as test orders?
}
special-ask-test-money = { $amount } together. They need no shipping any more, and the money does not go back by itself.
special-ask-test-real = If one of them belongs to a real buyer, do not go on.
special-ask-test-type = Type the number of orders, { $count }, to confirm

errands-cannot = Cannot
errands-cannot-empty = Nothing stands in the way
errands-cannot-empty-text = All orders of the list allow it.
errands-history = History
special-dated = Pre-sale dates
special-dated-empty = No pre-sale waits for its date
special-dated-empty-text = Orders that were reported as pre-sales from here stand here until they are shipped.
errands-col-ship-by = Ship by
errands-col-left = Time left
errands-left = { $span } left
errands-over = { $span } too late
errands-history-empty = Nothing was sent yet
errands-history-empty-text = What is sent from here stays here, with its result and its time.
errands-never-read = The orders were never read
errands-read = Orders read { $age }
errands-refresh = Refresh orders
errands-reading = Reading
errands-all = Choose all { $count }
errands-none = Choose none
errands-paste = Order numbers to paste
errands-paste-hint = Paste order numbers, one or more
errands-paste-choose = Choose
errands-from-file = Choose those of the file
errands-from-file-hint = Chooses by the order numbers of "{ $file }"; nothing else of it is used.
errands-found = { $found ->
    [one] { $found } order was chosen.
   *[other] { $found } orders were chosen.
}
errands-found-missed = { $found ->
    [one] { $found } order was chosen
   *[other] { $found } orders were chosen
}; { $missed ->
    [one] { $missed } number is not on the list and was left out.
   *[other] { $missed } numbers are not on the list and were left out.
}
errands-say-when = Type the time first.
errands-choose-first = Choose orders first.
errands-rows = Orders
errands-row-name = Order { $order }
errands-past-name = Order { $order }: { $what }, { $state }
errands-choose = Choose order { $order }
errands-col-choose = Choose
errands-col-order = Order
errands-col-goods = Goods
errands-col-shipped = Shipped
errands-col-paid = Paid
errands-col-last = Last asked from here
errands-col-why = What it means
errands-col-state = State
errands-col-what = What
errands-col-since = When
errands-no = Not now
errands-cancel = Take back
errands-decide-accept = It counts
errands-decide-again = Send again
errands-decide-drop = Give up
errands-detail-close = Close
errands-said-remind = Asked at { $asked }, signed for at { $at }.
errands-said-pre-sale = Asked at { $asked }, to be shipped by { $at }.
errands-said-test = Asked at { $asked }.
errands-again-title = Send order { $order } again?
errands-again-remind = The order is looked at first. If the last reminder counted after all, WeChat refuses the second, and the buyer gets one.
errands-again-pre-sale = The order is looked at first. If the last report counted after all, the buyer may be told the date a second time.
errands-again-test = The order is looked at first. Once reported it needs no shipping, and the money does not go back by itself.

jump-title = The page that messages open
jump-field = Page of the Mini Program
jump-note = Messages about shipping and receipt will open { $page }
jump-note-empty = Empty: messages open WeChat's own page for confirming receipt.
jump-set-button = Set
jump-ask = Change the page that messages open?
jump-ask-account = This changes all orders of the whole account and replaces what was set before.
jump-sending = Being set
jump-empty = WeChat's own page
errands-day-pick = Pick: { $field }

problem-combined-parent = The combined order has no number, or that of a sub-order
    .detail = Nothing was sent.
    .action = Type the WeChat Pay number of the combined payment itself.
problem-combined-orders = A sub-order stands there twice, or there are fewer than two
    .detail = Nothing was sent.
    .action = Keep different sub-orders; ship a single one as usual.
problem-combined-buyers = Paid by another buyer: { $orders }
    .detail = A combined payment has one buyer. Nothing was sent.
    .action = Compare the numbers; ship orders of different buyers one by one.
why-combined-in-part = Other parts of the combined order ended another way
    .detail = A combined shipment goes out as a whole or not at all. This part was not sent by itself.
    .action = Drop this one; ship the order by itself if it still has to be shipped.

cli-about-ship-combined = Ship all sub-orders of a combined payment with one call, all or none; as a rule use ship, one by one
cli-arg-form = Form in JSON: parent (the combined number) and sub_orders (transaction_id and parcels of each)
cli-combined-advice = Hint: ship is right for nearly all orders, also with several parcels. Use this only with the number of a real combined payment.
cli-ask-combined = Ship the { $count } sub-orders of the combined order { $parent }?
cli-form-not-utf8 = The form { $file } is not UTF-8 text. Nothing was sent. Save it as UTF-8 and run the command again.
cli-form-empty = The form { $file } is empty. Nothing was sent. fahuoctl help ship-combined shows a sample.
cli-form-ended = The form { $file } ends too early, at line { $line }, column { $column }: a bracket, brace or quotation mark is never closed. Nothing was sent. Close it and run the command again; fahuoctl help ship-combined shows a sample.
cli-form-syntax = The form { $file }, line { $line }, column { $column }: this is no JSON. Nothing was sent. Look there and just before for a comma, colon, bracket or straight quotation mark (") that is missing or one too many; fahuoctl help ship-combined shows a sample.
cli-form-wrong = The form { $file }, line { $line }, column { $column }: { $what } Nothing was sent. Correct it and run the command again; fahuoctl help ship-combined shows a sample.
cli-form-whole = The whole form must be { $expected }.
cli-form-kind = "{ $field }" must be { $expected }.
cli-form-missing = "{ $field }" is missing; it must be { $expected }.
cli-form-unknown = There is no field "{ $field }". There are: { $known }.
cli-form-twice = A field stands there twice.
cli-form-object = an object in braces {"{ }"}
cli-form-list = a list in square brackets [ ]
cli-form-text = a text in quotation marks
cli-form-yes-no = true or false
cli-form-sample = A form (UTF-8):
cli-form-notes =
    parent is the number of the combined payment; transaction_id that of a sub-order, at least two of them. Numbers stand in quotation marks.
    May be left out: logistics_type (1 by courier), is_all_delivered (true; false when more parcels follow), express_company and tracking_no (when no courier carries it), consignor_contact and receiver_contact (SF needs one of them).

jump-ask-yes = Set for the whole account
special-combined = Combined shipping
nav-combined = Combined shipping
combined-title = Combined shipping
combined-subtitle = Ship all sub-orders of a combined payment at once, all of them or none.
combined-back = Back to special orders
combined-advice = Ship orders as a rule one by one
    .detail = Also an order with several parcels. This form is for the number of a real combined payment whose sub-orders can all be looked up.
combined-parent = WeChat Pay number of the combined payment
combined-parent-note = It is none of the numbers of the sub-orders.
combined-sub = Sub-order { $number }
combined-sub-order = WeChat Pay number of sub-order { $number }
combined-remove-sub = Remove sub-order { $number }
combined-add-sub = Add a sub-order
combined-add-parcel = Add a parcel
combined-remove-parcel = Remove the parcel
combined-more = More parcels will follow
combined-send = Ship { $count } sub-orders together
combined-ask = Ship { $count } sub-orders together?
combined-ask-all = Each is looked at first. All of them are sent, or none when one of them cannot be.
combined-ask-told = WeChat tells the buyer. After that each order can be corrected once.
