# 窗口框架：导航、状态栏、通知、快捷键。

app-title = 发货台
copy = 复制

nav-orders = 订单
nav-ship = 发货
nav-import = 导入发货
nav-scan = 扫码发货
nav-outbox = 发件箱
nav-pay = 支付查询
nav-events = 事件
nav-settings = 设置
nav-no-account = 尚未添加账号
nav-practice-shop = 练习店铺
nav-switch-language = Switch to English
nav-switch-light = 切换到浅色
nav-switch-dark = 切换到深色
nav-keys = 查看快捷键

top-sandbox = 练习模式：这里的数据都是虚构的，任何内容都不会发到微信。
top-other-server = 请求发往 { $server }，而不是微信。

bar-orders-read = 订单更新于 { $time }
bar-orders-never = 尚未读取订单
bar-fetching = 正在读取订单：已读 { $orders } 条
bar-reading-file = 正在读取文件
bar-comparing = 正在核对各行：{ $done } / { $total }
bar-looking-up = 正在查询订单：{ $done } / { $total }
bar-open = 未完成：{ $left } 单
bar-sending = 正在发送：还剩 { $left } 单
bar-sending-time = 正在发送：还剩 { $left } 单，约需 { $time }
bar-holding = { $secs } 秒后开始发送
bar-paused = 已暂停：{ $left } 单等待中
bar-interrupted = 上次中断：{ $left } 单等您确认
bar-gate = 未在发送：{ $left } 单等待中
bar-gate-until = { $at } 之前不发送：{ $left } 单等待
bar-unclear-next = { $count } 单待确认，下次查询 { $at }
bar-unclear-now = { $count } 单待确认，正在查询
bar-unclear-stopped = { $count } 单待确认，暂不查询
bar-waiting-next = { $count } 单等待微信显示订单，{ $at } 再次查询
bar-pause = 暂停
bar-resume = 继续
bar-stop = 停止
bar-cancel-all = 全部撤回
bar-why = 查看原因
bar-keys = F1 快捷键

drop-here = 松开即可检查文件，不会发送任何内容

action-open-file = 选择要检查的文件
action-import = 前往导入
action-refresh = 读取订单
action-focus-filter = 在订单中搜索
action-ship = 为打开的订单发货
action-pause = 暂停或继续
action-show-keys = 查看快捷键
action-palette = 所有操作
palette-search = 搜索操作、页面或单号
palette-nothing = 现在没有这个名称的操作。
keys-title = 本页快捷键
keys-rows = 上一行、下一行
keys-far = 首行、末行、翻页
keys-open = 打开该行
keys-close = 关闭对话框（等于“否”）
keys-done = 关闭

picker-title = 选择要检查的文件
picker-kind = 表格文件
picker-kind-page = 可打印的网页

toast-close = 关闭
notice-shipped = 订单 { $order } 已发货。
notice-queued = 订单 { $order } 已放入发件箱。
notice-not-queued = 订单 { $order } 未能放入发件箱，没有发送任何内容。
notice-needs-person = 订单 { $order } 需要您决定，请打开发件箱。
notice-unclear = 尚不确定订单 { $order } 是否已送达微信。再次发送之前会先查询。
notice-batch-done = 文件处理完毕：{ $shipped } 行已发货。
notice-batch-left = 文件处理完毕：{ $shipped } 行已发货，{ $left } 行需要查看。
notice-cancelled = 已撤回 { $count } 单，均未发送。
notice-batch-changed = 检查之后有 { $count } 单的情况变了，文件里的订单都没有发送。请看新的检查结果，再点发送。
notice-batch-not-kept = 文件没能记下来，里面的订单都没有发送。请重新打开文件再试。
notice-not-cancelled = { $count } 单不能撤回：正在发送，或之前已发送过。再次发送之前都会先查询。
notice-too-late = 这单的状态已经变化，未作任何改动。
notice-order-not-found = 没有找到订单 { $order }。
notice-reread = 已从微信重新读取 { $orders } 笔订单。
notice-reread-part = { $orders } 笔中重新读取了 { $read } 笔，其余仍是原来的内容。请稍后再试。
notice-fetch-failed = 未能读取订单，已有的内容保留。
notice-saved = 已保存。
notice-not-saved = 未保存，原因见各输入框。
notice-secret-not-kept = 本机无法保存密钥，程序退出后需重新填写。
notice-team-first = 认领已开启。文件夹是空的：这是团队的第一台电脑。
notice-team-joined = 认领已开启，本机已加入这个文件夹的团队。
notice-team-not-saved = 未保存：{ $why }。
notice-team-key-not-kept = 认领已开启，但本机无法保存团队密钥，程序退出后需重新填写。
notice-store-failed = 发货记录无法写入，已停止发送。
notice-dropped = 另有 { $count } 条消息未显示。

