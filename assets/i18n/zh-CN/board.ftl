# 期限看板：计数、图表、最急的订单。

nav-board = 期限看板
board-title = 期限看板
board-as-chart = 图表
board-as-table = 表格
board-shown-as = 显示方式
board-empty-title = 还没有订单
board-empty-text = 读取订单后，这里会显示哪些快到期、哪些已超时、还有多少货款没有结算。

board-hint-to-ship = 已付款、等待发货的订单
board-hint-due-soon = 付款已超过 36 小时、未满 48 小时，请在今天发出
board-hint-over-36 = 付款已超过 36 小时仍未发完的订单，含已超过 48 小时的
board-hint-overdue = 付款已超过 48 小时仍未发完。这样的订单太多，微信会限制小程序收款
board-hint-partly = 还有包裹没有上报
board-hint-dispute = 买家已发起纠纷，请先处理纠纷再发货
board-hint-waiting = 微信还查不到这些订单，稍后会自动再查
board-hint-person = 需要您决定，或微信没有接受
board-hint-unclear = 不确定是否已送达微信，正在查询，不会重复发送
board-hint-unsettled = 已付款但还没有结算给商户的订单，共 { $count } 笔
board-hint-reminders = 快递已发货、买家还没确认收货；每单只能催一次
board-hint-pre-sales = 已报备预售、还没发货，日期近的在前
board-open-list = { $hint }。点击查看这 { $count } 笔

board-urgent = 最先要发的订单
board-urgent-none = 没有待发货的订单。
board-urgent-row = 订单 { $number }，{ $goods }，{ $left }
board-urgent-all = 查看全部待发货

board-states = 订单状态
board-states-say = 共 { $total } 笔，其中待发货 { $open } 笔。
board-ages = 付款后多久还没发货
board-ages-say = { $total } 笔待发货：36 小时内 { $fresh } 笔，36–48 小时 { $soon } 笔，超过 48 小时 { $late } 笔。
board-ages-none = 没有待发货的订单。
board-days = 每天发货
board-days-say = 最近 { $days } 天发货 { $total } 笔，今天 { $today } 笔。
board-line = 48 小时
board-hours = { $from }–{ $to } 小时
board-hours-on = { $from } 小时以上
board-column-state = 状态
board-column-age = 付款后
board-column-day = 日期
board-column-orders = 订单数
