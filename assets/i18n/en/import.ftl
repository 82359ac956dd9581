# Importing a file: choose, check, send, result.

import-title = Import
import-subtitle = Ship many orders from the file of your warehouse or ERP. Checking sends nothing.
import-no-account = Add an account first
import-no-account-detail = Without it the orders of a file cannot be looked up.
import-open-settings = Open settings
import-drop-name = Drop a file here or click to choose one
import-drop-title = Drop a file here
import-drop-kinds = CSV, text, Excel (.xlsx, .xls): one row for each parcel
import-choose = Choose a file…
import-path = Path of a file
import-path-hint = Or paste the path of a file
import-path-check = Check
import-columns-title = What the file needs
import-needed = needed
import-optional = optional
import-column-order = Order number
import-column-order-note = WeChat's number (28 digits) or the shop's own
import-column-courier = Courier
import-column-courier-note = Its name or code; needed unless a default courier is set
import-column-tracking = Tracking number
import-column-tracking-note = Several numbers in one cell become several parcels
import-column-goods = Goods
import-column-goods-note = Taken from the order where it is empty
import-steps-title = What happens
import-step-1 = The file is read; headings, blank rows and totals are recognised.
import-step-2 = Every order is looked up at WeChat.
import-step-3 = You see which rows are ready and what is wrong with the others.
import-step-4 = One button sends the ready ones; some seconds remain to take it back.
import-promise = Nothing is sent before you press that button.

import-reading = Reading the file
import-reading-rows = { $rows ->
    [one] Reading the file: { $rows } row
   *[other] Reading the file: { $rows } rows
}
import-comparing = Comparing rows: { $done } of { $total }
import-searching = Searching: { $done } of { $total } rows
import-looking-up = Looking up orders: { $done } of { $total }
import-working-note = Nothing is sent. You may leave this page; the work goes on.
import-stop = Stop
import-failed-nothing-sent = Nothing was sent; the rows that were read are kept.
import-check-again = Check again
import-unusable = This file cannot be used
import-unusable-note = Drop the repaired file here, or choose another one.
import-another = Another file…
import-close = Close the file

import-facts = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} · { $encoding } · { $header ->
    [none] no header
   *[other] header in row { $header }
}
import-checked = { $count ->
    [one] { $count } row checked, nothing sent
   *[other] { $count } rows checked, nothing sent
}
import-checked-again = { $count ->
    [one] { $count } row checked
   *[other] { $count } rows checked
}: { $done } shipped before, nothing sent by this check
import-checked-ready = The ready rows can be sent with the button at the top. The { $blocked } to repair stay out; choose one to see why and repair it here.
import-checked-all = All of them can be sent with the button at the top.
import-checked-none = No row can be sent yet. Choose a row to see what to repair.
import-send = { $count ->
    [one] Send { $count } order
   *[other] Send { $count } orders
}
import-send-none = No row is ready
import-send-hint = For { $secs } seconds everything can still be taken back
import-confirm-title = { $count ->
    [one] Send { $count } order now?
   *[other] Send { $count } orders now?
}
import-confirm-body = The waiting time is set to 0, so sending starts at once. An order can be corrected only once.
import-estimate = Sending takes about { $time } at the present pace ({ $calls } calls to WeChat).
import-confirm-no = Not now

import-save-failures = Save rows to repair…
import-save-failures-hint = In the form of the imported file, with the reason on each row; repaired, it can be imported again as it is
import-save-successes = Save shipped rows…
import-save-successes-hint = In the form of the imported file, with the result on each row
import-failures-name = { $name }-to repair
import-successes-name = { $name }-shipped

import-count-all = All rows
import-count-ready = Ready
import-count-warned = With a warning
import-count-blocked = To repair
import-count-ignored = Ignored
import-count-already-done = Done before
import-count-waiting = On the way
import-count-shipped = Shipped
import-count-unclear = Unclear
import-count-refused = Refused by WeChat
import-count-needs-person = Needs you
import-search = Search in the rows
import-none-title = No such row
import-none-text = No row passes this filter and this search.
import-rows = Rows of the file
import-row-name = Row { $row }: { $status }
import-col-row = Row
import-col-status = Status
import-col-order = Order
import-col-courier = Courier
import-col-tracking = Tracking number
import-col-goods = Goods
import-col-problem = What to know

import-row = Row { $row }
import-detail-close = Close the details
import-detail-order = WeChat order number
import-no-problems = Nothing is wrong with this row.
import-ignored = This row is not sent: { $why }
import-ignored-repair = If it is a shipment, correct its order, courier or tracking number below, and it counts as one.
import-as-in-file = As it stands in the file
import-cell = Cell { $place }
import-value = Value: { $value }
import-cell-value = Cell { $place }: { $value }

import-holding = { $secs ->
    [one] Sending starts in { $secs } second
   *[other] Sending starts in { $secs } seconds
}
import-holding-detail = Nothing was sent yet. Until then everything can be taken back.
import-cancel-all = { $count ->
    [one] Cancel all ({ $count } row)
   *[other] Cancel all ({ $count } rows)
}
import-sending = { $done } of { $total } rows done
import-sending-time = about { $time } left
import-sending-note = Each order is looked at just before it is sent. You may leave this page or close the window; nothing is sent twice.
import-stop-rest = Stop and take back the rest
import-done = { $count ->
    [one] { $count } row shipped
   *[other] { $count } rows shipped
}
import-done-all = Every row that could be sent is shipped. There is nothing to do.
import-done-person = { $count ->
    [one] { $count } row needs your decision in the outbox.
   *[other] { $count } rows need your decision in the outbox.
}
import-done-unclear = { $count ->
    [one] { $count } row is being looked at; nothing to do.
   *[other] { $count } rows are being looked at; nothing to do.
}
import-done-blocked = { $count ->
    [one] { $count } row was not sent. Choose it to repair and send it here; or save the rows to repair, and import that file when it is repaired. Nothing is sent twice.
   *[other] { $count } rows were not sent. Choose one to repair and send it here; or save the rows to repair, and import that file when it is repaired. Nothing is sent twice.
}
import-done-ready = { $count ->
    [one] { $count } row was taken back and not sent.
   *[other] { $count } rows were taken back and not sent.
}
import-open-outbox = Open the outbox

