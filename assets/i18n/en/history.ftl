# The history: everything that happened, and how it is found again.

nav-history = History

history-title = History
history-subtitle = Who, when, from which file and row, what was sent and what WeChat answered.
history-search = Order, tracking number, file, rid, courier, person…
history-empty = Nothing has happened yet
history-empty-text = Shipments, imports, decisions and changes at WeChat are noted here by themselves and kept when the program ends.
history-nothing = Nothing found
history-nothing-text = Try another word, or widen kind and time. The first or last digits of a number are enough.
history-nothing-yet = Nothing found back to { $at }
history-clear = Clear the filters
history-all = Everything
history-kind-shipment = Shipments
history-kind-person = Decisions
history-kind-file = Files
history-kind-errand = Reminders and reports
history-kind-wechat = Changes at WeChat
history-kind-program = Account and program
history-when-always = Any time
history-when-today = Today
history-when-week = Last 7 days
history-when-month = Last 30 days
history-stale = There are new entries
history-refresh = Refresh
history-more = Show older entries
history-further = Search further back
history-searched-to = Searched back to { $at }; older entries were not read yet
history-end = These are the oldest entries
history-save = Export…
history-save-title = Export the history
history-save-name = history.csv
history-saving = Gathering the entries to export…
history-rows = List of the history
history-row-name = { $at } { $what } { $order }
history-col-at = Time
history-col-what = What happened
history-col-order = Order
history-col-parcels = Parcels
history-col-from = From
history-col-who = Who
history-from-row = { $name } row { $row }
history-from-form = Typed by hand
history-open-order = Open the order
history-open-file = Open the import page
history-of-file = Everything of this file
history-detail-close = Close the details
history-raw = WeChat's answer as it came
history-raw-hide = Hide the answer
history-raw-note = Phone numbers and payers are masked.
history-copy-support = Copy for support
history-copied-note = Only code, rid, time and order number: no secret, nothing personal.

history-head-at = Time
history-head-kind = Kind
history-head-what = What happened
history-head-detail = Detail
history-head-order = WeChat number
history-head-courier = Courier
history-head-tracking = Tracking number
history-head-file = File
history-head-row = Row
history-head-who = Who
history-head-code = Code
history-head-rid = rid

happened-paid = Paid by the buyer
happened-queued = Put into the outbox
happened-queued-correction = Put into the outbox as a correction
happened-sending = Sent, try { $attempt }
happened-accepted = WeChat has accepted it
happened-refused = WeChat has not accepted it
happened-not-visible = Not shipped: WeChat does not show this payment yet
happened-not-processed = WeChat did not process it; it is sent later
happened-no-clear-answer = No clear answer; it is looked at first
happened-look-failed = The order could not be read
happened-looked-may-send = Read before sending: it may be sent
happened-looked-found = Found at WeChat: it holds this shipment
    .detail = It was not sent twice.
happened-looked-refunded = The order was found refunded and not sent
happened-looked-person = WeChat shows something else; a person must decide
happened-looked-again = WeChat did not receive it; it is sent again
happened-looked-nothing = WeChat does not show this shipment yet
happened-decided-accept = Decided: keep WeChat's
happened-decided-again = Decided: try again
happened-decided-drop = Decided: give up
happened-decided-take-over = Decided: take it over from a colleague
happened-cancelled = Taken back before it was sent
happened-restarted = The program was started again; the outcome is looked at first
happened-claimed-theirs = A colleague's computer has it
happened-claimed-over = Taken over from a colleague's computer
happened-claimed-ours = Claimed by this computer
happened-code = { $title } ({ $rest })
happened-state = State at WeChat: { $before } → { $now }
happened-dispute = The buyer opened a dispute
happened-dispute-over = The dispute is over
happened-correction-spent = The only correction is spent
happened-parcels = The parcels at WeChat have changed
happened-parcels-come = New: { $parcels }
happened-parcels-gone = Gone: { $parcels }
happened-finish = The mark of complete shipping has changed
happened-combined = Together with the { $count } sub-orders of combined order { $parent }
happened-errand = { $what }: { $state }
happened-errand-signed = Signed for at { $at }
happened-errand-ship-by = To be shipped by { $at }
happened-event = WeChat's message: { $event }

did-batch-sent = { $count ->
    [one] A file was sent, 1 order
   *[other] A file was sent, { $count } orders
}
did-results-saved = { $count ->
    [one] Result file { $file } written, 1 row
   *[other] Result file { $file } written, { $count } rows
}
did-template-saved = { $count ->
    [one] WeChat template { $file } written, 1 order
   *[other] WeChat template { $file } written, { $count } orders
}
did-page-saved = Page { $file } written for printing
did-table-saved = { $count ->
    [one] History exported to { $file }, 1 row
   *[other] History exported to { $file }, { $count } rows
}
did-cell-repaired = A cell of { $file } was repaired
did-cell-repaired-detail = Row { $row }, { $column }: { $was } → { $is }
did-pause = Sending was paused
did-resume = Sending was resumed
did-cancel-all = Everything unsent was taken back
did-sent-without-claims = Sent without asking the shared folder
did-account-saved = Account saved
did-account-removed = Account removed
did-recovery-read = The report of the recovery was read
did-journal-recovered = The journal was recovered from its backups
did-team-saved = The shared folder was changed
did-folder-watched = The watched folder was changed
did-not-confirmed = { $count ->
    [one] 1 shipped order was not confirmed by the list
   *[other] { $count } shipped orders were not confirmed by the list
}
did-courier-taught = A spelling of a courier was taught
did-courier-forgotten = A spelling of a courier was forgotten
did-quotas-reset = A reset of the quotas was asked for
did-bundle-saved = The support bundle { $file } was saved
did-probe-started = The guided probe began
did-probe-sent = The guided probe uploaded a step
did-probe-ended = The guided probe was ended
did-errands = { $count ->
    [one] A reminder or report was asked for, 1 order
   *[other] Reminders or reports were asked for, { $count } orders
}
did-errand-cancelled = A reminder or report was taken back
did-errands-cancelled = All unsent reminders and reports were taken back
did-errand-decided = A reminder or report was decided by a person
did-jump-path = The page that messages open was set
did-event-refused = { $count ->
    [one] A message was refused
   *[other] Messages were refused, { $count } by now
}
did-receiver-saved = The receiving of messages was changed
did-pay-saved = The WeChat Pay settings were saved
did-pay-forgotten = The WeChat Pay settings were removed
did-payment = The payment was asked for at WeChat Pay
did-shopping-sent = { $count ->
    [one] { $count } shopping order sent
   *[other] { $count } shopping orders sent
}
did-shopping-file-sent = The shopping orders of a file sent
did-shopping-cancelled = Shopping orders in line taken back
did-shopping-settled = Said that a shopping order arrived
did-shopping-answered = Shopping order
did-other = Something else ({ $what })

support-what = What happened: { $what }
support-at = Time: { $at }
support-order = WeChat number: { $order }
support-version = Fahuo { $version }
