# What happened, what was or was not sent, what to do now. Raw codes come last.

code-line = Code { $code }
field-of-row = This row
ip-not-readable = (not named by WeChat)

## Problems of a row or a form

problem-mangled-id = { $field }: damaged by a spreadsheet
    .detail = "{ $value }" is no longer the original number, and its last digits cannot be restored. This row is not sent.
    .action = Export it again from its source, with this column formatted as text.
problem-order-missing = The order number is missing
    .detail = It is not known which order this row belongs to, so it is not sent.
    .action = Fill in WeChat's order number or the shop's.
problem-order-not-found = WeChat does not know this order
    .detail = "{ $value }" is not among this account's orders, so it is not sent.
    .action = Compare the number and the account; if it was paid just now, check again in a few minutes.
problem-order-ambiguous = { $count } orders carry this shop number
    .detail = It is not clear which one is meant, so nothing is sent.
    .action = Use WeChat's order number, or fill in the merchant number.
problem-order-unchecked = This order could not be looked up
    .detail = { $cause }. It is not sent before it was looked up.
    .action = Check again later.
problem-order-not-asked = This order was not looked up yet
    .detail = The file has more unknown orders than can be asked for at once, so this row is not sent.
    .action = Check again: it goes on with the orders that are left. Or split the file.
problem-already-shipped = This order is shipped with other parcels
    .detail = A file never replaces what is shipped, so this row is not sent.
    .action = { $left ->
        [0] The re-shipment is used up. Compare the parcels in WeChat's merchant console.
       *[other] Compare the parcels. Replacing them uses the only re-shipment.
    }
problem-partly-shipped = Some parcels of this order were reported elsewhere
    .detail = They are not in this file, and sending it would lose them. This row is not sent.
    .action = List the parcels that are shipped already as well, then check again.
problem-refunded = The order is refunded
    .detail = It is not sent.
    .action = Do not ship the goods; if they are on their way, contact the buyer.
problem-order-closed = The receipt is confirmed or the order is complete
    .detail = Its shipping can no longer be changed, so this row is not sent.
    .action = Nothing to do; if the parcel is wrong, contact the buyer.
problem-state-unknown = The order is in a state that is not known here ({ $code })
    .detail = To be on the safe side it is not sent.
    .action = Look at it in WeChat's merchant console, and update this program.
problem-in-dispute = A dispute is open on this order
    .detail = It can still be sent.
    .action = Read the buyer's complaint before the goods leave.
problem-shipment-open = Another shipment of this order has no result yet
    .detail = Nothing more is sent before it has one.
    .action = Look at it in the outbox, then check again.
problem-duplicate-conflict = Same order as row { $rows }, but other parcels
    .detail = It is not clear which is right, so none of them is sent.
    .action = Keep the right row only; if there are several parcels, put their rows next to each other.
problem-sibling-blocked = Waits for row { $row } of the same order
    .detail = An order is sent whole or not at all.
    .action = Repair row { $row } first.
problem-duplicate-row = Same as row { $row }
    .detail = Counted once and not sent twice.
problem-unknown-courier = WeChat has no courier "{ $value }"
    .detail = This row is not sent, and not turned into another kind of delivery.
    .action = { $found ->
        [0] Use a name or code of WeChat's courier list.
       *[other] Is it one of these: { $nearest }? Use one of them.
    }
problem-missing-courier = No courier is given
    .detail = This row is not sent.
    .action = Fill in the courier, or choose a default one in the account's settings.
problem-courier-translated = "{ $value }" was read as { $courier }
    .detail = WeChat's code is sent.
problem-courier-taught = "{ $value }" counts as { $courier }, as your staff decided
    .detail = Spellings that staff have taught are listed in the settings.
problem-courier-filled = { $courier } was filled in: the row names no courier
    .detail = It comes from what is set for this file or account.
problem-tracking-shape = This number looks like one of { $courier }
    .detail = It can still be sent; the courier is not changed by itself.
    .action = Compare the courier and the number.
problem-missing-tracking = No tracking number is given
    .detail = This row is not sent.
    .action = Fill in the tracking number, or change the kind of delivery if there is no courier.
problem-tracking-too-long = The tracking number is too long ({ $bytes } bytes)
    .detail = WeChat takes at most 128 bytes, so this row is not sent.
    .action = Look whether the cell holds several numbers.
problem-tracking-characters = The tracking number has characters that do not belong there
    .detail = "{ $value }"; this row is not sent.
    .action = Keep only letters, digits and hyphens.