open-no-display = 没有可用的显示：DISPLAY 和 WAYLAND_DISPLAY 均未设置。窗口未打开，没有发送任何内容。
open-no-window = 无法打开窗口：系统缺少 OpenGL 和 Vulkan，或缺少显示所需的库（Debian：libgl1 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0）。没有发送任何内容。
open-terminal = 可以在终端完成同样的工作：fahuoctl --sandbox ship --yes 文件，fahuoctl check 文件

# 发货记录损坏、缺少内容或被复制过：一直显示，直到有人看过。
recovered-title = { $damage ->
    [unreadable] 发货记录损坏过，已经恢复
    [missing] 发货记录不见了，已经恢复
    [behind] 发货记录缺少最新的内容，已经补回
    [copied] 这个数据文件夹被复制或还原过
   *[unproven] 发货记录可能缺少最新的内容
}
recovered-detail = { $lost ->
    [0] 现有 { $shipments } 单，其中 { $open } 单还没有结束。发送之前会先到微信逐单核对。
   *[other] 现有 { $shipments } 单，其中 { $open } 单还没有结束，另有 { $lost } 处改动没能恢复。发送之前会先到微信逐单核对。
}
recovered-advice = 请把发件箱和您的清单核对一遍，再在发件箱里点“继续”。
recovered-kept = 原来的文件保存在文件夹 { $folder } 里。
recovered-close = 我知道了
synced-title = 数据文件夹在 { $program } 的同步目录里，发货记录可能因此损坏。请把它移到不同步的文件夹。

picker-missing = 这台电脑打不开文件选择窗口。请把文件拖进窗口，有路径输入框的地方也可以直接输入路径。Linux 上安装 xdg-desktop-portal 后即可使用。
picker-folder = 选择接收文件的文件夹
notice-file-arrived = 收到 { $file }，没有发送任何内容。请在“导入发货”页检查。
notice-file-held = 监视文件夹里的 { $file } 无法读取。请在其他程序里关闭它，稍后会自动重试。
notice-file-gone = { $file } 已不在监视文件夹里，没有发送其中任何内容。

alert-soon = { $count } 笔订单已超过 36 小时
alert-soon-then = 还没有发完。请在 48 小时之前发出。
alert-late = { $count } 笔订单已超过 48 小时
alert-late-then = 还没有发完。这样的订单太多，微信会限制收款，请尽快发出。
alert-person = { $count } 单需要您处理
alert-person-then = 请打开发件箱查看。在您决定之前不会再发送。
alert-batch = 文件处理完毕
alert-batch-then = { $shipped } 行已发货，{ $left } 行需要查看。
alert-account = 账号已停用：{ $why }
alert-account-then = 没有再发送任何内容。请打开“设置”修复后继续。

action-columns = 选择订单列表的列
action-views = 打开或保存视图
action-saved-view = 视图：{ $name }
action-mark-all = 勾选全部订单
action-copy = 复制所选订单或单元格

undo = 撤销
undo-cell = 已修改单元格，没有发送。
undo-courier = 已选定快递公司，没有发送。
undo-preset = 已修改默认内容，没有发送。
undo-columns = 已修改列的用途，没有发送。
undo-taught = 已修改快递名称对照，没有发送。
undo-nothing = 没有可以撤销的修改。已发送的内容不能撤销。
action-undo = 撤销上一次修改
bar-of-the-file = 文件已处理 { $done } / { $total } 行
palette-order = 订单 { $number }，{ $goods }
palette-find = 向微信查询订单 { $number }
keys-in-tables = 表格里
keys-everywhere = 任何页面
keys-next = 下一个控件
keys-larger = 放大
keys-smaller = 缩小
keys-groups = 全部订单、各个状态
keys-copy = 复制选中的内容
keys-send = 提交
keys-back = 返回

nav-help = 使用手册
help-title = 使用手册
help-subtitle = 从第一次使用到唯一一次更正；离线也能看。
