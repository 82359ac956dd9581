# 首次使用：三步连接小程序，或先用虚构订单练习。

nav-welcome = 开始使用
welcome-title = 欢迎使用发货台
welcome-subtitle = 三步连上您的小程序；也可以先用虚构的订单练习。
welcome-close = 以后再说
welcome-done = 完成
welcome-account = 填写 AppID 和 AppSecret
welcome-account-where = 用管理员微信登录下面的网址，在“开发与服务 → 开发管理”里找到 AppID，并生成 AppSecret。AppSecret 只显示一次，请当场复制过来。
welcome-address = 把本机地址加入 IP 白名单
welcome-address-why = 微信只接受白名单里的电脑。点“检查账号”后，这里会显示微信看到的本机地址。
welcome-address-yours = 微信看到的本机地址：
welcome-address-where = 请粘贴到“开发与服务 → 开发管理 → IP 白名单”，保存后再检查一次。
welcome-address-unknown = 还没有检查过，或微信没有拒绝本机。
welcome-address-done = 微信接受本机的请求。
welcome-test = 检查账号
welcome-ready = 全部通过，可以开始了。
welcome-begin = 读取订单，开始发货
welcome-practice = 先练习一下
welcome-practice-text = 练习模式里有一家虚构的店：导入、检查、发货、更正都可以放心试，任何内容都不会发到微信，退出后全部清除。
welcome-practice-begin = 进入练习模式

action-welcome = 开始使用：连接小程序
action-practice = 进入或退出练习模式
practice-leave = 退出练习模式
practice-changing = 正在切换，请稍候…
practice-begun = 已进入练习模式。这里的订单都是虚构的，任何内容都不会发到微信。
practice-ended = 已退出练习模式，回到您的店铺。
practice-busy = 还有包裹正在发出或等待发出。等它们结束后再切换
practice-failed = 无法切换：{ $why }
practice-none = 无法切换，也没有发送任何内容。请关闭窗口后重新打开。
practice-not-here = 这个窗口启动时就是练习模式。请关闭后重新打开，即可使用您的店铺。
