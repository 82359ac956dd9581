# The frame of the window: navigation, status bar, notices, shortcuts.

app-title = Fahuo
copy = Copy

nav-orders = Orders
nav-ship = Ship order
nav-import = Import
nav-scan = Scan
nav-outbox = Outbox
nav-pay = Payments
nav-events = Events
nav-settings = Settings
nav-no-account = No account yet
nav-practice-shop = Practice shop
nav-switch-language = 切换到中文
nav-switch-light = Switch to the light theme
nav-switch-dark = Switch to the dark theme
nav-keys = Show the keys

top-sandbox = Sandbox: everything here is made up, and nothing reaches WeChat.
top-other-server = Calls go to { $server } instead of WeChat.

bar-orders-read = Orders read { $time }
bar-orders-never = Orders not read yet
bar-fetching = Reading orders: { $orders } so far
bar-reading-file = Reading the file
bar-comparing = Comparing rows: { $done } of { $total }
bar-looking-up = Looking up orders: { $done } of { $total }
bar-open = Not finished: { $left }
bar-sending = Sending: { $left } to go
bar-sending-time = Sending: { $left } to go, about { $time } left
bar-holding = Sending starts in { $secs } s
bar-paused = Paused: { $left } wait
bar-interrupted = Interrupted: { $left } wait for you
bar-gate = Not sending: { $left } wait
bar-gate-until = Not sending until { $at }: { $left } wait
bar-unclear-next = { $count } unclear, next look { $at }
bar-unclear-now = { $count } unclear, being looked at
bar-unclear-stopped = { $count } unclear, not looked at now
bar-waiting-next = { $count ->
    [one] { $count } waits until WeChat shows the order, asked for again { $at }
   *[other] { $count } wait until WeChat shows the order, asked for again { $at }
}
bar-pause = Pause
bar-resume = Go on
bar-stop = Stop
bar-cancel-all = Cancel all
bar-why = Why?
bar-keys = F1 keys

drop-here = Drop the file: it is checked, nothing is sent

action-open-file = Choose a file to check
action-import = Go to import
action-refresh = Fetch orders
action-focus-filter = Search in the orders
action-ship = Ship the open order
action-pause = Pause or go on
action-show-keys = Show the keys
action-palette = All actions
palette-search = Search actions, pages or an order number
palette-nothing = No action by this name can be done now.
keys-title = Keys of this page
keys-rows = Row up or down
keys-far = First, last, a page up or down
keys-open = Open the row
keys-close = Close the dialog: No
keys-done = Close

picker-title = Choose a file to check
picker-kind = Tables
picker-kind-page = Pages to print

toast-close = Close
notice-shipped = Order { $order } is shipped.
notice-queued = Order { $order } waits in the outbox.
notice-not-queued = Order { $order } was not put into the outbox. Nothing was sent.
notice-needs-person = Order { $order } needs your decision. Open the outbox.
notice-unclear = Not sure whether order { $order } arrived. It is looked at before anything is sent again.
notice-batch-done = { $shipped ->
    [one] The file is done: { $shipped } row shipped.
   *[other] The file is done: { $shipped } rows shipped.
}
notice-batch-left = { $shipped ->
    [one] The file is done: { $shipped } row shipped, { $left } need a look.
   *[other] The file is done: { $shipped } rows shipped, { $left } need a look.
}
notice-cancelled = { $count ->
    [one] { $count } shipment was taken back. It was not sent.
   *[other] { $count } shipments were taken back. They were not sent.
}
notice-batch-changed = { $count ->
    [one] { $count } order has changed since the check, so nothing of the file was sent. Look at the new result, then send again.
   *[other] { $count } orders have changed since the check, so nothing of the file was sent. Look at the new result, then send again.
}
notice-batch-not-kept = The file could not be written down, so nothing of it was sent. Open the file again and retry.
notice-not-cancelled = { $count ->
    [one] { $count } shipment could not be taken back: it is being sent, or was sent before. It is looked at before anything is sent again.
   *[other] { $count } shipments could not be taken back: they are being sent, or were sent before. Each is looked at before anything is sent again.
}
notice-too-late = This shipment has moved on meanwhile. Nothing was changed.
notice-order-not-found = No order { $order } was found.
notice-reread = { $orders ->
    [one] { $orders } order read from WeChat again.
   *[other] { $orders } orders read from WeChat again.
}
notice-reread-part = { $read } of { $orders } orders were read again; the others are shown as they were. Try again later.
notice-fetch-failed = Orders could not be read. What is known stays.
notice-saved = Saved.
notice-not-saved = Not saved. The fields say why.
notice-secret-not-kept = This computer cannot keep the secret. It is forgotten when the program ends.
notice-team-first = Claims are on. The folder was empty: this computer is the first of the team.
notice-team-joined = Claims are on. This computer has joined the team of the folder.
notice-team-not-saved = Not saved: { $why }.
notice-team-key-not-kept = Claims are on, but this computer cannot keep the team key. It is forgotten when the program ends.
notice-store-failed = The journal cannot be written. Nothing more is sent.
notice-dropped = { $count ->
    [one] { $count } more message was left out.
   *[other] { $count } more messages were left out.
}

