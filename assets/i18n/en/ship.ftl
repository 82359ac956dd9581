# The shipping form.

ship-title-first = Ship
ship-title-continue = Ship more
ship-title-correct = Correct the shipping
ship-back = Back to the order
ship-order = Order
ship-way = How it is delivered
ship-way-unified = Courier, one parcel
ship-way-split = Courier, several parcels
ship-way-same-city = Same-city
ship-way-virtual = Virtual goods
ship-way-pick-up = Pick-up
ship-cannot = Cannot be shipped now
ship-way-locked = Parcels were already reported in parts, so it goes on in parts. Another way would spend the correction.

ship-parcels = Parcels
ship-parcel = Parcel { $number }
ship-parcel-kept = At WeChat
ship-parcel-kept-hint = Reported parcels are sent along; their numbers cannot be changed
ship-courier = Courier
ship-courier-of = Courier, parcel { $number }
ship-courier-search = Name or code
ship-courier-none = Not on the list
ship-courier-and-number = { $courier } { $number }
ship-tracking = Tracking number
ship-tracking-of = Tracking number, parcel { $number }
ship-tracking-hint = Scan or type, Enter for the next
ship-item-desc = What is in it
ship-item-desc-of = What is in it, parcel { $number }
ship-item-desc-hint = What the buyer reads, such as: Longjing tea 250 g × 2
ship-receiver = Receiver's phone
ship-receiver-of = Receiver's phone, parcel { $number }
ship-consignor = Sender's phone
ship-consignor-of = Sender's phone, parcel { $number }
ship-contact-hint = SF needs one; masked by itself
ship-contact-usual = Empty: { $masked }
ship-contact-preview = Sent as { $masked }
ship-add = Add a parcel
ship-remove = Remove parcel { $number }
ship-up = Move parcel { $number } up
ship-too-many = At most { $max } parcels for one order
ship-complete = Is that everything?
ship-complete-yes = Everything is shipped
ship-complete-no = More will follow
ship-plain-text = Text
ship-plain-hint-same-city = What the buyer reads, such as: Bouquet, rider arrives at 2 pm
ship-plain-hint-virtual = What the buyer reads, such as: Course code sent to your inbox
ship-plain-hint-pick-up = What the buyer reads, such as: Pick up at the Nanshan shop

ship-what-happens = What will happen
ship-will-unified = 1 parcel goes out, and the buyer is told.
ship-will-split = { $all ->
    [one] { $all } parcel goes out
   *[other] All { $all } parcels go out at once
}, and the buyer is told that the order is complete.
ship-will-some = { $all } now, the rest later. The buyer is told that the order is complete only when it is.
ship-will-rest = { $fresh } more, with the { $kept } reported ones { $all } in all. The buyer is told that the order is complete.
ship-will-some-more = { $fresh } more ({ $all } in all), the rest later. The buyer is not yet told that the order is complete.
ship-will-finish = { $kept ->
    [one] Nothing more follows: the reported parcel completes the order, and the buyer is told.
   *[other] Nothing more follows: the { $kept } reported parcels complete the order, and the buyer is told.
}
ship-will-same-city = Reported as same-city delivery without a tracking number. The buyer is told.
ship-will-virtual = Reported as virtual goods, nothing is carried. The buyer is told.
ship-will-pick-up = Reported as pick-up. The buyer is told that it is ready.
ship-will-replace = WeChat's record is replaced as a whole by what stands here.
ship-will-nothing = WeChat holds exactly this already.
ship-will-correct = This spends the order's only correction. Its shipping cannot be changed afterwards.

ship-send-parcels = { $count ->
    [one] Ship 1 parcel
   *[other] Ship { $count } parcels
}
ship-send-finish = Complete the order
ship-send-same-city = Report same-city delivery
ship-send-virtual = Report virtual goods
ship-send-pick-up = Report pick-up
ship-send-correction = Use the only correction…
ship-send-hint = Ctrl+Enter
ship-nothing-to-send = Nothing new to send
ship-still-missing = { $count ->
    [one] 1 field is still empty
   *[other] { $count } fields are still empty
}
ship-still-wrong = { $count ->
    [one] 1 field needs a repair
   *[other] { $count } fields need a repair
}
ship-problem-line = { $title }. { $action }
ship-once = An order can be corrected only once. Check the numbers before sending.

ship-stale-title = This order has just changed elsewhere
ship-stale-detail = Its shipping differs from what it was when the form was opened. Nothing was sent.
ship-stale-reload = Start again from the newest order

ship-correct-question = Use the only correction?
ship-correct-text = On the left what WeChat shows now, on the right what it will show. Compare each parcel.
ship-correct-old = Now
ship-correct-new = Afterwards
ship-correct-type = Type the last four digits of WeChat's number to confirm
ship-correct-send = Correct and spend it
ship-correct-no = Do not correct
ship-change-stays = Stays
ship-change-goes = Goes
ship-change-comes = New
ship-correct-begin = A reported parcel is wrong? Correct it…

ship-sent-title = In the outbox
ship-not-queued = Not put into the outbox, nothing was sent
ship-sent-waiting = Being put into the outbox…
ship-sent-shipped = WeChat has confirmed it
ship-sent-found = WeChat holds it already; it was not sent twice
ship-sent-unclear = Being compared with WeChat
ship-sent-rejected = WeChat did not accept it
ship-sent-person = This needs your decision
ship-sent-cancelled = Taken back, nothing was sent
ship-sent-done = Done
ship-sent-edit = Back to the form

ship-afterwards = When all is shipped, one correction is left.
ship-pasted = { $taken ->
    [one] 1 parcel pasted
   *[other] { $taken } parcels pasted
}
ship-pasted-some = { $taken } pasted; lines left out because they have no number or one that stood there: { $skipped }
ship-pasted-full = { $taken } pasted; at most { $max } fit, so { $left } did not
ship-buyer = What the buyer sees
ship-buyer-nothing = (no text yet)
ship-buyer-note = In WeChat's message and in the order.
ship-undo = Undo (Ctrl+Z)
ship-redo = Redo (Ctrl+Y)
ship-restored = This goes on with what was typed before; nothing of it was sent
ship-restored-clear = Start again
ship-presets-none = Nothing is kept yet
ship-presets-keep = Keep: { $entry }
ship-presets-forget = Forget: { $entry }
ship-presets-text = Kept texts, parcel { $number }
ship-presets-sender = Kept senders, parcel { $number }
ship-correct-left = Corrections: 1 is left now, 0 afterwards.
