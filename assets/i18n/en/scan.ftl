# The scanner station.

scan-about = Scan an order, scan its parcel, done. No need to look: listen, and watch the colour.
scan-field = Scan
scan-field-hint = Scan here; no need to switch the input method
scan-read = Read: { $text }
scan-left-out = "{ $piece }", a piece of a scan before it, was left out.
scan-silent = This computer has no player for sounds; there is colour only.
scan-sound-on = Switch the sound on
scan-sound-off = Switch the sound off

scan-order = Scan an order
scan-order-text = WeChat's number, the shop's number, or a code on the slip that contains one
scan-asking = Asking WeChat
scan-asking-text = { $number } is not among the orders here. One moment; scans meanwhile wait in line
scan-parcel = Scan the parcel
scan-parcel-next = Scan the next parcel
scan-parcel-text = The parcel ships the order. More than one? Scan "More parcels" first
scan-parcel-first = This order may have several parcels. Scan "All shipped" after the last one
scan-parcel-held = { $count } reported already. After the new ones scan "All shipped", or "Rest later" if more will follow
scan-parcel-more = { $count } in all. Scan "All shipped", or "Rest later" if more will follow
scan-question = { $number } looks like { $looks }
scan-question-text = Scan it again to keep { $usual }. Scan "Courier by number" to take { $looks }
scan-held = { $count ->
    [one] 1 parcel at WeChat is sent along
   *[other] { $count } parcels at WeChat are sent along
}

scan-added = Taken: { $parcel }
scan-several = This order takes several parcels
scan-shipped = { $count ->
    [one] In the outbox with 1 parcel
   *[other] In the outbox with { $count } parcels
}
scan-shipped-part = In the outbox: { $count } now, the rest later
scan-finished = In the outbox: finished with what was reported before
scan-finished-short = Finished
scan-taken-out = { $number } was taken out and not sent
scan-dropped = The order was put aside; nothing of it was sent
scan-taken-back = Taking back { $number }; nothing was sent
scan-nothing-to-take-back = The last order was sent or taken back already

scan-no-unreadable = No number could be read
scan-no-several-orders = The code has the numbers of { $count } orders, so it is not clear which is meant
scan-no-order-here = That is an order; a parcel is awaited
scan-no-like-order = That looks like one of your order numbers; a parcel is awaited
scan-no-parcel-here = That is a parcel; an order is awaited
scan-no-parcel-used = This parcel belongs to order { $number } already
scan-no-parcel-twice = This parcel was scanned for this order already
scan-no-not-whole = The number is incomplete, or no tracking number
scan-no-letter = The number has an O, I or L that may be a misread digit
scan-no-courier = No courier is chosen yet
scan-no-courier-looks = No courier is chosen yet; the number looks like { $courier }
scan-no-full = This order takes { $max } parcels and has them
scan-no-undecided = First decide the courier of the parcel before
scan-no-order-open = No order was scanned yet
scan-no-parcel-yet = This order has no parcel yet
scan-no-question = There is no courier to change now
scan-bar-shipped = This order is shipped already
scan-bar-refunded = This order is refunded
scan-bar-closed = This order is received or complete
scan-bar-on-its-way = This order was scanned already or is being sent
scan-bar-undecided = This order waits for your decision
scan-bar-not-read-yet = WeChat does not show the last parcels yet; scan it again in a moment
scan-bar-state-unknown = Order state { $code } is not known here, so it cannot be shipped
scan-not-found = WeChat does not know { $number }
scan-not-asked = WeChat could not be asked for { $number }
scan-asking-ended = { $number } is not asked for any more. Nothing was sent; scan on
scan-jam = Too many scans wait in line; this one was left out
scan-not-queued = { $number } was not put into the outbox, nothing was sent: { $why }
scan-stopped = { $number } was not shipped and needs you
scan-do-correct = Nothing was sent again. A wrong number is corrected on the orders page, once per order
scan-do-outbox = Look into the outbox, then go on scanning
scan-do-courier = Choose the shop's couriers below, then scan the parcel again
scan-do-same-box = Nothing was sent. Two orders in one box? Ship this one on the orders page
scan-do-like-order = Nothing was sent. Scan the other code; if it really is the parcel, ship this order on the orders page
scan-do-not-found = Nothing was sent. Check the slip, or whether it is an order of this shop
scan-do-unfit = Nothing was sent. Fill in this order on the orders page

scan-options = Options
scan-couriers = The shop's couriers
scan-couriers-none = Choose the shop's couriers before the first parcel
scan-couriers-text = The shape of a number chooses among these; where it says nothing, the first one is taken
scan-courier-add = Add a courier
scan-courier-take = Take { $courier }
scan-courier-first = Taken where the number says nothing
scan-courier-prefer = Put { $courier } first
scan-courier-remove = Remove { $courier }
scan-parcels = Parcels per order
scan-parcels-one = One, it ships the order
scan-parcels-several = Several, until "All shipped"
scan-parcels-count = { $count ->
    [one] 1 parcel
   *[other] { $count } parcels
}
scan-hold = Sent { $secs } seconds after the scan; until then it can be taken back (see the settings)
scan-hold-none = Sent at once and cannot be taken back (the settings can add a wait)

scan-tally-scanned = Scanned
scan-tally-shipped = Shipped
scan-tally-troubled = Not shipped
scan-list-empty = Scanned orders are listed here and can be taken back until they are sent.
scan-undo = Take back { $number }
scan-state-asked = In the outbox
scan-state-held = Sent in { $left }
scan-state-refused = Not sent
scan-state-taking-back = Taking back
scan-state-taken-back = Taken back

scan-sheet = Command barcodes
scan-sheet-text = Scan these instead of using the keyboard. Print them for the packing table.
scan-sheet-print = Print this and put it up at the packing table.
scan-sheet-save = Save to print…
scan-sheet-close = Close
scan-sheet-save-title = Save the command barcodes
scan-sheet-name = Fahuo command barcodes.html
scan-code-next = More parcels
scan-code-next-text = The order has more than one parcel; go on scanning
scan-code-finish = All shipped
scan-code-finish-text = Ship the order; nothing more follows, and the buyer is told
scan-code-later = Rest later
scan-code-later-text = Ship the scanned parcels; the rest follows another day
scan-code-courier = Courier by number
scan-code-courier-text = Take the courier that the number looks like
scan-code-cancel = Put aside
scan-code-cancel-text = Do not ship this order; scan another one
scan-code-undo = Undo
scan-code-undo-text = Take out the last parcel; without an open order, take back the last order
