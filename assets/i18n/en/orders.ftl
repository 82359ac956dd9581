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
orders-day-pick = Choose a day: { $field }
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

orders-pager = Page { $page } of { $pages }, { $count } orders
orders-page-first = First page
orders-page-before = Previous page
orders-page-after = Next page
orders-page-last = Last page
orders-page-size = { $count } per page
orders-page-size-name = Orders per page

orders-fetching = Reading from WeChat: { $pages } pages, { $count } orders so far…
orders-fetch-stop = Stop reading
orders-fetch-failed = Page { $page } did not come: { $why }. The { $count } orders before it are here
orders-fetch-go-on = Go on from here
orders-fetch-go-on-advice = The orders that came are here. Going on does not start over.
orders-fetch-complete = All { $count } orders read ({ $age })
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
