# 订单列表。

orders-title = 订单
orders-refresh = 从微信刷新
orders-refresh-hint = 按当前条件从微信重新读取（R）
orders-find = 查单号
orders-find-hint = 用这个单号向微信查询这一笔订单
orders-search = 搜索单号、商品、快递单号
orders-payer = 付款人 OpenID
orders-payer-hint = 可只填一部分
orders-from = 付款日期从
orders-to = 付款日期到
orders-day-hint = 年-月-日
orders-day-pick = 选择日期：{ $field }
orders-month-before = 上个月
orders-month-after = 下个月
orders-month = { $year } 年 { $month } 月
orders-weekdays = 一 二 三 四 五 六 日
orders-filter-problem = { $field }：{ $title }
orders-show-all = 查看全部
orders-clear = 清除条件
orders-preset-today = 今天
orders-preset-week = 近 7 天
orders-preset-month = 本月
orders-preset-always = 全部

orders-view-all = 全部
orders-view-due-soon = 即将超时
orders-view-overdue = 已超时
orders-view-in-dispute = 纠纷中
orders-partly-shipped = 部分发货

orders-column-pay-time = 付款时间
orders-column-out-trade-no = 商户订单号
orders-column-number = 微信支付单号
orders-column-goods = 商品
orders-column-amount = 金额
orders-column-payer = 付款人
orders-column-state = 状态
orders-column-deadline = 48 小时时限
orders-column-corrections = 更正
orders-list = 订单列表
orders-row = 订单 { $number }，{ $goods }，{ $amount }，{ $state }

orders-overdue-by = 超时 { $span }
orders-due-in = 还剩 { $span }
orders-shipped-at = { $at } 上报
orders-corrections-none = 已用完
orders-corrections-left = 还可 { $count } 次
orders-in-complaint = 纠纷

orders-pager = 第 { $page } 页，共 { $pages } 页，{ $count } 笔
orders-page-first = 第一页
orders-page-before = 上一页
orders-page-after = 下一页
orders-page-last = 最后一页
orders-page-size = 每页 { $count } 笔
orders-page-size-name = 每页笔数

orders-fetching = 正在从微信读取：已取 { $pages } 页，{ $count } 笔…
orders-fetch-stop = 停止读取
orders-fetch-failed = 第 { $page } 页没取到：{ $why }。已取的 { $count } 笔都在
orders-fetch-go-on = 从这里继续
orders-fetch-go-on-advice = 已有的订单照常可用；接着取不会从头再来。
orders-fetch-complete = 已取全 { $count } 笔（{ $age }）
orders-read-at = 列表读取于 { $at }（{ $age }）
orders-never-read = 还没有从微信读取过

orders-empty-title = 还没有订单
orders-empty-text = 从微信读取订单后，会保存在这台电脑上，断网也能查看。
orders-empty-fetch = 从微信读取订单
orders-no-account-title = 先设置小程序账号
orders-no-account-text = 填写 AppID 和 AppSecret 之后，才能从微信读取订单。
orders-no-account-go = 去设置
orders-loading-title = 正在读取第一页…
orders-none-title = 没有符合条件的订单
orders-none-text = 换一个条件，或清除条件查看全部。
orders-none-find-text = 本机没有这个单号。可以直接向微信查询。
orders-back = 返回订单列表
orders-close-detail = 关闭订单
