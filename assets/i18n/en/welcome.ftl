# The first start: three steps to the Mini Program, or practice with made-up orders.

nav-welcome = Get started
welcome-title = Welcome to Fahuo
welcome-subtitle = Three steps to your Mini Program, or practise with made-up orders first.
welcome-close = Later
welcome-done = Done
welcome-account = Enter AppID and AppSecret
welcome-account-where = Sign in below as administrator, find the AppID under 开发与服务 → 开发管理 and make an AppSecret there. It is shown only once: copy it here at once.
welcome-address = Put this computer on the IP list
welcome-address-why = WeChat only accepts computers on the list. After a test this shows the address that WeChat sees.
welcome-address-yours = This computer as WeChat sees it:
welcome-address-where = Paste it under 开发与服务 → 开发管理 → IP 白名单, save there, and test again.
welcome-address-unknown = Not tested yet, or WeChat did not refuse this computer.
welcome-address-done = WeChat accepts this computer.
welcome-test = Test the account
welcome-ready = Everything works: you can begin.
welcome-begin = Read the orders and begin
welcome-practice = Practise first
welcome-practice-text = Practice mode is a made-up shop: import, check, ship and correct as you like. Nothing reaches WeChat, and all of it is gone afterwards.
welcome-practice-begin = Begin to practise

action-welcome = Get started: connect the Mini Program
action-practice = Begin or end practice mode
practice-leave = End practice
practice-changing = Changing over…
practice-begun = Practice mode: all orders here are made up, and nothing reaches WeChat.
practice-ended = Practice has ended; this is your shop again.
practice-busy = Parcels are still on their way out. Change over when they have ended
practice-failed = Could not change over: { $why }
practice-none = Could not change over, and nothing was sent. Close the window and open it again.
practice-not-here = This window was started as a sandbox. Close it and open it again to work with your shop.