problem-tracking-is-order-number = The tracking number is an order number
    .detail = "{ $value }" is the number of an order, so this row is not sent.
    .action = Fill in the number on the courier's label.
problem-tracking-shared = Another order, in row { $row }, has this number too
    .detail = That is allowed for goods shipped together; it can be sent.
problem-tracking-two-couriers = The same number has another courier in row { $row }
    .detail = It can still be sent.
    .action = Compare which row has the right courier.
problem-parcel-twice = The same courier and number as parcel { $earlier }
    .detail = One parcel is reported once. Nothing was sent.
    .action = Type this parcel's own number, or take this parcel out.
problem-too-many-parcels = Too many parcels: { $count }
    .detail = An order may have { $max }, so it is not sent.
    .action = Use fewer parcels; where WeChat allows more, raise the limit in the account's settings.
problem-no-parcel = There is no parcel
    .detail = It is not sent.
    .action = Fill in at least one parcel.
problem-item-desc-missing = Nothing says what is in the parcel
    .detail = WeChat asks for it, so this row is not sent.
    .action = Fill in the goods, or set a default text for the account.
problem-item-desc-too-long = The text about the goods is too long ({ $chars } characters)
    .detail = WeChat takes at most 120, so it is not sent.
    .action = Shorten it, for example "tea x2, cup x1".
problem-item-desc-near-limit = The text about the goods is near the limit ({ $chars } characters)
    .detail = WeChat takes at most 120; it can still be sent.
    .action = Shorten it if WeChat refuses it.
problem-item-desc-filled = The goods were taken from the order
    .detail = "{ $value }" will be sent.
problem-item-desc-shortened = The text about the goods was cut to 120 characters
    .detail = "{ $value }" will be sent.
problem-sf-contact-missing = SF Express needs a phone number
    .detail = Either the sender's or the receiver's is needed, so this row is not sent.
    .action = Fill in the receiver's phone, or set the sender's for the account. Its middle digits are hidden first.
problem-contact-unusable = { $field }: not a phone number that can be used
    .detail = Its last four characters must be digits, so this row is not sent.
    .action = Fill in the whole number, or one with stars such as 138****1234.
problem-cleaned = { $field }: tidied up
    .detail = "{ $value }" counts as "{ $now }"; the file itself is not changed.
problem-unreadable = { $field }: garbled characters
    .detail = The original text cannot be read, so this row is not sent.
    .action = Save it as UTF-8 or xlsx with the program it comes from, and open it again.
problem-formula-cell = { $field }: a formula instead of a value
    .detail = "{ $value }"; this row is not sent.
    .action = Paste this column as values in the spreadsheet, and save it.
problem-cell-count = This row has { $found } cells, the header has { $expected }
    .detail = Its cells may have moved; it was read column by column.
    .action = Look at this row.
problem-split-needs-express = Only express parcels can be split
    .detail = It is not sent.
    .action = Choose unified, or express.
problem-logistics-type-unknown = Not a known kind of delivery: "{ $value }"
    .detail = This row is not sent, and nothing is guessed.
    .action = Write express, same-city, virtual or pick-up.
problem-reship-needs-person = A re-shipment must be confirmed by a person
    .detail = There is only one for each order, and it is never used by itself.
    .action = Open the order, compare the old and new parcels, and confirm.
problem-no-header = This file has no header; what its columns hold needs your word
    .detail = Nothing was sent.
    .action = Look through "Columns" and confirm it once, or name the columns in the first row (such as order number, courier, tracking number) and import the file again.
problem-column-missing = The column "{ $missing }" is missing
    .detail = Nothing was sent.
    .action = Add it to the file, or say which column it is.
problem-column-ambiguous = { $field }: several columns could be meant
    .detail = { $headings }. It is not clear which one to use, so nothing was sent.
    .action = { $parcels ->
        [yes] Choose one under "Columns"; if each of them holds a parcel of the same order, choose "{ $field }" for all. The choice is remembered.
       *[no] Choose one under "Columns", and the choice is remembered; or rename the others in the file.
    }
problem-file-empty = The file has no rows
    .detail = Nothing was sent.
    .action = Look whether it is the right file.
problem-file-unreadable = The file cannot be opened
    .detail = Nothing was sent.
    .action = { $locked ->
        [1] Close it in the spreadsheet program first, then open it again.
       *[other] Look whether it is still there and may be read.
    }
problem-file-unsupported = This kind of file is not supported
    .detail = Nothing was sent.
    .action = Save it as csv or xlsx.
problem-file-protected = The file opens with a password only
    .detail = Nothing was sent.
    .action = Take the password off in Excel or WPS, save the file and import it again.