open-no-display = There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. No window was opened, nothing was sent.
open-no-window = No window could be opened: the system lacks OpenGL and Vulkan, or a library of the display (Debian: libgl1 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0). Nothing was sent.
open-terminal = The same work can be done in a terminal: fahuoctl --sandbox ship --yes FILE, fahuoctl check FILE

# The journal was damaged, lacked entries, or was copied: shown until a person has read it.
recovered-title = { $damage ->
    [unreadable] The journal was damaged and has been recovered
    [missing] The journal was missing and has been recovered
    [behind] The newest entries of the journal were missing and have been brought back
    [copied] This data folder was copied or put back
   *[unproven] The newest entries of the journal may be missing
}
recovered-detail = { $lost ->
    [0] It holds { $shipments } shipments, { $open } of them still under way. Each of these is looked up at WeChat before anything is sent.
   *[other] It holds { $shipments } shipments, { $open } of them still under way, and { $lost } changes could not be brought back. Each shipment under way is looked up at WeChat before anything is sent.
}
recovered-advice = Compare the outbox with your list, then choose Go on there.
recovered-kept = What was found is kept in the folder { $folder }.
recovered-close = I have read this
synced-title = The data folder is in a folder of { $program }, which may damage the journal. Move it to a folder that is not synchronised.

picker-missing = No file dialog can be opened on this computer. Drag the file into the window, or type its path where there is a field for it. On Linux the package xdg-desktop-portal brings the dialog.
picker-folder = Choose the folder in which files arrive
notice-file-arrived = { $file } has arrived. Nothing of it was sent; check it on the import page.
notice-file-held = { $file } in the watched folder cannot be read. Close it in other programs; it is tried again.
notice-file-gone = { $file } is no longer in the watched folder. Nothing of it was sent.

alert-soon = { $count ->
    [one] { $count } order has passed 36 hours
   *[other] { $count } orders have passed 36 hours
}
alert-soon-then = They are not completely shipped. Ship them before 48 hours are over.
alert-late = { $count ->
    [one] { $count } order has passed 48 hours
   *[other] { $count } orders have passed 48 hours
}
alert-late-then = They are not completely shipped. With many of these WeChat limits payment: ship them soon.
alert-person = { $count ->
    [one] { $count } shipment needs you
   *[other] { $count } shipments need you
}
alert-person-then = Open the outbox. Nothing more of them is sent until you decide.
alert-batch = A file is done
alert-batch-then = { $shipped ->
    [one] { $shipped } row shipped, { $left } to look at.
   *[other] { $shipped } rows shipped, { $left } to look at.
}
alert-account = The account has stopped: { $why }
alert-account-then = Nothing more was sent. Open the settings, repair it and go on.

action-columns = Choose the columns of the order list
action-views = Open or save a view
action-saved-view = View: { $name }
action-mark-all = Select all orders
action-copy = Copy the selected orders or the cell

undo = Undo
undo-cell = A cell was changed; nothing was sent.
undo-courier = A courier was chosen; nothing was sent.
undo-preset = The defaults were changed; nothing was sent.
undo-columns = The columns were changed; nothing was sent.
undo-taught = The spellings of couriers were changed; nothing was sent.
undo-nothing = There is no change to take back. What was sent cannot be taken back.
action-undo = Undo the last change
bar-of-the-file = { $done } of { $total } rows of the file are done
palette-order = Order { $number }, { $goods }
palette-find = Ask WeChat for order { $number }
keys-in-tables = In tables
keys-everywhere = On every page
keys-next = Next control
keys-larger = Larger
keys-smaller = Smaller
keys-groups = All orders, each state
keys-copy = Copy what is chosen
keys-send = Send
keys-back = Back

nav-help = Manual
help-title = Manual
help-subtitle = From the first start to the single correction; works without a network.
