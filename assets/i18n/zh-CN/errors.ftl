# 出了什么事、发送了什么或没有发送、现在该做什么。原始错误码放在最后。

code-line = 错误码 { $code }
field-of-row = 此行
ip-not-readable = （微信未给出）

## 一行或一个表单里的问题

problem-mangled-id = { $field }被表格软件损坏
    .detail = “{ $value }”已不是原来的号码，后面的数字无法还原。此行不会发送。
    .action = 请从原系统重新导出，并把这一列设为文本格式。
problem-order-missing = 缺少订单号
    .detail = 不知道这一行属于哪个订单，不会发送。
    .action = 请填写微信支付单号或商户订单号。
problem-order-not-found = 微信里查不到这个订单
    .detail = “{ $value }”不在当前账号的订单里，不会发送。
    .action = 请核对号码和账号；如果刚付款，请几分钟后重新检查。
problem-order-ambiguous = 有 { $count } 个订单使用这个商户订单号
    .detail = 无法确定是哪一个，不会发送。
    .action = 请改用微信支付单号，或填写商户号。
problem-order-unchecked = 暂时无法查询这个订单
    .detail = { $cause }。未查询到之前不会发送。
    .action = 请稍后重新检查。
problem-order-not-asked = 这个订单还没有查询
    .detail = 文件里查不到的订单太多，一次查不完，此行不会发送。
    .action = 请再次检查，会接着查剩下的订单；也可以拆分文件。
problem-already-shipped = 这个订单已发货，包裹与此处不同
    .detail = 批量发货从不覆盖已有的发货信息，此行不会发送。
    .action = { $left ->
        [0] 更正机会已用完，请到微信商家后台核对。
       *[other] 请核对包裹。确需更改时，会用掉唯一一次更正机会。
    }
problem-partly-shipped = 订单已在别处发出部分包裹
    .detail = 微信里的包裹不在这个文件中，直接发送会让它们丢失。此行不会发送。
    .action = 请把已发出的包裹一并列出，再重新检查。
problem-refunded = 订单已退款
    .detail = 不会发送。
    .action = 请不要寄出；已寄出的请联系买家。
problem-order-closed = 订单已确认收货或已完成
    .detail = 发货信息不能再修改，此行不会发送。
    .action = 无需处理；如包裹有误，请联系买家。
problem-state-unknown = 订单状态（{ $code }）尚不认识
    .detail = 为避免误发，此行不会发送。
    .action = 请到微信商家后台查看，并更新本程序。
problem-in-dispute = 订单正在纠纷中
    .detail = 仍可发送。
    .action = 寄出前请先看看买家的投诉。
problem-shipment-open = 这个订单还有一次发货没有结果
    .detail = 在它有结果之前不会再次发送。
    .action = 请到发件箱查看，处理后重新检查。
problem-duplicate-conflict = 与第 { $rows } 行是同一订单，包裹却不同
    .detail = 无法判断哪个正确，这些行都不会发送。
    .action = 请只保留正确的一行；如果确实分多个包裹，请让它们相邻。
problem-sibling-blocked = 等待同一订单的第 { $row } 行
    .detail = 一个订单要么全部发送，要么都不发送。
    .action = 请先修改第 { $row } 行。
problem-duplicate-row = 与第 { $row } 行相同
    .detail = 只计一次，不会重复发送。
problem-unknown-courier = 微信里没有“{ $value }”这家快递公司
    .detail = 此行不会发送，也不会换成别的发货方式。
    .action = { $found ->
        [0] 请改成微信快递公司列表里的名称或编码。
       *[other] 是否为：{ $nearest }？请改成其中之一。
    }
problem-missing-courier = 没有填写快递公司
    .detail = 此行不会发送。
    .action = 请填写快递公司，或在账号设置里选一个默认值。
problem-courier-translated = “{ $value }”识别为 { $courier }
    .detail = 发送时使用微信的编码。
problem-courier-taught = “{ $value }”按同事的设定算作 { $courier }
    .detail = 教过的写法都列在设置里。
problem-courier-filled = 此行没有快递公司，已填入 { $courier }
    .detail = 取自为此文件或账号设定的快递公司。
problem-tracking-shape = 这个单号看起来属于 { $courier }
    .detail = 仍可发送，快递公司不会自动更改。
    .action = 请核对快递公司与单号。
problem-missing-tracking = 没有填写快递单号
    .detail = 此行不会发送。
    .action = 请填写快递单号；不用快递的订单请改发货方式。
problem-tracking-too-long = 快递单号太长（{ $bytes } 字节）
    .detail = 微信最多接受 128 字节，此行不会发送。
    .action = 请检查单元格里是否填了多个单号。
problem-tracking-characters = 快递单号里有不该出现的字符
    .detail = “{ $value }”，此行不会发送。
    .action = 请只保留字母、数字和连字符。
