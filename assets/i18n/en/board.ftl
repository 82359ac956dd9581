# The deadline board: counters, charts, the most urgent orders.

nav-board = Deadlines
board-title = Deadlines
board-as-chart = Charts
board-as-table = Tables
board-shown-as = Shown as
board-empty-title = No orders yet
board-empty-text = Once orders are read, this page shows what is due soon, what is late and how much money is waiting.

board-hint-to-ship = Paid and waiting to be shipped
board-hint-due-soon = Paid more than 36 and less than 48 hours ago: ship them today
board-hint-over-36 = Paid more than 36 hours ago and not completely shipped, also those over 48 hours
board-hint-overdue = Paid more than 48 hours ago and not completely shipped. With many of these WeChat limits payment
board-hint-partly = Some parcels are not reported yet
board-hint-dispute = The buyer has opened a dispute: settle it before you ship
board-hint-waiting = WeChat does not show these orders yet; they are asked for again later
board-hint-person = You have to decide, or WeChat did not accept them
board-hint-unclear = Not known whether they arrived; they are looked up and never sent twice
board-hint-unsettled = { $count ->
    [one] Paid and not settled to the merchant yet: { $count } order
   *[other] Paid and not settled to the merchant yet: { $count } orders
}
board-hint-reminders = Shipped by courier and not confirmed by the buyer yet; each can be reminded once
board-hint-pre-sales = Reported as pre-sales and not shipped yet, the nearest date first
board-open-list = { $count ->
    [one] { $hint }. Click to see it
   *[other] { $hint }. Click to see these { $count }
}

board-urgent = Ship these first
board-urgent-none = No order waits to be shipped.
board-urgent-row = Order { $number }, { $goods }, { $left }
board-urgent-all = All that wait to be shipped

board-states = Orders by state
board-states-say = { $total ->
    [one] { $total } order, { $open } to be shipped.
   *[other] { $total } orders, { $open } of them to be shipped.
}
board-ages = Hours since payment of what is to be shipped
board-ages-say = { $total } to be shipped: { $fresh } within 36 hours, { $soon } at 36 to 48 hours, { $late } over 48 hours.
board-ages-none = No order waits to be shipped.
board-days = Shipped per day
board-days-say = { $total ->
    [one] { $total } order shipped in the last { $days } days, { $today } of them today.
   *[other] { $total } orders shipped in the last { $days } days, { $today } of them today.
}
board-line = 48 hours
board-hours = { $from }–{ $to } h
board-hours-on = { $from } h and more
board-column-state = State
board-column-age = Since payment
board-column-day = Day
board-column-orders = Orders
