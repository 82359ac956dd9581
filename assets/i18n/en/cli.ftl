# The command line, fahuoctl.

## Help

cli-usage = Usage:
cli-global-options = Options of every command
cli-options = Options
cli-arguments = Arguments
cli-commands = Commands
cli-about-fahuoctl = Fahuo's command line: checks and sends files of shipments, with the same journal as the window
cli-about-check = Read and check files; nothing is sent
cli-about-ship = Check, then send the ready rows; running it again on the same file ships nothing twice
cli-about-resume = Look at what is unclear, go on with what was left
cli-about-cancel = Take back what is queued and was not sent yet
cli-about-template = Write the orders that WeChat refused into WeChat's own batch template (.xlsx or .csv)
cli-about-orders = List orders
cli-about-order = Show one order
cli-about-account = Manage accounts
cli-about-account-add = Add an account; the AppSecret is asked for, or read from the first line of stdin
cli-about-account-list = List accounts
cli-about-account-remove = Forget an account and its secret; its journal stays
cli-about-account-test = Test an account
cli-about-team = Ship together with other computers
cli-about-team-join = Join the team of a shared folder; the team key is typed or read from stdin
cli-about-team-leave = Ship alone again
cli-about-team-show = Show the folder and this computer's name
cli-about-doctor = Test the account: network, clock, secret, service, settlement
cli-about-doctor-rid = What WeChat received under a rid
cli-about-doctor-quota = How much of today's quotas is used
cli-about-doctor-clear-quota = Reset the quotas of all calls; 10 times per month
cli-about-doctor-bundle = Show and save a bundle for support, without secrets
cli-about-doctor-probe = Ask WeChat with one order of 0.01 yuan what no document says
cli-about-couriers = List the couriers that may be used
cli-about-history = List this computer's shipments; with a filter, search everything that happened
cli-about-export = Write the history into a CSV or Excel file
cli-about-sandbox = Serve the pretend WeChat until it is stopped
cli-about-help = Print the help of a command
cli-after-help =
    Exit codes: 0 everything done; 1 some rows need a repair or a decision; 2 could not run; 3 stopped before the end, resume goes on.
    Environment: FAHUO_APPID with FAHUO_APP_SECRET, FAHUO_APP_SECRET_FILE (a file that only you can read) or FAHUO_ACCESS_TOKEN, FAHUO_SENDER_CONTACT, FAHUO_LOG.
    Log: logs/fahuo.log in the data folder, one JSON object on a line; five files of 1 MiB at most, the older ones are fahuo.1.log to fahuo.4.log.
    JSON of ship, history, order and resume has for every shipment: since, first_sent, next (send, send_again, ask_again, answer, look, decide, nothing), next_at (not before this moment), held_by, attempt of attempts_max, look of looks_max, known_at, gives_up_at. Moments are ISO 8601 at +08:00; null where there is nothing to say. resume lists reminders and reports that are left under errands.
    Times are written 2026-11-21 (Beijing time) or 2026-11-21T14:00:00+08:00.