problem-tracking-is-order-number = 快递单号填成了订单号
    .detail = “{ $value }”是一个订单号，此行不会发送。
    .action = 请填写快递面单上的单号。
problem-tracking-shared = 第 { $row } 行的另一订单也用了这个单号
    .detail = 合并寄出时允许，仍可发送。
problem-tracking-two-couriers = 同一单号在第 { $row } 行是另一家快递公司
    .detail = 仍可发送。
    .action = 请核对哪一行的快递公司正确。
problem-parcel-twice = 与包裹 { $earlier } 的快递公司和单号相同
    .detail = 同一个包裹只填一次。没有发送任何内容。
    .action = 填入这个包裹自己的单号，或删除这个包裹。
problem-too-many-parcels = 包裹太多：{ $count } 个
    .detail = 每个订单最多 { $max } 个，不会发送。
    .action = 请减少包裹数；微信允许更多时，可在账号设置里提高上限。
problem-no-parcel = 没有包裹
    .detail = 不会发送。
    .action = 请至少填写一个包裹。
problem-item-desc-missing = 没有商品信息
    .detail = 微信要求写明商品，此行不会发送。
    .action = 请填写商品信息，或在账号设置里填一个默认文字。
problem-item-desc-too-long = 商品信息太长（{ $chars } 字）
    .detail = 微信最多接受 120 字，不会发送。
    .action = 请缩短，例如“茶叶*2，茶杯*1”。
problem-item-desc-near-limit = 商品信息接近上限（{ $chars } 字）
    .detail = 微信最多接受 120 字，仍可发送。
    .action = 如被拒绝，请缩短。
problem-item-desc-filled = 商品信息取自订单
    .detail = 将发送“{ $value }”。
problem-item-desc-shortened = 商品信息已缩短到 120 字
    .detail = 将发送“{ $value }”。
problem-sf-contact-missing = 顺丰需要联系电话
    .detail = 寄件人或收件人电话至少要有一个，此行不会发送。
    .action = 请填写收件人电话，或在账号设置里填写寄件人电话。号码中间几位会先被隐藏。
problem-contact-unusable = { $field }不是可用的电话
    .detail = 后四位必须是数字，此行不会发送。
    .action = 请填写完整号码或带星号的号码，例如 138****1234。
problem-cleaned = { $field }已整理
    .detail = “{ $value }”按“{ $now }”处理，原文件不变。
problem-unreadable = { $field }里有乱码
    .detail = 无法读出原来的文字，此行不会发送。
    .action = 请用原软件另存为 UTF-8 或 xlsx，再打开。
problem-formula-cell = { $field }是公式，不是数值
    .detail = “{ $value }”，此行不会发送。
    .action = 请在表格软件里把这一列粘贴为数值后保存。
problem-cell-count = 这一行有 { $found } 格，表头有 { $expected } 格
    .detail = 内容可能错位，仍按列读取。
    .action = 请核对这一行。
problem-split-needs-express = 只有快递能分拆发货
    .detail = 不会发送。
    .action = 请改为统一发货，或改用快递。
problem-logistics-type-unknown = 不认识这种发货方式：“{ $value }”
    .detail = 此行不会发送，也不会猜测。
    .action = 请写快递、同城配送、虚拟商品或自提。
problem-reship-needs-person = 重新发货要由人确认
    .detail = 每个订单只有一次机会，不会自动使用。
    .action = 请打开订单，核对新旧包裹后确认。
problem-no-header = 这个文件没有表头，各列用途需要您确认
    .detail = 没有发送任何内容。
    .action = 请在“各列用途”里核对每一列，确认一次即可；也可以在第一行写上列名（如“订单号、快递公司、快递单号”）后重新导入。
problem-column-missing = 缺少“{ $missing }”这一列
    .detail = 没有发送任何内容。
    .action = 请在文件里加上这一列，或指定哪一列是它。
problem-column-ambiguous = 有几列都像是{ $field }
    .detail = { $headings }。无法判断用哪一列，没有发送任何内容。
    .action = { $parcels ->
        [yes] 请在“各列用途”里选择一列；如果每列都是同一订单的一个包裹，就都选为{ $field }。选择会被记住。
       *[no] 请在“各列用途”里选择一列，选择会被记住；也可以在文件里改名。
    }
problem-file-empty = 文件里没有数据
    .detail = 没有发送任何内容。
    .action = 请检查是否选对了文件。
problem-file-unreadable = 文件打不开
    .detail = 没有发送任何内容。
    .action = { $locked ->
        [1] 请先在表格软件里关闭它，再打开。
       *[other] 请检查文件是否还在、是否有权限读取。
    }
problem-file-unsupported = 不支持这种文件
    .detail = 没有发送任何内容。
    .action = 请另存为 csv 或 xlsx。
