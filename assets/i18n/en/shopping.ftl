# Shopping orders: combined shopping details, combined shipping, verification of an upload.

nav-shopping = Shopping
shopping-title = Shopping orders
shopping-subtitle = Add items and parcels to the orders in a buyer's WeChat bills.
shopping-purpose = This releases no money
shopping-purpose-text = Buyers see what you upload here under WeChat – Me – Services – Wallet – Bills. It does not settle any payment: shipping is entered under "Orders" or "Import". The shopping order product has to be applied for first.

shopping-call = What to do
shopping-call-details = Shopping details
shopping-call-ship = Combined shipping
shopping-call-verify = Verification
shopping-about-details = Tells WeChat what was bought with a combined payment. Upload it close to the payment: once that is complete, uploaded details stay as they are.
shopping-about-ship = Tells WeChat the parcels of each sub-order. Possible once the buyer has paid.
shopping-about-verify = Asks WeChat whether an upload of details came out well. It changes nothing and can be asked again and again.

shopping-order = Combined order
shopping-kind = Named by
shopping-kind-transaction = WeChat order number
shopping-kind-merchant = Merchant number + shop order number
shopping-parent = { $field } of the combined order
shopping-sub-field = { $field } of sub-order { $number }
shopping-openid = Payer's openid
shopping-openid-note = Used for this upload; the record keeps only its ends.
shopping-subs = Sub-orders
shopping-sub = Sub-order { $number }
shopping-sub-add = Add a sub-order
shopping-sub-remove = Remove sub-order { $number }
shopping-merchant-order-no = Shop's order number
shopping-logistics = Logistics
shopping-logistics-express = Courier
shopping-logistics-same-city = Same city
shopping-logistics-virtual = Virtual goods
shopping-order-link = Order page
shopping-order-path = Path of the order page
shopping-order-url = Address of the order page
shopping-link-kind = Opens
shopping-link-mini-program = Mini Program page
shopping-link-url = Web page
shopping-items = Items
shopping-items-count = Items { $count } / { $most }
shopping-item = Item { $number }
shopping-item-add = Add an item
shopping-item-remove = Remove item { $number }
shopping-item-open = Open item { $number }
shopping-item-close = Close item { $number }
shopping-item-unnamed = (no name yet)
shopping-item-id = Item number
shopping-item-id-note = Needed for split shipping: all items of a sub-order have a number, or none has.
shopping-item-name = Item name
shopping-item-description = Item description
shopping-item-price = Unit price (yuan)
shopping-item-link = Item page
shopping-item-path = Path of the item page
shopping-item-url = Address of the item page
shopping-image = Image address
shopping-image-number = Address of image { $number }
shopping-image-add = Add an image
shopping-image-remove = Remove image { $number }
shopping-images-count = Images { $count } / { $most }
shopping-length = { $count } / { $most }
shopping-mode = Delivery mode
shopping-mode-unified = Unified (one parcel)
shopping-mode-split = Split (several parcels)
shopping-parcels = Parcels
shopping-parcel = Parcel { $number }
shopping-parcel-add = Add a parcel
shopping-parcel-remove = Remove parcel { $number }
shopping-parcel-items = Item numbers in this parcel
shopping-parcel-items-note = Separated by blanks, as in the shopping details.

shopping-send-details = { $count ->
    [one] Upload details ({ $count } item)
   *[other] Upload details ({ $count } items)
}
shopping-send-ship = { $count ->
    [one] Upload shipping ({ $count } parcel)
   *[other] Upload shipping ({ $count } parcels)
}
shopping-send-verify = Verify
shopping-wrong = { $count ->
    [one] { $count } thing to change
   *[other] { $count } things to change
}
shopping-wrong-text = Nothing is sent before they are changed.
shopping-more-wrong = and { $count } more
shopping-clear = Empty the form
shopping-ask-details = Upload the details of combined order { $order }?
shopping-ask-ship = Upload the shipping of combined order { $order }?
shopping-ask-seen = The buyer will see this in the bills.
shopping-ask-details-once = Once the payment is complete, uploaded details stay as they are.
shopping-ask-ship-again = It can be updated with other content afterwards.
shopping-no = Not now

