# Words that are used everywhere: states, fields, times.

order-state-to-ship = To ship
order-state-shipped = Shipped
order-state-received = Received
order-state-complete = Complete
order-state-refunded = Refunded
order-state-awaiting-settlement = Awaiting settlement
order-state-unknown = Unknown state ({ $code })

row-status-ready = Ready
row-status-blocked = To repair
row-status-ignored = Ignored
row-status-already-done = Done before
row-status-queued = Queued
row-status-waiting = Waiting for the order
row-status-sending = Being sent
row-status-unclear = Unclear
row-status-shipped = Shipped
row-status-refused = Refused by WeChat
row-status-needs-person = Needs you
row-status-cancelled = Taken back

result-row = Fahuo row
result-status = Fahuo result
result-code = Fahuo code
result-reason = Fahuo reason
result-action = Fahuo what to do
result-rid = Fahuo request id (rid)
result-conflict-action = Keep the right row only; if there are several parcels, clear "Fahuo row" in these rows and put them next to each other.
result-told = { $title }: { $detail }
result-join = { "; " }

notice-purged = Deleted the record of { $orders ->
    [one] { $orders } old order
   *[other] { $orders } old orders
} and { $others ->
    [one] { $others } other entry
   *[other] { $others } other entries
}. Nothing changed at WeChat.
file-saved = { $count ->
    [one] Wrote { $name } with { $count } row.
   *[other] Wrote { $name } with { $count } rows.
}
file-saved-encoding = { $count ->
    [one] Wrote { $name } with { $count } row. The encoding of the imported file lacks a character, so this one is in { $encoding }.
   *[other] Wrote { $name } with { $count } rows. The encoding of the imported file lacks a character, so this one is in { $encoding }.
}
file-saved-masked = { $count ->
    [one] Wrote { $name } with { $count } row. The imported file was moved or changed, so the phones come from the local record, with digits hidden.
   *[other] Wrote { $name } with { $count } rows. The imported file was moved or changed, so the phones come from the local record, with digits hidden.
}
file-not-saved-exists = { $name } was not written: a file of that name is there, and it was left as it is. Choose another name.
file-not-saved-source = { $name } was not written: it is the imported file itself, which is never changed. Choose another name.
file-not-saved-no-rows = { $name } was not written: there are no such rows.
file-not-saved-too-much = { $name } was not written: it would be larger than an Excel file may be. Save it as .csv.
file-not-saved-closed = { $name } was not written: the file is no longer open. Import it again and try once more.
file-not-saved-secret = { $name } was not written: something in it looks like a secret or a phone number. Nothing left this computer; tell your technician.
file-not-saved = { $name } was not written: { $why }. Check the folder's permissions and space, or choose another place.

shipment-state-queued = Queued
shipment-state-waiting = Waiting for the order
shipment-state-sending = Being sent
shipment-state-unclear = Unclear
shipment-state-shipped = Shipped
shipment-state-found = Found shipped
shipment-state-rejected = Refused by WeChat
shipment-state-needs-person = Needs you
shipment-state-cancelled = Taken back

field-transaction-id = WeChat order number
field-out-trade-no = Shop order number
field-mchid = Merchant number
field-tracking-no = Tracking number
field-courier = Courier
field-item-desc = Goods
field-quantity = Quantity
field-receiver-contact = Receiver's phone
field-consignor-contact = Sender's phone
field-receiver-name = Receiver's name
field-receiver-address = Receiver's address
field-ship-time = Time of shipping
field-logistics-type = Kind of delivery
field-delivery-mode = Unified or split
field-all-delivered = Everything shipped
field-reship = Re-shipment
field-parcels = Parcels
field-appid = AppID
field-pay-time = Time of payment

logistics-type-express = Express
logistics-type-same-city = Same-city delivery
logistics-type-virtual = Virtual goods
logistics-type-pick-up = Pick-up by the buyer

delivery-mode-unified = Unified
delivery-mode-split = Split

ignored-blank = Blank row
ignored-title = Title row
ignored-repeated-header = Header again
ignored-totals = Totals
ignored-sample = Sample of the template
ignored-not-shipped-yet = Not shipped yet

age-just-now = just now
age-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
age-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
age-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}

span-seconds = { $large } s
span-minutes = { $large } min
span-minutes-and = { $large } min { $small } s
span-hours = { $large } h
span-hours-and = { $large } h { $small } min
span-days = { $large } d
span-days-and = { $large } d { $small } h

list-separator = {", "}