problem-file-too-large = The file is too large
    .detail = { $row ->
        [0] All of it is beyond the limit and was not read.
       *[other] It was read up to row { $row }; the rows below were not.
    } Nothing was sent.
    .action = Divide it into several files.
problem-app-id-taken = Another account has this AppID
    .detail = Nothing was saved.
    .action = Change that account, or remove it first.
problem-bad-time = This time cannot be read: "{ $value }"
    .detail = Nothing was done.
    .action = Write it as 2026-11-21 or 2026-11-21T14:00:00+08:00.
problem-app-id-invalid = This is not an AppID
    .detail = It consists of letters and digits and begins with wx. Nothing was saved.
    .action = Copy it from the Mini Program's console, under development settings.
problem-range-reversed = The range ends before it begins
    .detail = Nothing was done.
    .action = Exchange the two times.
problem-seen-before = This was imported at { $at } and is done
    .detail = It is not sent again.

## Calls that failed

failure-offline = No connection to the network
    .detail = Nothing was sent.
    .action = Check the network; work goes on when it is back.
failure-no-answer = WeChat did not answer in time
    .detail = Shipments without a clear result are looked up before anything is sent again.
    .action = Nothing to do; it is tried again by itself.
failure-tls = No secure connection could be made
    .detail = The server's certificate was not accepted, and nothing was sent.
    .action = Check this computer's date; in a company network ask its administrator for the certificate.
failure-not-wechat = Something else than WeChat answered
    .detail = Perhaps a proxy or a login page. Shipments without a clear result are looked up before anything is sent again.
    .action = Log in to the network or check the proxy settings, then go on.
failure-garbled = WeChat's answer was not complete
    .detail = Shipments without a clear result are looked up before anything is sent again.
    .action = Nothing to do; it is tried again by itself.
failure-busy = WeChat is busy
    .detail = Shipments without a clear result are looked up before anything is sent again.
    .action = Nothing to do; it is tried again by itself.
failure-wrong-appid = WeChat does not know this AppID
    .detail = Nothing was sent.
    .action = Compare the AppID in the account's settings; it begins with wx.
failure-wrong-secret = The AppSecret is wrong
    .detail = Nothing was sent.
    .action = Get the AppSecret from the Mini Program's console, under development settings, and set it for the account.
failure-secret-frozen = The AppSecret is frozen
    .detail = Nothing was sent.
    .action = Unfreeze it in the Mini Program's console, under development settings.
failure-ip-not-allowed = This computer's address is not on the IP allow list
    .detail = WeChat sees the address { $ip }. Nothing was sent.
    .action = Add it in the Mini Program's console, under development settings, IP allow list, and go on after a few minutes.
failure-ip-needs-confirmation = An administrator must confirm this computer's address
    .detail = Nothing was sent.
    .action = Ask the administrator to confirm this call in WeChat, then go on.
failure-token-refused = WeChat refused the access token twice
    .detail = Nothing was sent.
    .action = Look whether another system renews the token by force, then go on.
failure-service-not-opened = Order shipping management is not opened, or a permission is missing
    .detail = Nothing was sent.
    .action = Open it in the Mini Program's console; if access was granted to a platform, grant it again.
failure-account-limited = The platform limits this account
    .detail = Nothing was sent.
    .action = Read the notices in the Mini Program's console, or contact WeChat.
failure-too-fast = Too many calls at once
    .detail = This call was not executed.
    .action = Nothing to do; it goes on more slowly.
failure-daily-quota = Today's calls are used up
    .detail = The rest is queued, and nothing is lost.
    .action = It goes on after midnight, Beijing time.
failure-order-not-visible = WeChat does not show this order yet
    .detail = Nothing was sent. Orders that were paid just now appear minutes to hours later.
    .action = It is looked up again by itself; go through the checklist if it is not there after 24 hours.
failure-bad-cursor = The position in the list is no longer valid
    .detail = The orders that came are kept.
    .action = Refresh the list.
failure-clock-ahead = This computer's clock is { $minutes } min fast
    .detail = With a wrong clock WeChat may refuse shipments, so nothing was sent.
    .action = Let the system set its clock by itself, then go on.
failure-clock-behind = This computer's clock is { $minutes } min slow
    .detail = With a wrong clock WeChat may refuse shipments, so nothing was sent.
    .action = Let the system set its clock by itself, then go on.
failure-no-credentials = There is no AppID or AppSecret
    .detail = Nothing was sent.
    .action = Fill them in in the account's settings.
failure-refused = WeChat did not accept this call
    .detail = The call had no effect.
    .action = Give the code and the rid to a technical person.

