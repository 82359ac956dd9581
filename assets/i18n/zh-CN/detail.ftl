# 一笔订单。

detail-nothing-title = 选择一笔订单
detail-nothing-text = 点一行，或用方向键选中后按 Enter。
detail-loading = 正在读取订单 { $number }…
detail-failed-retry = 再试一次
detail-refresh = 重新读取这笔订单
detail-copy = 复制{ $name }
detail-no-goods = （微信没有给出商品信息）
detail-transaction-id = 微信支付单号
detail-out-trade-no = 商户订单号
detail-paid-at = 付款时间
detail-payer = 付款人
detail-mchid = 商户号
detail-sub-mchid = 子商户号
detail-deadline = 48 小时时限
detail-shipped = 发货
detail-corrections = 更正机会
detail-read-at = 读取于 { $at }（{ $age }）
detail-fetching = 正在重新读取…

detail-in-complaint = 这笔订单有纠纷，发货前请先看买家的诉求。
detail-partly-shipped = 已上报 { $count } 个包裹，还没有全部发货。

detail-parcels = 微信上的包裹
detail-no-parcels = 还没有上报发货
detail-reported-at = { $at } 上报
detail-undecided = 进行中和需要处理的发货
detail-timeline = 时间线
detail-timeline-all = 显示全部 { $count } 条
detail-not-at-wechat = 已发送但微信上没有：{ $courier } { $number }
detail-parcels-all = { $count } 个包裹，全部发货
detail-parcels-some = { $count } 个包裹，其余稍后
detail-correction-of = 更正：{ $what }
detail-title-and-rest = { $title }。{ $rest }

detail-journal-found = 核对时发现微信已有这次发货，没有重复发送。
detail-journal-cancelled = 发送之前已撤回，微信没有收到。
detail-cancel = 撤回
detail-decide-accept = 以微信为准
detail-decide-again = 再试一次
detail-decide-drop = 放弃
detail-decide-take-over = 接手

detail-ship = 发货…
detail-ship-more = 继续发货…
detail-correct = 使用唯一一次更正…
detail-cannot-refunded = 已退款，不能发货。
detail-cannot-closed = 买家已确认收货或交易已完成，发货信息不能再改。
detail-cannot-no-correction = 已发货，唯一一次更正也已用掉。
detail-cannot-on-its-way = 这笔订单有一次发货正在进行，等它有结果后再操作。
detail-cannot-undecided = 上一次发货需要人工处理，请先在下面的记录里决定。
detail-cannot-state-unknown = 微信返回了未知的状态（{ $code }），为安全起见不能发货。