problem-file-protected = 文件设有打开密码
    .detail = 没有发送任何内容。
    .action = 请在 Excel 或 WPS 里取消打开密码并保存，再重新导入。
problem-file-too-large = 文件太大
    .detail = { $row ->
        [0] 整个文件超出了上限，没有读取。
       *[other] 读到第 { $row } 行为止，其后的行没有读取。
    } 没有发送任何内容。
    .action = 请分成几个文件。
problem-app-id-taken = 已有账号使用这个 AppID
    .detail = 没有保存。
    .action = 请修改那个账号，或先删除它。
problem-bad-time = 时间读不懂：“{ $value }”
    .detail = 没有执行。
    .action = 请写成 2026-11-21 或 2026-11-21T14:00:00+08:00。
problem-app-id-invalid = AppID 的写法不对
    .detail = AppID 由字母和数字组成，以 wx 开头。没有保存。
    .action = 请从小程序后台“开发管理”里复制 AppID。
problem-range-reversed = 结束时间早于开始时间
    .detail = 没有执行。
    .action = 请交换两个时间。
problem-seen-before = 这些内容在 { $at } 已导入并完成
    .detail = 不会再次发送。

## 调用失败

failure-offline = 连不上网络
    .detail = 没有发送任何内容。
    .action = 请检查网络，恢复后会继续。
failure-no-answer = 微信没有及时应答
    .detail = 结果不明的发货会先查询，不会直接重发。
    .action = 无需操作，稍后会自动再试。
failure-tls = 安全连接无法建立
    .detail = 服务器证书未被接受，没有发送任何内容。
    .action = 请检查本机日期；公司网络请联系管理员安装证书。
failure-not-wechat = 应答的不是微信
    .detail = 可能是代理或上网登录页。结果不明的发货会先查询，不会直接重发。
    .action = 请先登录网络或检查代理设置，再继续。
failure-garbled = 微信的应答不完整
    .detail = 结果不明的发货会先查询，不会直接重发。
    .action = 无需操作，稍后会自动再试。
failure-busy = 微信系统繁忙
    .detail = 结果不明的发货会先查询，不会直接重发。
    .action = 无需操作，稍后会自动再试。
failure-wrong-appid = AppID 不存在
    .detail = 微信不认识这个 AppID，没有发送任何内容。
    .action = 请在账号设置里核对 AppID（以 wx 开头）。
failure-wrong-secret = AppSecret 不正确
    .detail = 没有发送任何内容。
    .action = 请在小程序后台“开发管理”里重新取得 AppSecret，填入账号设置。
failure-secret-frozen = AppSecret 已被冻结
    .detail = 没有发送任何内容。
    .action = 请在小程序后台“开发管理”里解冻 AppSecret。
failure-ip-not-allowed = 本机地址不在 IP 白名单里
    .detail = 微信看到的地址是 { $ip }。没有发送任何内容。
    .action = 请在小程序后台“开发管理 → IP 白名单”里加入它，几分钟后继续。
failure-ip-needs-confirmation = 本机地址需要管理员确认
    .detail = 没有发送任何内容。
    .action = 请让管理员在微信里确认这次调用，然后继续。
failure-token-refused = 微信两次拒绝了访问令牌
    .detail = 没有发送任何内容。
    .action = 请检查是否有别的系统强制刷新令牌，然后继续。
failure-service-not-opened = 没有开通发货信息管理服务，或缺少权限
    .detail = 没有发送任何内容。
    .action = 请在小程序后台开通“订单发货管理”，使用授权的请重新授权。
failure-account-limited = 账号受到平台限制
    .detail = 没有发送任何内容。
    .action = 请到小程序后台查看通知，或联系微信客服。
failure-too-fast = 调用太快
    .detail = 这一次没有执行。
    .action = 无需操作，会放慢后继续。
failure-daily-quota = 今天的调用次数已用完
    .detail = 其余的都在排队，没有丢失。
    .action = 零点（北京时间）后会继续。
failure-order-not-visible = 微信还查不到这个订单
    .detail = 没有发送。刚付款的订单会晚几分钟到几小时出现。
    .action = 会自动再查；24 小时后仍查不到，请按清单核对。
failure-bad-cursor = 翻页位置已失效
    .detail = 已取得的订单都在。
    .action = 请重新刷新列表。
failure-clock-ahead = 本机时钟快了 { $minutes } 分钟
    .detail = 时钟不准时发货可能被拒绝，没有发送任何内容。
    .action = 请在系统设置里打开自动校时，然后继续。
failure-clock-behind = 本机时钟慢了 { $minutes } 分钟
    .detail = 时钟不准时发货可能被拒绝，没有发送任何内容。
    .action = 请在系统设置里打开自动校时，然后继续。