## WeChat's no to a shipment

refusal =
    .detail = WeChat did not accept this shipment, and the order is unchanged.
refusal-refunded = The order is refunded
    .detail = It was not shipped.
    .action = Do not ship the goods; if they are on their way, contact the buyer.

## For a person to decide

why-shipped-elsewhere = This order was shipped elsewhere with other parcels
    .detail = Nothing more was sent from here; WeChat shows what somebody else entered.
    .action = Compare the parcels and accept them if they are right; replacing them uses the only re-shipment.
why-ambiguous = WeChat shows parcels from here and from elsewhere
    .detail = It is not clear which should stay, so nothing more is sent.
    .action = Compare the parcels, then accept them or send again.
why-unproven = WeChat shows a shipment, but nothing proves that it is this one
    .detail = There is no tracking number to compare, so nothing more is sent.
    .action = Compare the time and the goods, and accept it if they are right.
why-race = The parcels are at WeChat, but the re-shipment was used elsewhere
    .detail = Nothing more is sent.
    .action = Compare the parcels at WeChat; from now on ship from one place only.
why-three-attempts = It was sent three times without effect
    .detail = It was looked up each time, and WeChat holds nothing of it.
    .action = Try again later; if that does not help, ship it in WeChat's merchant console.
why-not-visible = WeChat has not shown this order for 24 hours
    .detail = Nothing was sent.
    .action = Go through the checklist for this order, then try again or drop it.
why-time-not-accepted = WeChat says that the time of the shipment is not new enough
    .detail = WeChat holds nothing of it. The time is never changed by itself.
    .action = Check this computer's clock, then try again; that uses a new time.
why-state-unknown = The order is in a state that is not known here
    .detail = To be on the safe side nothing was sent.
    .action = Look at it in WeChat's merchant console, and update this program.
why-record-damaged = The record of this shipment is damaged
    .detail = It does not match its checksum and is not sent.
    .action = Drop it, look at the order, and enter it again.
why-claimed-elsewhere = A colleague's computer has claimed this order
    .detail = { $who } claimed it on the computer { $pc } at { $time }. Nothing was sent from here.
    .action = Ask { $who }: if they have sent it or will send it, drop it here; if not, take it over.
why-claimed-unreadable = Another computer has claimed this order
    .detail = The claim in the team's folder cannot be read, so it is not known whose it is. Nothing was sent from here.
    .action = Ask your colleagues: if one of them sends it, drop it here; if nobody does, take it over.

## Not sure that it arrived

doubt-failure = WeChat may or may not have it
    .detail = { $cause }. The shipment may have reached WeChat all the same. Nothing is sent again before that is known.
    .action = Nothing to do; it is looked up by itself.
doubt-compare = WeChat says that the order has changed; comparing
    .detail = { $cause }. It may be this very shipment. Nothing is sent again before that is known.
    .action = Nothing to do; it is looked up by itself.
doubt-unlisted = WeChat may or may not have it
    .detail = WeChat answered with a code that does not say whether the shipment was accepted. Nothing is sent again before that is known.
    .action = Nothing to do; it is looked up by itself.
doubt-restart = The program ended while it was being sent
    .detail = It is not certain that it arrived. Nothing is sent again before that is known.
    .action = Nothing to do; it is looked up by itself.

## To go through when WeChat does not know an order

not-visible-1 = Paid less than a minute ago: wait; it is asked for again by itself.
not-visible-2 = Paid in the developer tools, a trial or a development version: it never appears.
not-visible-3 = Paid before the merchant number was authorised for order management: it never appears.
not-visible-4 = Paid with an overseas wallet or currency: it never appears.
not-visible-5 = Not an order of a Mini Program, or one of another Mini Program.
not-visible-6 = Collected by a service provider: use the sub-merchant's number, or WeChat's order number.
not-visible-7 = Aggregator payment by a third party: its number is not WeChat's order number.

## The team's folder

claims-unreachable = The team's folder cannot be reached
    .detail = Without it a colleague's computer could send the same order, so nothing is sent. What was entered is kept.
    .action = Check the network and the shared folder; sending goes on by itself when it is back.
claims-key-missing = The team key is not on this computer
    .detail = Without it a colleague's computer could send the same order, so nothing is sent. What was entered is kept.
    .action = Enter the team key in the settings, or set FAHUO_TEAM_KEY for unattended use.
claims-key-wrong = The team key does not fit the team's folder
    .detail = With another key a colleague's claims are not seen, so nothing is sent. What was entered is kept.
    .action = Enter the same team key as on the other computers.