shopping-file = From a file or pasted text
shopping-file-text = In a table each row is an item, a parcel or a combined order; JSON has the form of WeChat's documents.
shopping-file-choose = Choose a file
shopping-file-title = Choose a file of shopping orders
shopping-file-sample = Save a sample table
shopping-sample-title = Save a sample table
shopping-sample-name = shopping-sample-{ $call }.csv
shopping-sample-sheet = Sample
shopping-paste = Paste text
shopping-paste-name = Paste a table or JSON
shopping-paste-read = Check what was pasted
shopping-paste-close = Close
shopping-reading = Reading; nothing is sent
shopping-pasted = Pasted text
shopping-file-ready = { $ready ->
    [one] { $ready } order can be sent
   *[other] { $ready } orders can be sent
}
shopping-file-already = { $already ->
    [one] WeChat holds the same of { $already } order; it is not sent again
   *[other] WeChat holds the same of { $already } orders; they are not sent again
}
shopping-file-wrong = { $wrong ->
    [one] { $wrong } order needs a change and is not sent
   *[other] { $wrong } orders need a change and are not sent
}
shopping-file-unknown = Columns that are not known (left out): { $columns }
shopping-file-send = { $count ->
    [one] Send { $count } order
   *[other] Send { $count } orders
}
shopping-file-sent = Sent; the results are in the list below.
shopping-file-close = Close the file
shopping-ask-file = { $count ->
    [one] Send { $count } order of { $file }?
   *[other] Send { $count } orders of { $file }?
}

shopping-trouble-unreadable = This file cannot be read
    .detail = Nothing was sent.
    .action = Use an .xlsx, .csv or .json file, and close it in Excel first.
shopping-trouble-large = The file is too large
    .detail = Nothing was sent.
    .action = Split it into files below 16 MB.
shopping-trouble-json = Not JSON from line { $line } on
    .detail = Nothing was sent.
    .action = Check the quotes, commas and brackets near that line.
shopping-trouble-headings = No headings were found
    .detail = At least two known column names are needed. Nothing was sent.
    .action = Save a sample table and use its column names.
shopping-trouble-empty = It has no orders
    .detail = Nothing was sent.
    .action = Fill in rows below the headings.

shopping-place-sub = Sub-order { $number }
shopping-place-item = Item { $number }
shopping-place-parcel = Parcel { $number }
shopping-place-nth = No. { $number }
shopping-place-row = Row { $row }
shopping-place-file = The whole file
shopping-field-fault = { $field }: { $fault }

shopping-fault-missing = must be filled in
shopping-fault-long = at most { $most } bytes
shopping-fault-chars = at most { $most } characters
shopping-fault-many = at most { $most }
shopping-fault-number = must be a number: prices with at most two decimals, quantities whole from 1
shopping-fault-signs = has signs that cannot be used
shopping-fault-address = must begin with https:// or http:// and have no blanks
shopping-fault-mangled = was damaged by a spreadsheet; copy it again from its source into a text column
shopping-fault-word = this value is not known
shopping-fault-ids = other items have a number and this one has none: fill in all of them or none
shopping-fault-kinds = sub-orders use the same kind of number as the combined order
shopping-fault-repeated = this sub-order is there twice
shopping-fault-rows = differs from an earlier row of the same order
shopping-fault-appid = only the AppID of the current account can be used
shopping-fault-courier = is not on WeChat's list of couriers
shopping-fault-contact-needed = SF needs the receiver's or the sender's phone
shopping-fault-contact = the last four digits of the phone must be readable
shopping-fault-unified-one = unified delivery has exactly one parcel; use split delivery
shopping-fault-unified-items = unified delivery names no items; empty this or use split delivery
shopping-fault-split-items = split delivery names the items of each parcel
shopping-fault-name = WeChat's documents have no such field; check its spelling
shopping-fault-type = wrong type: lists have square brackets, objects have braces

shopping-state-queued = In line
shopping-state-sending = Sending
shopping-state-accepted = Accepted
shopping-state-said = WeChat has answered
shopping-state-said-well = Came out well
shopping-state-said-other = Needs a look
shopping-state-refused = Refused
shopping-state-not-sent = Not sent
shopping-state-left = Not sent
shopping-state-unclear = Not known
shopping-state-settled = Confirmed by you

shopping-queued = In line
    .detail = Not sent yet.
shopping-sending = Sending
    .detail = Waiting for WeChat's answer.
shopping-accepted-details = WeChat accepted the details
    .detail = Whether they come out well depends on the payment, and on how the two fit together.
    .action = Verify once the buyer has paid.
