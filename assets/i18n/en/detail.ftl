# One order.

detail-nothing-title = Choose an order
detail-nothing-text = Click a row, or choose one with the arrow keys and press Enter.
detail-loading = Reading order { $number }…
detail-failed-retry = Try again
detail-refresh = Read this order again
detail-copy = Copy { $name }
detail-no-goods = (WeChat gives no goods)
detail-transaction-id = WeChat number
detail-out-trade-no = Shop's number
detail-paid-at = Paid at
detail-payer = Payer
detail-mchid = Merchant
detail-sub-mchid = Sub-merchant
detail-deadline = 48-hour limit
detail-shipped = Shipped
detail-corrections = Corrections
detail-read-at = Read at { $at } ({ $age })
detail-fetching = Reading it again…

detail-in-complaint = A dispute is open on this order. Read the buyer's claim before shipping.
detail-partly-shipped = { $count ->
    [one] 1 parcel is reported, but not all of the order.
   *[other] { $count } parcels are reported, but not all of the order.
}

detail-parcels = Parcels at WeChat
detail-no-parcels = Nothing reported yet
detail-reported-at = Reported { $at }
detail-undecided = On its way or undecided
detail-timeline = Timeline
detail-timeline-all = { $count ->
    [one] Show the entry
   *[other] Show all { $count } entries
}
detail-not-at-wechat = Sent, but not at WeChat: { $courier } { $number }
detail-parcels-all = { $count ->
    [one] 1 parcel, everything shipped
   *[other] { $count } parcels, everything shipped
}
detail-parcels-some = { $count ->
    [one] 1 parcel, the rest later
   *[other] { $count } parcels, the rest later
}
detail-correction-of = Correction: { $what }
detail-title-and-rest = { $title }. { $rest }

detail-journal-found = WeChat was found to hold it already. It was not sent twice.
detail-journal-cancelled = Taken back before it was sent. WeChat has received nothing.
detail-cancel = Take back
detail-decide-accept = Keep WeChat's
detail-decide-again = Try again
detail-decide-drop = Give up
detail-decide-take-over = Take it over

detail-ship = Ship…
detail-ship-more = Ship more…
detail-correct = Use the only correction…
detail-cannot-refunded = Refunded: it cannot be shipped.
detail-cannot-closed = Receipt confirmed or order complete: its shipping can no longer be changed.
detail-cannot-no-correction = Shipped, and the only correction is spent.
detail-cannot-on-its-way = A shipment of this order is on its way. Wait for its outcome.
detail-cannot-undecided = The last shipment needs a decision. Make it in the records below first.
detail-cannot-state-unknown = WeChat answered with an unknown state ({ $code }). To be safe it cannot be shipped.
