# 到处都用的词：状态、字段、时间。

order-state-to-ship = 待发货
order-state-shipped = 已发货
order-state-received = 确认收货
order-state-complete = 交易完成
order-state-refunded = 已退款
order-state-awaiting-settlement = 资金待结算
order-state-unknown = 未知状态（{ $code }）

row-status-ready = 可发送
row-status-blocked = 需修改
row-status-ignored = 已忽略
row-status-already-done = 此前已完成
row-status-queued = 排队中
row-status-waiting = 等待订单出现
row-status-sending = 发送中
row-status-unclear = 待确认
row-status-shipped = 已发货
row-status-refused = 微信未接受
row-status-needs-person = 需人工处理
row-status-cancelled = 已撤回

result-row = 发货台行号
result-status = 发货台结果
result-code = 发货台代码
result-reason = 发货台原因
result-action = 发货台处理办法
result-rid = 发货台请求编号rid
result-conflict-action = 请只保留正确的一行；如果确实分多个包裹，请清空这几行的“发货台行号”，并让它们相邻。
result-told = { $title }：{ $detail }
result-join = ；

notice-purged = 已删除 { $orders } 个旧订单的记录和 { $others } 条其他内容。微信上的内容不变。
file-saved = 已写入 { $name }，共 { $count } 行。
file-saved-encoding = 已写入 { $name }，共 { $count } 行。有的字在原编码里没有，所以改用 { $encoding } 编码。
file-saved-masked = 已写入 { $name }，共 { $count } 行。导入的文件已移动或改动，号码取自本机记录，中间几位已隐藏。
file-not-saved-exists = 没有写入 { $name }：已有同名文件，没有改动它。请换一个名称。
file-not-saved-source = 没有写入 { $name }：这是导入的文件本身，不会改动它。请换一个名称。
file-not-saved-no-rows = 没有写入 { $name }：没有这样的行。
file-not-saved-too-much = 没有写入 { $name }：内容超过 Excel 文件的上限。请改存为 .csv。
file-not-saved-closed = 没有写入 { $name }：这个文件已不再打开。请重新导入后再试。
file-not-saved-secret = 没有写入 { $name }：里面有像密钥或手机号的内容。没有任何内容离开这台电脑，请告诉技术人员。
file-not-saved = 没有写入 { $name }：{ $why }。请检查文件夹的权限和空间，或换一个位置。

shipment-state-queued = 排队中
shipment-state-waiting = 等待订单出现
shipment-state-sending = 发送中
shipment-state-unclear = 待确认
shipment-state-shipped = 已发货
shipment-state-found = 已发货（查询确认）
shipment-state-rejected = 微信未接受
shipment-state-needs-person = 需人工处理
shipment-state-cancelled = 已撤回

field-transaction-id = 微信支付单号
field-out-trade-no = 商户订单号
field-mchid = 商户号
field-tracking-no = 快递单号
field-courier = 快递公司
field-item-desc = 商品信息
field-quantity = 数量
field-receiver-contact = 收件人电话
field-consignor-contact = 寄件人电话
field-receiver-name = 收件人姓名
field-receiver-address = 收件人地址
field-ship-time = 发货时间
field-logistics-type = 发货方式
field-delivery-mode = 发货模式
field-all-delivered = 是否全部发完
field-reship = 重新发货
field-parcels = 包裹
field-appid = AppID
field-pay-time = 付款时间

logistics-type-express = 快递
logistics-type-same-city = 同城配送
logistics-type-virtual = 虚拟商品
logistics-type-pick-up = 用户自提

delivery-mode-unified = 统一发货
delivery-mode-split = 分拆发货

ignored-blank = 空行
ignored-title = 标题行
ignored-repeated-header = 重复的表头
ignored-totals = 合计行
ignored-sample = 模板示例
ignored-not-shipped-yet = 尚未发货

age-just-now = 刚刚
age-minutes = { $count } 分钟前
age-hours = { $count } 小时前
age-days = { $count } 天前

span-seconds = { $large } 秒
span-minutes = { $large } 分钟
span-minutes-and = { $large } 分 { $small } 秒
span-hours = { $large } 小时
span-hours-and = { $large } 小时 { $small } 分
span-days = { $large } 天
span-days-and = { $large } 天 { $small } 小时

list-separator = 、