failure-no-credentials = 没有 AppID 或 AppSecret
    .detail = 没有发送任何内容。
    .action = 请在账号设置里填写。
failure-refused = 微信没有接受这次请求
    .detail = 这次请求没有生效。
    .action = 请把错误码和 rid 告诉技术人员。

## 微信对一次发货说“不”

refusal =
    .detail = 微信没有接受这次发货，订单里没有改变。
refusal-refunded = 订单已退款
    .detail = 没有发货。
    .action = 请不要寄出；已寄出的请联系买家。

## 需要人来决定

why-shipped-elsewhere = 这个订单已在别处发货，包裹不同
    .detail = 这里没有再发送，微信里是别人填写的包裹。
    .action = 请核对包裹：无误就接受现状；要更改会用掉唯一一次更正机会。
why-ambiguous = 微信里混有这里和别处的包裹
    .detail = 无法判断哪些该留下，不会再发送。
    .action = 请核对包裹，再决定接受现状或重新发送。
why-unproven = 微信里已有发货，但不能确定是不是这次
    .detail = 没有快递单号可以比对，不会再发送。
    .action = 请核对发货时间和商品信息，无误就接受现状。
why-race = 包裹已在微信里，但更正机会被别处用掉了
    .detail = 不会再发送。
    .action = 请核对微信里的包裹；以后请只由一处发货。
why-three-attempts = 发送三次都没有生效
    .detail = 每次都查过，微信里没有这次发货。
    .action = 请稍后再试；仍不行请到微信商家后台发货。
why-not-visible = 微信 24 小时都查不到这个订单
    .detail = 没有发送。
    .action = 请按清单核对这个订单，再决定再试或放弃。
why-time-not-accepted = 微信认为发货时间不够新
    .detail = 微信里没有这次发货，但时间未被接受。不会自动更换时间。
    .action = 请核对本机时钟，确认后再试；再试会用新的时间。
why-state-unknown = 订单处于尚不认识的状态
    .detail = 为避免误发，没有发送。
    .action = 请到微信商家后台查看，并更新本程序。
why-record-damaged = 这条发货记录已损坏
    .detail = 内容与校验不符，不会发送。
    .action = 请放弃它，核对订单后重新填写。
why-claimed-elsewhere = 同事的电脑已认领这个订单
    .detail = { $who } 于 { $time } 在电脑 { $pc } 上认领，这里没有发送。
    .action = 请问一下 { $who }：对方已发或要发，就在这里放弃；对方不发，就接手。
why-claimed-unreadable = 另一台电脑已认领这个订单
    .detail = 共享文件夹里的认领记录读不出来，不知道是谁的。这里没有发送。
    .action = 请问一下同事：有人发就在这里放弃；没有人发就接手。

## 不确定是否已送达

doubt-failure = 微信可能已收到，也可能没有
    .detail = { $cause }，但这一单仍可能已送达微信。查清之前不会再次发送。
    .action = 无需操作，会自动查询。
doubt-compare = 微信说订单已有变化，正在核对
    .detail = { $cause }。可能就是这次发货。查清之前不会再次发送。
    .action = 无需操作，会自动查询。
doubt-unlisted = 微信可能已收到，也可能没有
    .detail = 微信返回的错误码没有说明这一单是否已接受。查清之前不会再次发送。
    .action = 无需操作，会自动查询。
doubt-restart = 程序在发送时中断
    .detail = 尚不确定是否已送达微信。查清之前不会再次发送。
    .action = 无需操作，会自动查询。

## 微信查不到订单时逐条核对

not-visible-1 = 付款不到一分钟：请稍等，会自动再次查询。
not-visible-2 = 在开发者工具、体验版或开发版里付款：不会进入订单管理。
not-visible-3 = 商户号授权订单管理之前付款：不会进入订单管理。
not-visible-4 = 境外钱包或外币付款：不会进入订单管理。
not-visible-5 = 不是小程序订单，或属于别的小程序。
not-visible-6 = 服务商代收：请使用子商户号，或改用微信支付单号。
not-visible-7 = 聚合支付（第三方收单）：它的单号不是微信支付单号。

## 共享文件夹

claims-unreachable = 无法访问共享文件夹
    .detail = 没有它，同事的电脑可能也发同一个订单，因此不会发送。已填写的都保留。
    .action = 请检查网络和共享文件夹；恢复后会自动继续发送。
claims-key-missing = 本机没有团队密钥
    .detail = 没有它，同事的电脑可能也发同一个订单，因此不会发送。已填写的都保留。
    .action = 请在设置里填写团队密钥；无人值守时请设置 FAHUO_TEAM_KEY。
claims-key-wrong = 团队密钥与共享文件夹不符
    .detail = 密钥不同就看不到同事的认领，因此不会发送。已填写的都保留。
    .action = 请填写与其他电脑相同的团队密钥。
