# 发件箱：正在处理的，以及只有人能决定的。

outbox-title = 发件箱
outbox-subtitle = 每单发送前都会先查询；结果不明的不会再次发送。
outbox-pace = 正在发送，每秒 { $pace } 次调用
outbox-empty = 发件箱是空的
outbox-empty-text = 待发送的会在这里排队；结果不明和需要您决定的也会留在这里。
outbox-empty-import = 导入文件
outbox-cancel-all = 撤回全部 { $count } 单
outbox-cancel-title = 撤回 { $count } 单？
outbox-cancel-one-title = 撤回这一单？
outbox-cancel-body = 尚未发送。订单在微信里保持原样，以后仍可发货。
outbox-cancel-tried = 之前发送过，但两次查询都没有在微信里找到。不会再次发送。
outbox-cancel-no = 保留
outbox-cancel = 撤回
outbox-continue = 继续
outbox-try-again = 重试
outbox-open-settings = 检查账号

outbox-count-all = 全部
outbox-count-needs-person = 需人工处理
outbox-count-unclear = 待确认
outbox-count-sending = 发送中
outbox-count-queued = 排队中
outbox-count-waiting = 等待订单出现
outbox-count-shipped = 已发货

outbox-rows = 发货列表
outbox-row-name = 订单 { $order }：{ $state }
outbox-col-state = 状态
outbox-col-order = 订单
outbox-col-parcels = 包裹
outbox-col-since = 持续
outbox-col-next = 接下来


outbox-queued = 正在排队
outbox-queued-detail = 尚未发送任何内容。
outbox-waiting = 微信还查不到这个订单
outbox-waiting-detail = 没有发送任何内容，会自动再次查询。
outbox-checklist = 其间可以核对以下各点：
outbox-sending = 正在发送
outbox-sending-detail = 已经发出。无论结果如何，再次发送之前都会先查询。
outbox-shipped = 已发货
outbox-shipped-detail = 微信已接受。
outbox-found-detail = 查询确认：微信里的内容与这里填写的一致，或已由人接受。
outbox-cancelled = 已撤回
outbox-cancelled-detail = 没有发送，订单可以重新发货。

outbox-detail-close = 关闭详情
outbox-detail-order = 微信支付单号
outbox-ours = 这里填写的
outbox-theirs = 微信里的
outbox-read-now = 立即读取
outbox-theirs-unknown = 尚未读取，请先读取再决定。
outbox-theirs-read = 读取于 { $time }
outbox-theirs-none = 微信里没有包裹。
outbox-same = 相同
outbox-different = 不同
outbox-open-order = 打开订单

outbox-decide = 请您决定
outbox-decide-no = 暂不处理
outbox-accept = 接受微信里的现状
outbox-accept-means = 不发送任何内容，这一单视为完成。
outbox-again = 再试一次
outbox-again-means = 先查询订单；确认没有他人填写的内容才会发送。
outbox-drop = 放弃这一单
outbox-drop-means = 不发送任何内容。以后可从列表或文件重新发货。
outbox-take-over = 接手
outbox-take-over-means = 同事的电脑不再发送它。两分钟后，确定那边没有在途的请求，先查询，再从这里发送。

outbox-gate-paused = 已暂停
    .detail = { $left } 单等待中。查询照常进行，但不发送。
outbox-gate-interrupted = 程序在发送途中退出
    .detail = 还有 { $left } 单未完成，其中 { $unclear } 单结果不明，正在自动查询。按“继续”之前不会再发送。
outbox-gate-holding = { $secs } 秒后开始发送
    .detail = 尚未发送任何内容，{ $left } 单仍可全部撤回。
outbox-gate-quarantine = 新的数据文件夹：{ $time } 之前只查询
    .detail = 发货记录是新建或恢复的。一分钟内只查询订单，以免重复发送。
outbox-gate-account-detail = 修复之前不会发送；{ $left } 单等待中，不会丢失。
outbox-gate-quota = 微信当日调用额度已用完
    .detail = 不会丢失，{ $time } 自动恢复发送。
outbox-gate-recovering = 微信或网络没有应答
    .detail = 不会丢失，{ $time } 自动重试。
outbox-gate-store = 发货记录无法写入
    .detail = 已停止发送。请清理磁盘空间或检查数据文件夹能否写入，然后重新启动程序。
outbox-gate-claims-detail = 没有它，同事的电脑可能也发同一个订单，因此不会发送；{ $left } 单等待中。{ $time } 会自动再试。
outbox-open-team = 打开设置
outbox-without-claims = 不认领，直接发送
outbox-without-title = 不查共享文件夹，直接发送？
outbox-without-body = 在程序退出之前，无法防止同事的电脑发送相同的订单。请先确认现在没有别人在发货。
outbox-without-no = 等共享文件夹恢复
outbox-without-on = 正在不认领发送，直到程序退出
    .detail = 无法防止同事的电脑发送相同的订单。要恢复认领，请重新启动程序。

outbox-save-template = 写成微信模板…
outbox-save-template-hint = 把微信未接受的订单写成微信后台的发货单模板，在微信公众平台上传；上传后不要再从这里发送
outbox-save-template-title = 保存微信发货单模板
outbox-template-name = 发货单模板.xlsx

outbox-search = 订单号、物流单号、快递公司、商品、错误码…
outbox-search-clear = 清除搜索
outbox-save = 导出…
outbox-save-title = 导出发件箱
outbox-save-name = 发件箱.csv
outbox-nothing = 没有符合的发货
outbox-nothing-text = 换一个词，或查看全部。
outbox-show-all = 查看全部
