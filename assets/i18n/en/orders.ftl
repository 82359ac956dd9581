# The list of orders.

orders-title = Orders
orders-refresh = Refresh from WeChat
orders-refresh-hint = Read this selection from WeChat again (R)
orders-find = Look up number
orders-find-hint = Ask WeChat for the one order with this number
orders-search = Numbers, goods, tracking
orders-payer = Payer's OpenID
orders-payer-hint = A part of it is enough
orders-from = Paid from
orders-to = Paid until
orders-day-hint = yyyy-mm-dd
orders-month-before = Month before
orders-month-after = Month after
orders-month = { $month }/{ $year }
orders-weekdays = Mo Tu We Th Fr Sa Su
orders-filter-problem = { $field }: { $title }
orders-show-all = Show all
orders-clear = Clear filter
orders-preset-today = Today
orders-preset-week = 7 days
orders-preset-month = This month
orders-preset-always = All

orders-view-all = All
orders-view-due-soon = Due within 12 h
orders-view-over-36 = Over 36 h
orders-view-overdue = Over 48 h
orders-view-unsettled = Money waiting
orders-view-in-dispute = In dispute
orders-partly-shipped = Partly shipped

orders-column-pay-time = Paid
orders-column-out-trade-no = Shop's number
orders-column-number = WeChat number
orders-column-goods = Goods
orders-column-amount = Amount
orders-column-payer = Payer
orders-column-state = State
orders-column-deadline = 48-hour limit
orders-column-corrections = Corrections
orders-list = List of orders
orders-row = Order { $number }, { $goods }, { $amount }, { $state }

orders-overdue-by = { $span } late
orders-due-in = { $span } left
orders-shipped-at = Reported { $at }
orders-corrections-none = None left
orders-corrections-left = { $count } left
orders-in-complaint = Dispute

orders-pager = { $count ->
    [one] Page { $page } of { $pages }, { $count } order
   *[other] Page { $page } of { $pages }, { $count } orders
}
orders-page-first = First page
orders-page-before = Previous page
orders-page-after = Next page
orders-page-last = Last page
orders-page-size = { $count } per page
orders-page-size-name = Orders per page

orders-fetching = Reading from WeChat: { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $count ->
    [one] { $count } order
   *[other] { $count } orders
} so far…
orders-fetch-stop = Stop reading
orders-fetch-failed = { $count ->
    [one] Page { $page } did not come: { $why }. The { $count } order before it is here
   *[other] Page { $page } did not come: { $why }. The { $count } orders before it are here
}
orders-fetch-go-on = Go on from here
orders-fetch-go-on-advice = The orders that came are here. Going on does not start over.
orders-fetch-complete = { $count ->
    [one] { $count } order read ({ $age })
   *[other] All { $count } orders read ({ $age })
}
orders-read-at = List read at { $at } ({ $age })
orders-never-read = Never read from WeChat

orders-empty-title = No orders yet
orders-empty-text = Orders read from WeChat are kept on this computer and can be seen offline.
orders-empty-fetch = Read orders from WeChat
orders-no-account-title = Set up the Mini Program account first
orders-no-account-text = Orders can be read once AppID and AppSecret are filled in.
orders-no-account-go = Go to settings
orders-loading-title = Reading the first page…
orders-none-title = No order fits this filter
orders-none-text = Try another filter, or clear it to see all orders.
orders-none-find-text = This number is not known here. WeChat can be asked for it.
orders-back = Back to the list
orders-close-detail = Close the order

orders-preset-yesterday = Yesterday
orders-preset-days30 = 30 days
orders-preset-last-month = Last month
orders-days = Paid on
orders-days-name = Choose the days of payment
orders-days-preset = Paid: { $name }
orders-days-range = { $from } to { $to }
orders-days-from = Since { $from }
orders-days-to = Until { $to }

orders-column-courier = Courier
orders-column-tracking = Tracking number
orders-column-shipped-at = Shipped
orders-column-mchid = Merchant
orders-columns = Columns
orders-columns-hint = Drag, or use the arrows. The headings can be dragged too, and widened at their right edge; by keyboard with Alt+←/→ and Ctrl+←/→.
orders-columns-usual = Usual columns
orders-columns-up = Move up: { $column }
orders-columns-down = Move down: { $column }
orders-heading-sort-up = Sort ascending
orders-heading-sort-down = Sort descending
orders-heading-left = Move left
orders-heading-right = Move right
orders-heading-width = Usual width
orders-heading-hide = Hide this column

orders-views = Views
orders-views-hint = Keep filter, sorting and columns, and come back to them by one click (V)
orders-views-none = No saved views yet. Set filter, sorting and columns, then save them here under a name.
orders-views-full = { $count } views at most. Delete one that is not used.
orders-view-choose = Open view: { $name }
orders-view-rename = Rename view: { $name }
orders-view-delete = Delete view: { $name }
orders-view-keep = Rename
orders-view-save = Save view
orders-view-replace = Replace
orders-view-name = Name of the view
orders-view-save-note = Save the filter, sorting and columns as they are now as:

orders-mark = Select order { $number }
orders-mark-all = Select all orders of the list
orders-marked = { $count } selected, { $amount } in all
orders-marked-copy = Copy
orders-marked-copy-hint = Copy as a table for Excel or WPS; the numbers stay whole (Ctrl+C)
orders-marked-save = Save packing list
orders-marked-save-hint = Goods and parcels of the selected orders as an Excel or CSV file
orders-marked-reread = Read again
orders-marked-reread-hint = Read the selected orders from WeChat one by one
orders-marked-reread-many = At most { $count } orders are read one by one. For more use "Refresh from WeChat".
orders-marked-none = Select none
orders-rereading = { $count ->
    [one] { $count } order still being read…
   *[other] { $count } orders still being read…
}
orders-copy-cell = Copy cell
orders-copy-row = Copy row
orders-copy-number = Copy WeChat number
orders-copy-trade-no = Copy shop's number

orders-offline = Offline: WeChat cannot be reached; this is what is kept here. { $age }

packing-sheet = Packing list
packing-name = Packing list { $day }.xlsx
packing-no = No.
packing-order = Shop's number
packing-number = WeChat number
packing-paid = Paid
packing-state = State
packing-goods = Goods
packing-parcel = Parcel
packing-part = { $part } of { $parts }
packing-courier = Courier
packing-tracking = Tracking number
packing-packed = Packed
packing-note = Note