shopping-accepted-ship = WeChat accepted the shipping
    .detail = The buyer can see the parcels in the bills.
shopping-said-well = WeChat says: { $said }
    .detail = The upload came out well.
    .action = There is nothing left to do.
shopping-said-other = WeChat says: { $said }
    .detail = The verification was answered, but not with a plain success.
    .action = If nothing was uploaded, upload it; if something is wrong, change what it names and upload again. Then verify once more.
shopping-said-nothing = WeChat gave no words
    .detail = The question was answered, with no words about the upload.
shopping-not-sent = Not sent: { $why }
    .detail = WeChat did not take this upload.
shopping-left = Not sent
    .detail = The program ended before it, or it was taken back: nothing of it was sent. The payer is not kept, so it is not sent by itself.
    .action = If it is still wanted, fill in the payer again and send it.
shopping-unclear-details = It is not known whether it arrived
    .detail = No complete answer came, and nothing was sent again by itself.
    .action = Verify first. If it is not there, send the same once more: its time stays, so WeChat counts it at most once.
shopping-unclear-ship = It is not known whether it arrived
    .detail = No complete answer came, and nothing was sent again by itself. Verification tells about details, not about shipping.
    .action = Look at the buyer's bill. If it is not there, send the same once more: its time stays, so WeChat counts it at most once.
shopping-unclear-compare = Not taken this time, perhaps because an earlier try arrived
    .detail = The answer speaks of what the order holds now, such as the same or newer content. Nothing was sent again by itself; it is not known which try counts.
    .action = Verify, or look at the buyer's bill. If it is there, press "It arrived".
shopping-settled = Confirmed by you
    .detail = WeChat never answered; you said that it arrived.

shopping-results = Results
shopping-results-empty = Nothing was uploaded or verified yet
shopping-results-empty-text = Every upload and verification stays here, also after the program ends.
shopping-result-line = { $call } · { $order }
shopping-result-parts-details = { $subs ->
    [one] { $subs } sub-order
   *[other] { $subs } sub-orders
}, { $parts ->
    [one] { $parts } item
   *[other] { $parts } items
}
shopping-result-parts-ship = { $subs ->
    [one] { $subs } sub-order
   *[other] { $subs } sub-orders
}, { $parts ->
    [one] { $parts } parcel
   *[other] { $parts } parcels
}
shopping-result-from = From { $file }
shopping-result-payer = Payer { $payer }
shopping-result-verify = Verify this order
shopping-result-form = Put into the form
shopping-result-settle = It arrived
shopping-result-cancel = Take back { $count } in line
shopping-ask-settle = Did combined order { $order } arrive?
shopping-ask-settle-text = The same content is not sent again afterwards.

shopping-notice-queued = Shopping orders: { $queued } in line
shopping-notice-queued-some = Shopping orders: { $queued } in line; of { $already } WeChat holds the same, they are not sent again; { $wrong } have problems and were not sent.
shopping-notice-done = Shopping orders: { $done } with a result
shopping-notice-done-some = Shopping orders: { $done } done, { $stopped } without success, { $unclear } not known. See the list of results.

cli-about-shopping = Shopping orders: add items and parcels to the orders in buyers' WeChat bills. Releases no money; to enter shipping use ship
cli-about-shopping-details = Upload combined shopping details (items, images, links); the file is a table or JSON
cli-about-shopping-ship = Upload combined shipping; the file is a table or JSON
cli-about-shopping-verify = Ask whether uploaded details came out well; changes nothing
cli-about-shopping-results = List earlier uploads and verifications
cli-about-shopping-sample = Write a sample table with the column names to use
cli-arg-shopping_file = A table (.xlsx, .csv and others), or .json in the form of WeChat's documents
cli-arg-shopping_check = Only check the file; nothing is sent
cli-arg-shopping_call = details, ship or verify
cli-arg-shopping_to = The file to write (.csv or .xlsx)
cli-ask-shopping = { $count ->
    [one] { $call }: send { $count } order?
   *[other] { $call }: send { $count } orders?
}
cli-shopping-wrong = { $place }: { $words }
cli-shopping-unknown = Columns that are not known (left out): { $columns }
cli-shopping-none = No order can be sent; nothing was sent.
cli-shopping-progress = { $done } done, { $open } to go
cli-head-call = Call