import-columns-of-file = Columns
import-columns-note = Choose what each column is for. The choice is remembered: files with the same headings are read like this from now on.
import-columns-note-headless = Choose what each column is for. It is remembered for files without a header whose values agree with it.
import-columns-use = Read it like this
import-columns-use-hint = Reads and checks the file again; nothing is sent
import-columns-same = The file is read like this already
import-columns-blocked = Settle what is said above first
import-columns-cancel = Cancel
import-columns-unused = Not used
import-columns-open = Please choose
import-columns-choice = { $column }: { $use }
import-columns-preview = The first rows as they are read
import-columns-twice = Several columns are chosen for: { $field }
import-columns-twice-detail = Only one can be used: { $headings }
import-columns-no-order = No column is chosen for the order number
import-columns-no-order-detail = Choose the column with WeChat's number or with the shop's order number.
import-columns-side-by-side = Several columns hold tracking numbers: each number is a parcel of the same order
import-columns-side-by-side-detail = { $headings }
import-columns-no-tracking = No column is chosen for the tracking number
import-columns-no-tracking-detail = Rows that go by courier cannot be sent.

import-count-changed = Changed
import-repair-field = Repair cell { $place }
import-repair-hint = Type what it should be
import-repair-use = Use this
import-repair-undo = As in the file again
import-change-file = In the file: { $value }
import-change-tidied = Tidied up: { $value }
import-change-person = You typed: { $value }
import-repaired = Rows repaired here: { $count }. The file itself is unchanged.
import-repaired-detail = The repairs hold when the same file is opened again.

import-meant-title = Orders that may be meant
import-meant-note = You decide; nothing is picked by itself.
import-meant-pick = This one
import-meant-paid = paid { $at }
import-meant-number = { $digits } digits of the number agree
import-meant-minute = paid in the minute that the row names
import-meant-day = paid on the day that the row names
import-meant-amount = same amount
import-meant-goods = same goods
import-meant-phone = same last digits of the phone

left-over = { $file } was checked and not sent
left-over-detail = Checked { $when }: { $ready } ready, { $blocked } to repair. Nothing was sent.
left-over-check = Check it again
left-over-forget = Do not ask again
arrived-title = Arrived in the watched folder
arrived-note = Nothing of them is sent before you check and send it.
arrived-clear = Clear the list
arrived-check = Check
arrived-check-name = Check { $file }
arrived-about = { $when } · { $size }
arrived-new = new
arrived-held = open elsewhere, tried again
arrived-unusable = cannot be used
arrived-checked = checked: { $ready } ready, { $blocked } to repair
arrived-counted = first look: { $counts }
arrived-counted-note = The first look uses the orders known on this computer; WeChat was not asked and nothing is sent. "Check" asks about every order.
arrived-count-ready = { $count } ready
arrived-count-blocked = { $count } to repair
arrived-count-unknown = { $count } with an order not in the list here
arrived-count-done = { $count } handled before
arrived-handled = already handled
arrived-gone = no longer in the folder
watch-missing = The watched folder cannot be found: { $folder }
    .detail = It was moved, or its drive or server cannot be reached. It is tried again by itself.
watch-denied = The watched folder may not be read: { $folder }
    .detail = Ask for the right to read it, or choose another folder in the settings.
watch-too-many = The watched folder holds too many files: { $folder }
    .detail = Choose a folder that is only for files that arrive; nothing is offered from this one.
watch-silent = The watched folder does not answer: { $folder }
    .detail = Its server may be out of reach. What arrives is shown as soon as it answers.

pick-question = Which courier is "{ $spelling }"?
pick-rows = Your choice counts for { $count ->
    [one] the one row
   *[other] all { $count } rows
} of this file that say so. Nothing is sent by it.
pick-other = Another courier…
pick-said = "{ $spelling }" counts as { $courier } in { $count ->
    [one] { $count } row
   *[other] { $count } rows
} of this file.
pick-remember = Remember for later files
pick-remembered = Remembered
pick-undo = Undo
pick-undo-name = Undo: { $spelling }
pick-remember-name = Remember { $spelling } for later files

preset-lacks-courier = { $count ->
    [one] { $count } row has no courier
   *[other] { $count } rows have no courier
}
preset-lacks-sender = { $count ->
    [one] { $count } row lacks the phone that SF Express asks for
   *[other] { $count } rows lack the phone that SF Express asks for
}
preset-lacks-goods = { $count ->
    [one] { $count } row does not say what is in the parcel
   *[other] { $count } rows do not say what is in the parcel
}
preset-lacks-detail = The file need not be changed: fill it in once here, and it counts for all of these rows.
preset-title = For rows of this file that leave it open
preset-note = Courier { $courier } · goods "{ $goods }" · sender { $sender }
preset-none = not set
preset-remembered = for all files with these headings
preset-edit = Fill in…
preset-courier = Courier of all rows without one
preset-courier-none = As in the settings
preset-goods = Goods where nothing says them
preset-sender = Sender's phone for SF Express
preset-sender-hint = Kept with the middle digits hidden
preset-sender-shape = This is not a phone number with four digits at its end
preset-remember = Also for later files with these headings
preset-save = Use for this file
preset-cancel = Cancel