cli-arg-data_dir = Folder of the journal (default: the system's data folder)
cli-arg-account = Which account, by name or AppID (default: the last one used)
cli-arg-sandbox = Use the embedded pretend WeChat; nothing reaches WeChat
cli-arg-api_base = A simulator on this computer instead of WeChat, for example http://127.0.0.1:8000
cli-arg-format = Form of the results (default: text on a terminal, else json)
cli-arg-lang = Language (default: the system's)
cli-arg-help = Print the help
cli-arg-version = Print the version
cli-arg-files = Files of shipments (csv, txt, xlsx, xls), one or more; a folder stands for the files in it
cli-arg-yes = Do not ask
cli-arg-hold = Seconds to wait before the first send, in which it can be taken back
cli-arg-reship = Allow the only re-shipment of orders in these files that are shipped already
cli-arg-mapping = Read the columns as a remembered mapping says: its name, or how only one of them begins
cli-arg-confirm_columns = Read a file without a header as its values tell, and remember it
cli-arg-failures = Write the rows that need repair or a person into this file (in the form of the imported file, or .xlsx); repaired, it can be imported again as it is
cli-arg-successes = Write the rows that are shipped into this file
cli-arg-asked_rid = The rid at the end of an error
cli-arg-confirm_reset = Do not ask; must be 10-per-month, which names the price
cli-arg-bundle_file = The file to write, .zip
cli-arg-probe_order = WeChat Pay number of your own order of 0.01 yuan; without it the last probe goes on
cli-arg-spend_correction = Do not ask before the last step either, which may spend the only correction of that order
cli-arg-show = Only show what is known
cli-arg-stop = End the last probe
cli-arg-force = A file of that name may be replaced
cli-arg-file = The file to write, .xlsx or .csv
cli-arg-state = State: to_ship, shipped, received, awaiting_settlement, complete, refunded, or 1 to 6
cli-arg-payer = Only this payer
cli-arg-paid_from = Paid at or after
cli-arg-paid_to = Paid at or before
cli-arg-limit = At most so many
cli-arg-order = Exactly this order number, WeChat's or the shop's
cli-arg-number = Exactly this tracking number
cli-arg-rid = Exactly this rid
cli-arg-from_file = Files whose name has this in it
cli-arg-words = Words that must all occur
cli-arg-kind = shipment, person, file, wechat or program
cli-arg-since = At or after
cli-arg-until = Before
cli-arg-transaction_id = WeChat's order number
cli-arg-mchid = Merchant number
cli-arg-out_trade_no = The shop's order number, together with the merchant number
cli-arg-name = Name of the account
cli-arg-appid = AppID of the Mini Program
cli-arg-max_parcels = Parcels per order, 10 to 15
cli-arg-sender_contact = The sender's phone for SF Express; its middle digits are hidden before it is kept
cli-arg-default_courier = Courier id for files without one
cli-arg-default_item_desc = Text for orders without any
cli-arg-port = TCP port on 127.0.0.1; 0 takes a free one
cli-arg-orders = How many orders the pretend shop has
cli-arg-seed = Number that the pretend shop is made from
cli-arg-faults = Script of faults (JSON)
cli-arg-folder = The folder that the computers share
cli-arg-operator = The name by which colleagues know this person
cli-arg-without_claims = Send although the team's folder is not asked
cli-arg-subcommand = The command

## Arguments that make no command

cli-misuse-unknown-argument = There is no option { $argument }.
cli-misuse-value = { $argument } cannot be "{ $value }". It can be: { $valid }
cli-misuse-twice = { $argument } stands there twice.
cli-expected-whole = a whole number from { $from } to { $to }
cli-expected-whole-from = a whole number, { $from } or more
cli-expected-days = 0 (for ever), or a whole number of days from { $least } to { $most }
cli-expected-time = a day or a moment such as 2026-11-21 (Beijing time) or 2026-11-21T14:00:00+08:00
cli-default = {" "}(default: { $value })
cli-misuse-value-missing = { $argument } needs a value.
cli-misuse-missing = Missing: { $argument }
cli-misuse-conflict = { $argument } cannot be used together with { $prior }.
cli-misuse-command = There is no command { $command }.
cli-misuse-no-command = Say what is to be done.
cli-misuse-help = See --help.

## Starting

cli-quiet-needs-loopback = FAHUO_QUIET_SECS is for test servers on this computer only. Nothing was sent. Remove it from the environment.
cli-quiet-not-a-number = FAHUO_QUIET_SECS must be a number of seconds; it is "{ $value }". Nothing was sent.
cli-no-data-dir = The system names no data folder. Choose one with --data-dir.
cli-account-and-environment = The environment carries credentials, so --account cannot be used. Remove one of the two.
cli-appid-missing = FAHUO_APPID is not set, so it is not clear which Mini Program is meant. Nothing was sent. Set it together with FAHUO_APP_SECRET or FAHUO_ACCESS_TOKEN.
cli-secret-missing = FAHUO_APPID is set, but neither FAHUO_APP_SECRET nor FAHUO_ACCESS_TOKEN. Set one of them; fahuoctl help account names the other ways to a token.
cli-start-locked = Another program (process { $pid }) works on this data folder. Nothing was sent. Close it first, or choose another folder with --data-dir.
cli-start-locked-unknown = Another program works on this data folder. Nothing was sent. Close it first, or choose another folder with --data-dir.
cli-start-folder = The data folder cannot be used: { $why }. Nothing was sent. Check its permissions, or choose another folder with --data-dir.
cli-start-network = The data folder is on a network drive ({ $kind }), where the journal could be damaged. Nothing was sent. Choose a folder on this computer with --data-dir.
cli-start-newer = The journal was written by a newer version and was not touched. Update this program.
cli-start-damaged = The journal is damaged and could not be recovered; nothing was sent and nothing was changed. Keep the data folder as it is, and choose another one with --data-dir.
cli-start-base-url = The address after --api-base must be on this computer (127.0.0.1, localhost or [::1]), because the AppSecret would go there. Nothing was sent. Without --api-base WeChat is used.
cli-start-system = The system lacks what is needed: { $what }. Nothing was sent.
cli-start-silent = There was no result in time. Nothing new was sent; try again.
cli-engine-ended = The program's engine ended unexpectedly. What was sent is on record; fahuoctl resume goes on.
cli-stopped-nothing-sent = Stopped. Nothing was sent.
cli-need-account = There is no account yet. Nothing was sent. Set FAHUO_APPID and FAHUO_APP_SECRET, or run fahuoctl account add.
cli-need-secret = The AppSecret of this account is not at hand. Nothing was sent. Unlock the system's keyring, or set FAHUO_APPID and FAHUO_APP_SECRET.
cli-account-unknown = There is no account "{ $name }". There are: { $known }
cli-no-accounts = There are no accounts yet.

## Checking and sending

cli-save-one-file = --failures and --successes work with one file at a time. Nothing was sent. Run the files one by one.
cli-save-exists = There is a file { $name }; it was left as it is, and nothing was sent. Choose another name. Where the command has --force, it replaces the file.
cli-save-no-folder = The folder of { $name } does not exist. Nothing was sent. Make the folder first.
cli-save-no-failures = No row needs repair or a person, so { $name } was not written.
cli-save-no-successes = No row is shipped, so { $name } was not written.
cli-template-none = WeChat has refused no order, so no file was written.
cli-template-next = Upload this file in the order management of WeChat's back office, and do not send these orders from here again.
cli-yes = yes
cli-nobody-to-ask = There is no terminal to ask on. Nothing was sent. For unattended use add --yes; test orders are confirmed by --confirm-count, a reset of quotas by --confirm.
cli-progress-reading = Reading { $file } …
cli-progress-reading-rows = Reading { $file }: { $rows } rows
cli-progress-comparing = Comparing rows { $done }/{ $total }
cli-progress-looking-up = Looking up orders { $done }/{ $total }
cli-progress-sending = { $file }: { $shipped } shipped, { $open } open, { $person } for you
cli-progress-resuming = { $shipped } shipped, { $open } open, { $person } for you
cli-progress-remaining = , about { $span } left
cli-progress-fetching = { $count ->
    [one] 1 order so far …
   *[other] { $count } orders so far …
}
cli-progress-checking = Checking: { $what }
cli-gate-paused = {" "}(paused)
cli-gate-interrupted = {" "}(going on with what an earlier run left)
cli-when-in = in { $span }
cli-when-at = at { $at }
cli-when-now = now
cli-waits-unclear = ; { $count } unclear, next look { $when }
cli-waits-invisible = ; { $count } not shown by WeChat yet, asked for again { $when }
cli-estimate = Sending takes about { $time } at the present pace ({ $calls } calls to WeChat).
cli-gate-holding = {" "}(sending starts { $when }; Ctrl-C stops it)
cli-gate-quarantine = {" "}(new or restored data folder: only looks; sending starts { $when })
cli-gate-recovering = {" "}(no answer from WeChat or the network; tried again { $when })
cli-gate-claims = {" "}(the team's folder cannot be asked; tried again { $when })
cli-failure-offline = Check the network, then run the same command again.
cli-failure-later = Run the same command again in a moment.
cli-failure-quota = Run the same command again after midnight, Beijing time.
cli-failure-quota-detail = Nothing more was sent, and nothing is lost.
cli-failure-not-visible = Run the same command again later. If WeChat still does not show it after 24 hours, go through the list that fahuoctl order prints.
cli-you-team-folder = Check the network and the shared folder, then run fahuoctl resume.
cli-team-again = Check the shared folder and the team key, then run the same command again.
cli-held-team-key = Goes on once the right team key is at hand
cli-you-team-key = Set FAHUO_TEAM_KEY, or run fahuoctl team join again with the team's folder. Nothing is sent until then.
cli-type-team-key = Team key (not shown while you type):{" "}
cli-no-team-key = There is no team key. Nothing was saved. Type it when asked, write it on the first line of stdin, or set FAHUO_TEAM_KEY.
cli-team-first = Claims are on. The folder was empty: this computer is the first of the team.
cli-team-joined = Claims are on. This computer has joined the team of the folder.
cli-team-key-not-kept = Claims are on, but this computer cannot keep the team key. Set FAHUO_TEAM_KEY for each run; without it nothing is sent.
cli-team-left = Claims are off. This computer ships alone.
cli-team-none = Claims are off: this computer ships alone.
cli-team-shown = Claims are on: folder { $folder }, this computer is { $pc }.
cli-without-claims = Warning: this run sends without asking the team's folder. Nothing keeps a colleague's computer from sending the same orders.
cli-progress-verifying = Reading again what was shipped …
cli-not-verified = What was shipped could not be read again, so it is not known whether another computer shipped the same orders. Look at them with fahuoctl orders --state shipped.
cli-ask-send = { $orders ->
    [one] Send { $orders } order
   *[other] Send { $orders } orders
}{ $earlier ->
    [0] ?
   *[other] {" "}of this file and { $earlier } that an earlier run left?
}
cli-ask-reship = { $orders ->
    [one] Send { $orders } order
   *[other] Send { $orders } orders
}{ $earlier ->
    [0] {" "}and use up the only re-shipment of { $again }?
   *[other] {" "}of this file, using up the only re-shipment of { $again }, and { $earlier } that an earlier run left?
}
cli-ask-go-on = { $left ->
    [one] { $left } row of this file was left unfinished.
   *[other] { $left } rows of this file were left unfinished.
}{ $earlier ->
    [0] {" "}Go on?
   *[other] {" "}Go on, also with { $earlier } other orders that an earlier run left?
}
cli-earlier-goes-on = { $count ->
    [one] This also goes on with { $count } order that an earlier run left.
   *[other] This also goes on with { $count } orders that an earlier run left.
}
cli-earlier-contradicts = { $count ->
    [one] { $count } order of an earlier run waits with other parcels than this file has. Nothing was sent. Run fahuoctl resume to send it as it is, or fahuoctl cancel to take back what was not sent yet; then ship this file again.
   *[other] { $count } orders of an earlier run wait with other parcels than this file has. Nothing was sent. Run fahuoctl resume to send them as they are, or fahuoctl cancel to take back what was not sent yet; then ship this file again.
}
cli-earlier-left = { $count ->
    [one] { $count } order that an earlier run left still waits. Run fahuoctl resume to go on.
   *[other] { $count } orders that an earlier run left still wait. Run fahuoctl resume to go on.
}
cli-not-queued = Order { $order } was not sent: { $why }
cli-cancelled = { $count ->
    [one] { $count } shipment was taken back before it was sent.
   *[other] { $count } shipments were taken back before they were sent.
}
cli-stopping = Stopping: nothing more is sent; waiting for the answers on their way …
cli-end-daily-quota = Today's calls are used up; the rest is queued. After { $until } run fahuoctl resume to go on.
cli-end-not-sent = Nothing of the file was sent: orders have changed since the check, or it could not be written down. Run the same command again.
cli-end-store-failed = The journal cannot be written, so nothing more is sent. Check the disk, then run fahuoctl resume.
cli-end-not-visible = { $count ->
    [one] WeChat does not show { $count } order yet, and it was not sent. Run fahuoctl resume in a few minutes to go on.
   *[other] WeChat does not show { $count } orders yet, and they were not sent. Run fahuoctl resume in a few minutes to go on.
}
cli-end-stalled = Nothing has moved for ten minutes, so waiting ends here. Nothing is lost; check the network, then run fahuoctl resume.
cli-end-interrupted = Stopped; what was sent is on record. fahuoctl resume goes on.
cli-files-left = { $count ->
    [one] { $count } more file was not opened.
   *[other] { $count } more files were not opened.
}
cli-checked-ready = { $orders ->
    [one] Nothing was sent. { $orders } order can be sent: fahuoctl ship { $file }
   *[other] Nothing was sent. { $orders } orders can be sent: fahuoctl ship { $file }
}
cli-checked-some = Nothing was sent. Orders that can be sent: { $orders }. Rows to repair first: { $rows }; then check { $file } again.
cli-checked-repair = Nothing was sent, and no row can be. Rows to repair: { $rows }; then check { $file } again.
cli-checked-nothing = Nothing was sent, and there is nothing to send.
cli-checked-unusable = { $file } could not be checked. Nothing was sent.
cli-declined = Not sent.
cli-nothing-to-send = There is nothing to send, and nothing to do.
cli-nothing-to-send-some = Nothing was sent. Rows to repair: { $rows }; then run it again.
cli-sent-all = { $shipped ->
    [one] Done: 1 row shipped; nothing to do.
   *[other] Done: { $shipped } rows shipped; nothing to do.
}
cli-sent-some = Rows shipped: { $shipped }; rows that need you: { $rows }. Repair them and run it again: nothing is shipped twice.
cli-sent-some-taken-back = Rows shipped: { $shipped }; some were taken back before they were sent. Run it again for the rest: nothing is shipped twice.
cli-sent-from-here = Sent from this computer:
cli-left-unclear = { $count ->
    [one] { $count } shipment is unclear. Run fahuoctl resume: it is looked at, not before { $at }, and nothing is sent twice.
   *[other] { $count } shipments are unclear. Run fahuoctl resume: they are looked at, not before { $at }, and nothing is sent twice.
}
cli-left-waiting = { $count ->
    [one] { $count } shipment waits until WeChat shows its order. Run fahuoctl resume: it is asked for again, not before { $at }.
   *[other] { $count } shipments wait until WeChat shows their orders. Run fahuoctl resume: they are asked for again, not before { $at }.
}
cli-resume-nothing = There is nothing to go on with.
cli-resume-done = What was left is done.
cli-resume-person = { $count ->
    [one] { $count } shipment needs you: see the outbox in the window, or fahuoctl history.
   *[other] { $count } shipments need you: see the outbox in the window, or fahuoctl history.
}
cli-resume-older = { $count ->
    [one] { $count } shipment that stopped before still waits for you.
   *[other] { $count } shipments that stopped before still wait for you.
}
cli-cancelled-errands = { $count ->
    [one] { $count } reminder or report was taken back before it was sent.
   *[other] { $count } reminders and reports were taken back before they were sent.
}
cli-cancel-errands-left = { $count ->
    [one] { $count } reminder or report could not be taken back: it is being sent, or it is unclear whether it arrived. fahuoctl resume finds out.
   *[other] { $count } reminders and reports could not be taken back: they are being sent, or it is unclear whether they arrived. fahuoctl resume finds out.
}
cli-errands-not-visible = { $count ->
    [one] WeChat does not show { $count } order, so nothing was sent for it; its reminder or report stays in line. Compare the number. If it is right, run fahuoctl resume later, which asks again; if not, fahuoctl cancel takes it back.
   *[other] WeChat does not show { $count } orders, so nothing was sent for them; their reminders and reports stay in line. Compare the numbers. If they are right, run fahuoctl resume later, which asks again; if not, fahuoctl cancel takes them back.
}
cli-cancel-nothing = There is nothing to take back.
cli-cancel-left = { $count ->
    [one] { $count } shipment could not be taken back: it is being sent, was sent before, or it is unclear whether it arrived. fahuoctl resume finds out.
   *[other] { $count } shipments could not be taken back: they are being sent, were sent before, or it is unclear whether they arrived. fahuoctl resume finds out.
}
cli-cancel-not-recorded = The journal cannot be written, so nothing was taken back. Nothing was sent. Check the disk, then run fahuoctl cancel again.

## Tables

cli-column-row = Row
cli-column-status = Result
cli-column-cell = Cell
cli-column-what = What and what to do
cli-column-state = State
cli-column-paid-at = Paid at
cli-column-amount = Amount
cli-column-payer = Payer
cli-column-corrections = Corrections left
cli-column-delivery = Delivery
cli-column-courier-id = Id
cli-column-name = Name
cli-column-appid = AppID
cli-column-used = Used
cli-column-since = Since
cli-counts = { $rows ->
    [one] 1 row: { $parts }
   *[other] { $rows } rows: { $parts }
}
cli-count-ready = { $count } ready
cli-count-warned = { $count } of them with a warning
cli-count-shipped = { $count } shipped
cli-count-already-done = { $count } done before
cli-count-waiting = { $count } waiting
cli-count-queued = { $count } queued
cli-count-unclear = { $count } unclear
cli-count-blocked = { $count } to repair
cli-count-refused = { $count } refused by WeChat
cli-count-needs-person = { $count } for you to decide
cli-count-ignored = { $count } ignored
cli-more-rows = { $count ->
    [one] 1 more row is not shown; --format json gives all.
   *[other] { $count } more rows are not shown; --format json gives all.
}
cli-more-orders = { $count ->
    [one] 1 more order is not shown; --limit shows more.
   *[other] { $count } more orders are not shown; --limit shows more.
}
cli-more-shipments = { $count ->
    [one] 1 more is not shown; --limit shows more.
   *[other] { $count } more are not shown; --limit shows more.
}
cli-checklist = When WeChat does not know an order, go through this:
cli-no-orders = No order fits.
cli-no-shipments = There are no shipments yet.
cli-partly-shipped = partly shipped
cli-in-dispute = in dispute
cli-range-reversed = The range ends before it begins, so nothing was asked. Exchange the two times.
cli-order-not-visible = WeChat does not show order { $number }; it was asked once, and this command changes nothing. Compare the number, the merchant number and the account.
cli-not-visible-1 = Paid just now: orders appear within minutes, rarely hours. Run the command again then; fahuoctl resume asks for what was to be sent.
cli-order-not-found = Order { $number } was not found. Compare the number, the merchant number and the account.
cli-couriers-built-in = The account's own list could not be read; this is the built-in one.

## Accounts

cli-type-secret = AppSecret (not shown while you type):{" "}
cli-no-secret = There was no AppSecret, so nothing was saved. Type it when asked, or give it as a line on stdin.
cli-account-exists = There is an account "{ $name }" already, and it was not changed. Choose another name, or remove it first.
cli-account-added = Account "{ $name }" was added; its secrets are in the system's keyring.
cli-secret-not-kept = Account "{ $name }" was added, but the system has no keyring that can be used, so its secrets were not kept. Use FAHUO_APPID and FAHUO_APP_SECRET instead.
cli-secret-not-renewed = Account "{ $name }" is as it was, and the system has no keyring that can be used, so its new secrets were not kept. Use FAHUO_APPID and FAHUO_APP_SECRET instead.
cli-ask-remove = Remove account "{ $name }" and its secret?
cli-account-kept = Account "{ $name }" was not changed.
cli-account-removed = Account "{ $name }" was removed; its journal is still there.
cli-check-network = WeChat can be reached
    .repair = Check the network and the proxy settings.
cli-check-clock = The clock is right
    .repair = Let the system set its clock by itself.
cli-check-credentials = { $mode ->
        [platform] The platform has a token for the Mini Program, and this address is allowed
        [token] The pasted token works, and this address is allowed
        [service] The token service gives a token that works, and this address is allowed
        [command] The program gives a token that works, and this address is allowed
       *[secret] AppID and AppSecret work, and this address is allowed
    }
    .repair = Compare AppID, AppSecret and the IP allow list.
cli-check-service = { $mode ->
        [platform] The authorised Mini Program has order shipping management opened
       *[secret] Order shipping management is opened
    }
    .repair = { $mode ->
        [platform] The Mini Program's administrator opens it in its own console; the platform cannot do it.
       *[secret] Open order shipping management in the Mini Program's console.
    }
cli-check-settlement = { $mode ->
        [platform] The authorised Mini Program has its merchant numbers confirmed
       *[secret] The merchant numbers are confirmed
    }
    .repair = { $mode ->
        [platform] The Mini Program's administrator confirms all merchant numbers in its own console; the platform cannot do it.
       *[secret] Confirm all merchant numbers in the Mini Program's console; otherwise some orders never appear.
    }
cli-check-couriers = The courier list can be read
    .repair = Nothing to do; the built-in list is used.
cli-check-not-run = Not made, because an earlier check did not pass.
cli-quota-not-confirmed = Nothing was reset and no reset was used: it was not confirmed. To confirm, type 10, or add --confirm 10-per-month.
cli-ask-bundle = Save this bundle?
cli-bundle-not-saved = The bundle was not saved.
cli-probe-no-order = There is no probe to go on with. Name your own order of 0.01 yuan with --transaction-id; nothing was sent.
cli-probe-closed-new-folder = Nothing was sent. This data folder is new, so until { $at } orders are only looked at, in case another computer has just shipped them. Run the same command again after that.
cli-probe-closed-left = Nothing was sent. An earlier run left shipments, reminders or reports that come first. Run fahuoctl resume to go on with them or fahuoctl cancel to take them back, then run the probe again.
cli-probe-closed-quota = Nothing was sent. Today's calls are used up. Run the same command again after { $until }.
cli-probe-closed-no-answer = Nothing was sent. WeChat or the network does not answer; not before { $at } is it tried again. Check the network, then run the same command again.
cli-probe-later = The probe rests here, and nothing more was sent; fahuoctl doctor probe goes on.
cli-doctor-passed = Everything passed; shipping can begin.
cli-doctor-not-passed = Some checks did not pass. Nothing was sent; follow what stands above, then test again.

## The pretend WeChat

cli-sandbox-serving =
    The pretend WeChat serves { $url }; nothing reaches WeChat.
    AppID: { $appid }
    AppSecret: { $secret }
    What has arrived: { $ledger }
cli-sandbox-until = Ctrl-C stops it.
cli-sandbox-no-port = Cannot serve on port { $port }: { $why }. Choose another one with --port, or 0 for any.
cli-faults-unreadable = The fault script { $file } cannot be used: { $why }

cli-about-events = WeChat's push events
cli-about-events-list = List the events that came
cli-about-events-add = Read events from a file or stdin and look at their orders
cli-about-events-listen = Take what a relay passes on at a port of this computer until stopped; keys from FAHUO_PUSH_TOKEN, FAHUO_PUSH_AES_KEY or as kept here
cli-about-events-keys = Keep Token and EncodingAESKey; typed or read from the first two lines of stdin
cli-arg-event_file = File of events; - for stdin
cli-arg-event_port = Port on this computer; 0 takes a free one
cli-events-no-file = Nothing was read: there is no file { $file }.
cli-events-no-token = Not open: there is no Token. Set FAHUO_PUSH_TOKEN, or run events keys first.
cli-events-port-taken = Not open: the port is taken. Choose another one with --port.
cli-events-keys-wrong = Not kept: a Token has 3 to 32 letters or digits, an EncodingAESKey 43 characters.
cli-events-keys-kept = Token and EncodingAESKey are kept.
cli-events-keys-not-kept = There is no keyring on this computer, so nothing was kept. Set FAHUO_PUSH_TOKEN and FAHUO_PUSH_AES_KEY for each run.
cli-events-listening = Listening: { $url } (Ctrl-C stops)
cli-type-push-token = Token:
cli-type-push-key = EncodingAESKey (may be empty):
cli-more-lines = Only the newest { $limit } are listed; --limit lists more.

cli-about-pay = Payments of WeChat Pay Global
cli-about-pay-query = Look up one payment
cli-about-pay-setup = Keep the merchant's numbers and keys; the APIv3 key is typed or read from the first line of stdin
cli-arg-pay_id = WeChat's number
cli-arg-pay_trade_no = The shop's number
cli-arg-pay_mchid = Merchant number; with an institution its sub-merchant's
cli-arg-sp_mchid = Institution
cli-arg-key_file = Private key, apiclient_key.pem
cli-arg-certificate_file = Certificate, apiclient_cert.pem, for its number
cli-arg-serial_no = Certificate number
cli-arg-public_key_id = Id of the platform's public key
cli-arg-public_key_file = Platform's public key, pub_key.pem
cli-after-help-pay =
    Either keep the merchant once with fahuoctl pay setup, or set the environment for each run; nothing of it is kept then:
      FAHUO_PAY_MCHID            merchant number; in institution mode the sub-merchant's
      FAHUO_PAY_SP_MCHID         institution, only in institution mode
      FAHUO_PAY_KEY_FILE         file of the private key, apiclient_key.pem
      FAHUO_PAY_SERIAL_NO        number of the certificate, or instead
      FAHUO_PAY_CERTIFICATE_FILE file of the certificate, apiclient_cert.pem
      FAHUO_PAY_API_V3_KEY       APIv3 key, 32 characters; not needed with the platform's public key
      FAHUO_PAY_PUBLIC_KEY_ID    id of the platform's public key, with
      FAHUO_PAY_PUBLIC_KEY_FILE  its file, pub_key.pem
cli-pay-way = Keep the merchant with fahuoctl pay setup, or set the FAHUO_PAY_ variables; fahuoctl help pay names them.
cli-pay-way-key = Run fahuoctl pay setup again with --key-file apiclient_key.pem, or let FAHUO_PAY_KEY_FILE name that file.
cli-pay-way-signed = Compare the APIv3 key or the platform's public key with the merchant platform and run fahuoctl pay setup again, or set the FAHUO_PAY_ variables anew; if it stays so, ask WeChat Pay.
cli-type-pay-key = APIv3 key (may be empty):
cli-pay-kept = The merchant is kept.
cli-pay-not-kept = There is no keyring on this computer: the keys were not kept, only the numbers. Set the FAHUO_PAY_ variables for each run; fahuoctl help pay names them.
cli-mapping-none = No remembered mapping is called "{ $name }": none has a name yet. Nothing was sent. Give one a name in the window, under Settings, or leave --mapping out.
cli-mapping-unknown = No remembered mapping is called "{ $name }". Nothing was sent. There are: { $known }
cli-mapping-ambiguous = Several remembered mappings begin with "{ $name }". Nothing was sent. Type more of one of these: { $known }
cli-mapping-other-file = "{ $file }" has none of the columns of the mapping "{ $name }". Nothing was sent. Choose another mapping, or leave --mapping out.
cli-column-is = { $column } = { $field }
cli-columns-ask = "{ $file }" has no header. By their values its columns are: { $columns }. If that is right, run it again with --confirm-columns.
cli-columns-confirmed = "{ $file }" has no header. Its columns are read as: { $columns }. This is remembered for files like it.
cli-columns-open = "{ $file }" has no header, and its values do not tell which column is the order number and which the tracking number. Nothing was sent. Write the names of the columns into its first row and run it again.
cli-list-unreadable = The file { $file } cannot be read; nothing was sent. Check its name and whether you may open it.
