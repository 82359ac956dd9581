# The outbox: what is on its way, and what only a person can decide.

outbox-title = Outbox
outbox-subtitle = Every shipment is looked at just before it is sent, and nothing unclear is sent twice.
outbox-pace = Sending, { $pace } calls a second
outbox-empty = The outbox is empty
outbox-empty-text = Shipments wait here until they are sent. Unclear ones and those that need your decision stay here as well.
outbox-empty-import = Import a file
outbox-cancel-all = Take back all { $count }
outbox-cancel-title = { $count ->
    [one] Take back { $count } shipment?
   *[other] Take back { $count } shipments?
}
outbox-cancel-one-title = Take back this shipment?
outbox-cancel-body = It was not sent. The order stays as it is at WeChat and can be shipped later.
outbox-cancel-tried = It was sent before, and two looks showed nothing of it at WeChat. It is not sent again.
outbox-cancel-no = Leave it
outbox-cancel = Take back
outbox-continue = Continue
outbox-try-again = Try again
outbox-open-settings = Check the account

outbox-count-all = All
outbox-count-needs-person = Need you
outbox-count-unclear = Unclear
outbox-count-sending = Being sent
outbox-count-queued = In line
outbox-count-waiting = Waiting for the order
outbox-count-shipped = Shipped

outbox-rows = Shipments
outbox-row-name = Order { $order }: { $state }
outbox-col-state = State
outbox-col-order = Order
outbox-col-parcels = Parcels
outbox-col-since = Since
outbox-col-next = What happens next


outbox-queued = Waits in line
outbox-queued-detail = Nothing was sent yet.
outbox-waiting = WeChat does not show this order yet
outbox-waiting-detail = Nothing was sent. It is asked for again by itself.
outbox-checklist = Meanwhile you can go through these points:
outbox-sending = Being sent
outbox-sending-detail = It is on its way. Whatever happens now, it is looked at before anything is sent again.
outbox-shipped = Shipped
outbox-shipped-detail = WeChat accepted it.
outbox-found-detail = WeChat shows it: as wanted here, or as a person has accepted it.
outbox-cancelled = Taken back
outbox-cancelled-detail = It was not sent. The order can be shipped again.

outbox-detail-close = Close the details
outbox-detail-order = WeChat order number
outbox-ours = From here
outbox-theirs = At WeChat
outbox-read-now = Read now
outbox-theirs-unknown = Not read yet. Read it before you decide.
outbox-theirs-read = Read { $time }
outbox-theirs-none = No parcel stands there.
outbox-same = same
outbox-different = different
outbox-open-order = Open the order

outbox-decide = Your decision
outbox-decide-no = Not now
outbox-accept = Accept what WeChat shows
outbox-accept-means = Nothing is sent. This shipment counts as done.
outbox-again = Try again
outbox-again-means = The order is looked at first; it is sent only when nothing of others stands there.
outbox-drop = Drop it
outbox-drop-means = Nothing is sent. The order can be shipped again from the list or a file.
outbox-take-over = Take it over
outbox-take-over-means = Your colleague's computer sends it no more. After two minutes, when nothing from there can be under way, it is looked at and sent from here.

outbox-gate-paused = Paused
    .detail = { $left ->
        [one] { $left } shipment waits. Looks go on; nothing is sent.
       *[other] { $left } shipments wait. Looks go on; nothing is sent.
    }
outbox-gate-interrupted = The program ended in the middle of sending
    .detail = { $left ->
        [one] { $left } shipment is open, { $unclear } unclear: what is unclear is being looked at by itself. Nothing more is sent until you continue.
       *[other] { $left } shipments are open, { $unclear } of them unclear: those are being looked at by themselves. Nothing more is sent until you continue.
    }
outbox-gate-holding = { $secs ->
    [one] Sending starts in { $secs } second
   *[other] Sending starts in { $secs } seconds
}
    .detail = { $left ->
        [one] Nothing was sent yet. { $left } shipment can still be taken back.
       *[other] Nothing was sent yet. { $left } shipments can still be taken back.
    }
outbox-gate-quarantine = New data folder: looking only, until { $time }
    .detail = The journal is new or was restored. For a minute orders are only looked at, so that nothing is sent twice.
outbox-gate-account-detail = { $left ->
    [one] Nothing is sent until this is repaired; { $left } shipment waits and is not lost.
   *[other] Nothing is sent until this is repaired; { $left } shipments wait and none is lost.
}
outbox-gate-quota = WeChat's daily quota is used up
    .detail = Nothing is lost. Sending goes on by itself at { $time }.
outbox-gate-recovering = WeChat or the network does not answer
    .detail = Nothing is lost. It is tried again by itself at { $time }.
outbox-gate-store = The journal cannot be written
    .detail = Nothing more is sent. Make room on the disk, or check that the data folder can be written, and start the program again.
outbox-gate-claims-detail = { $left ->
    [one] Without it a colleague's computer could send the same order, so nothing is sent; { $left } shipment waits. It is tried again by itself at { $time }.
   *[other] Without it a colleague's computer could send the same order, so nothing is sent; { $left } shipments wait. It is tried again by itself at { $time }.
}
outbox-open-team = Open the settings
outbox-without-claims = Send without claims
outbox-without-title = Send without asking the team's folder?
outbox-without-body = Until the program ends, nothing keeps a colleague's computer from sending the same orders. Make sure that nobody else is shipping now.
outbox-without-no = Wait for the folder
outbox-without-on = Sending without claims until the program ends
    .detail = Nothing keeps a colleague's computer from sending the same orders. To go back to claims, start the program again.

outbox-save-template = Write WeChat template…
outbox-save-template-hint = Writes the refused orders into WeChat's own batch template, for its back office; once uploaded there, do not send them from here
outbox-save-template-title = Save WeChat's batch template
outbox-template-name = 发货单模板.xlsx

outbox-search = Order, tracking number, courier, goods, code…
outbox-search-clear = Clear the search
outbox-save = Export…
outbox-save-title = Export the outbox
outbox-save-name = outbox.csv
outbox-nothing = No shipment fits
outbox-nothing-text = Try another word, or show all of them.
outbox-show-all = Show all
