# 命令行 fahuoctl。

## 帮助

cli-usage = 用法:
cli-global-options = 通用选项
cli-options = 选项
cli-arguments = 参数
cli-commands = 命令
cli-about-fahuoctl = 发货台的命令行：检查并发送发货文件，与窗口共用同一份记录
cli-about-check = 读取并检查文件；不发送任何内容
cli-about-ship = 检查后发送可发送的行；同一文件再运行一次也不会重复发货
cli-about-resume = 查询结果不明的发货，继续上次没有做完的
cli-about-cancel = 撤回排队中还没有发送的
cli-about-template = 把微信未接受的订单写成微信后台的发货单模板（.xlsx 或 .csv）
cli-about-orders = 列出订单
cli-about-order = 查看一个订单
cli-about-account = 管理账号
cli-about-account-add = 添加账号；AppSecret 在提示后输入，或从标准输入的第一行读取
cli-about-account-list = 列出账号
cli-about-account-remove = 删除账号及其密钥；发货记录保留
cli-about-account-test = 检查账号
cli-about-team = 与其他电脑一起发货
cli-about-team-join = 加入共享文件夹的团队；团队密钥在提示时输入或从标准输入读取
cli-about-team-leave = 恢复单独发货
cli-about-team-show = 查看共享文件夹和本机名
cli-about-doctor = 检查账号：网络、时钟、密钥、服务、结算
cli-about-doctor-rid = 查微信在某个 rid 下收到了什么
cli-about-doctor-quota = 查今天的接口额度
cli-about-doctor-clear-quota = 把所有接口的额度清零，每月只有 10 次
cli-about-doctor-bundle = 先显示再保存支持包，里面没有密钥
cli-about-doctor-probe = 用一个自己的 0.01 元订单，问清微信文档没写明的事
cli-about-couriers = 列出可用的快递公司
cli-about-history = 列出本机的发货记录；带条件时查找发生过的每一件事
cli-about-export = 把历史记录写成 CSV 或 Excel 文件
cli-about-sandbox = 单独运行模拟微信，直到停止
cli-about-help = 显示命令的帮助
cli-after-help =
    退出码：0 全部完成；1 有些行需要修改或处理；2 无法运行；3 中途停止，可用 resume 继续。
    环境变量：FAHUO_APPID 与 FAHUO_APP_SECRET、FAHUO_APP_SECRET_FILE（只有本人能读取的文件）或 FAHUO_ACCESS_TOKEN、FAHUO_SENDER_CONTACT、FAHUO_LOG。
    日志：数据文件夹中的 logs/fahuo.log，每行一个 JSON；最多五个文件，各不超过 1 MiB，较早的是 fahuo.1.log 至 fahuo.4.log。
    ship、history、order、resume 的 JSON 对每一单都有：since、first_sent、next（send、send_again、ask_again、answer、look、decide、nothing）、next_at（不早于此时）、held_by、attempt（至多 attempts_max）、look（共 looks_max）、known_at、gives_up_at。时间为 ISO 8601，+08:00；没有内容时为 null。resume 在 errands 里列出还没做完的催收货和报备。
    时间写成 2026-11-21（北京时间）或 2026-11-21T14:00:00+08:00。
cli-arg-data_dir = 记录所在的文件夹（默认：系统的数据文件夹）
cli-arg-account = 使用哪个账号，写名称或 AppID（默认：上次使用的）
cli-arg-sandbox = 使用内置的模拟微信，不会发送到微信
cli-arg-api_base = 用本机的模拟服务器代替微信，例如 http://127.0.0.1:8000
cli-arg-format = 结果的格式（默认：终端上为 text，否则为 json）
cli-arg-lang = 语言（默认：系统语言）
cli-arg-help = 显示帮助
cli-arg-version = 显示版本
cli-arg-files = 发货文件（csv、txt、xlsx、xls），可以有多个；写文件夹则处理其中的全部文件
cli-arg-yes = 不再询问
cli-arg-hold = 发送前等待的秒数，期间可以撤回
cli-arg-reship = 允许用掉这些文件里已发货订单的唯一一次更正机会
cli-arg-mapping = 按记住的列用途读取：写它的名称，或能唯一认出它的开头几个字
cli-arg-confirm_columns = 没有表头的文件，按各列内容判断的用途读取，并记住
cli-arg-failures = 把需要修改或处理的行写入这个文件（格式与导入的文件相同，或 .xlsx），改好后可直接再次导入
cli-arg-successes = 把已发货的行写入这个文件
cli-arg-asked_rid = 错误提示最后的 rid
cli-arg-confirm_reset = 不再询问；必须写 10-per-month，表示知道每月只有 10 次
cli-arg-bundle_file = 写入哪个文件，.zip
cli-arg-probe_order = 自己下的 0.01 元订单的微信支付单号；不写就接着做上次的
cli-arg-spend_correction = 最后一步也不再询问，它可能用掉这个订单唯一的更正机会
cli-arg-show = 只显示已知的答案
cli-arg-stop = 结束上次的实测
cli-arg-force = 允许替换已有的同名文件
cli-arg-file = 写入哪个文件，.xlsx 或 .csv
cli-arg-state = 订单状态：to_ship、shipped、received、awaiting_settlement、complete、refunded，或 1 到 6
cli-arg-payer = 只看这个付款人
cli-arg-paid_from = 付款时间不早于
cli-arg-paid_to = 付款时间不晚于
cli-arg-limit = 最多列出多少条
cli-arg-order = 只看这个订单号（微信支付单号或商户订单号）
cli-arg-number = 只看这个物流单号
cli-arg-rid = 只看这个 rid
cli-arg-from_file = 只看文件名里含有这些字的文件
cli-arg-words = 必须都出现的词，用空格分开
cli-arg-kind = 类型：shipment、person、file、wechat、program
cli-arg-since = 从这个时间起
cli-arg-until = 到这个时间之前
cli-arg-transaction_id = 微信支付单号
cli-arg-mchid = 商户号
cli-arg-out_trade_no = 商户订单号，与商户号一起使用
cli-arg-name = 账号名称
cli-arg-appid = 小程序的 AppID
cli-arg-max_parcels = 每个订单最多的包裹数，10 到 15
cli-arg-sender_contact = 顺丰用的寄件人电话；保存前隐藏中间几位
cli-arg-default_courier = 文件里没有快递公司时使用的编码
cli-arg-default_item_desc = 订单没有商品信息时使用的文字
cli-arg-port = 本机端口；0 表示任选一个
cli-arg-orders = 模拟店铺的订单数
cli-arg-seed = 用来生成模拟店铺的数字
cli-arg-faults = 故障脚本（JSON）
cli-arg-folder = 各台电脑共用的文件夹
cli-arg-operator = 同事看到的姓名
cli-arg-without_claims = 不查共享文件夹，直接发送
cli-arg-subcommand = 命令

## 输入有误

cli-misuse-unknown-argument = 没有 { $argument } 这个选项。
cli-misuse-value = { $argument } 不能是“{ $value }”。可以是：{ $valid }
cli-misuse-twice = { $argument } 写了两次。
cli-expected-whole = { $from } 到 { $to } 的整数
cli-expected-whole-from = 不小于 { $from } 的整数
cli-expected-days = 0（一直保留），或 { $least } 到 { $most } 的整数天数
cli-expected-time = 日期或时刻，例如 2026-11-21（北京时间）或 2026-11-21T14:00:00+08:00
cli-default = （默认：{ $value }）
cli-misuse-value-missing = { $argument } 后面缺少值。
cli-misuse-missing = 缺少：{ $argument }
cli-misuse-conflict = { $argument } 不能与 { $prior } 一起使用。
cli-misuse-command = 没有 { $command } 这个命令。
cli-misuse-no-command = 请写明要做什么。
cli-misuse-help = 用 --help 查看帮助。

## 启动

cli-quiet-needs-loopback = FAHUO_QUIET_SECS 只能用于本机地址的测试服务器。没有发送任何内容。请去掉这个环境变量。
cli-quiet-not-a-number = FAHUO_QUIET_SECS 应为秒数，现在是“{ $value }”。没有发送任何内容。
cli-no-data-dir = 找不到系统的数据文件夹。请用 --data-dir 指定一个。
cli-account-and-environment = 环境变量里已有密钥，不能同时使用 --account。请去掉其中之一。
cli-appid-missing = 没有 FAHUO_APPID，不知道是哪个小程序。没有发送任何内容。请把它与 FAHUO_APP_SECRET 或 FAHUO_ACCESS_TOKEN 一起设置。
cli-secret-missing = 有 FAHUO_APPID，但没有 FAHUO_APP_SECRET 或 FAHUO_ACCESS_TOKEN。请设置其中之一；其他取得令牌的方式见 fahuoctl help account。
cli-start-locked = 另一个程序（进程 { $pid }）正在使用这个数据文件夹。没有发送任何内容。请先关闭它，或用 --data-dir 换一个文件夹。
cli-start-locked-unknown = 另一个程序正在使用这个数据文件夹。没有发送任何内容。请先关闭它，或用 --data-dir 换一个文件夹。
cli-start-folder = 数据文件夹不能使用：{ $why }。没有发送任何内容。请检查权限，或用 --data-dir 换一个文件夹。
cli-start-network = 数据文件夹在网络磁盘上（{ $kind }），发货记录可能损坏。没有发送任何内容。请用 --data-dir 选择本机的文件夹。
cli-start-newer = 这份记录由更新的版本写成，没有改动它。请更新本程序。
cli-start-damaged = 记录已损坏，没能恢复。没有发送任何内容，也没有改动文件。请保留原来的数据文件夹，用 --data-dir 换一个文件夹。
cli-start-base-url = --api-base 只能是本机地址（127.0.0.1、localhost 或 [::1]），因为 AppSecret 会发到那里。没有发送任何内容。不写 --api-base 就会使用微信。
cli-start-system = 系统缺少运行所需的部分：{ $what }。没有发送任何内容。
cli-start-silent = 没有及时得到结果。没有发送新的内容，请再试一次。
cli-engine-ended = 程序内部意外停止。已发送的都有记录，运行 fahuoctl resume 继续。
cli-stopped-nothing-sent = 已停止。没有发送任何内容。
cli-need-account = 还没有账号。没有发送任何内容。请设置 FAHUO_APPID 和 FAHUO_APP_SECRET，或运行 fahuoctl account add。
cli-need-secret = 这个账号的 AppSecret 不在手边。没有发送任何内容。请解锁系统的密钥环，或设置 FAHUO_APPID 和 FAHUO_APP_SECRET。
cli-account-unknown = 没有叫“{ $name }”的账号。现有：{ $known }
cli-no-accounts = 还没有账号。

## 检查与发送

cli-save-one-file = --failures 和 --successes 一次只能用于一个文件。没有发送任何内容。请分开运行。
cli-save-exists = 已有文件 { $name }，没有改动它，也没有发送任何内容。请换一个文件名；有 --force 的命令可以用它替换。
cli-save-no-folder = { $name } 所在的文件夹不存在。没有发送任何内容。请先建立文件夹。
cli-save-no-failures = 没有需要修改或处理的行，没有写入 { $name }。
cli-save-no-successes = 没有已发货的行，没有写入 { $name }。
cli-template-none = 没有微信未接受的订单，没有写入文件。
cli-template-next = 请在微信公众平台的订单管理中上传此文件，不要再从这里发送这些订单。
cli-yes = 是
cli-nobody-to-ask = 没有可以询问的终端，没有发送任何内容。无人值守时请加上 --yes；报备测试订单用 --confirm-count 确认，重置额度用 --confirm 确认。
cli-progress-reading = 读取 { $file } …
cli-progress-reading-rows = 读取 { $file }：{ $rows } 行
cli-progress-comparing = 核对各行 { $done }/{ $total }
cli-progress-looking-up = 查询订单 { $done }/{ $total }
cli-progress-sending = { $file }：已发货 { $shipped }，未完成 { $open }，需处理 { $person }
cli-progress-resuming = 已发货 { $shipped }，未完成 { $open }，需处理 { $person }
cli-progress-remaining = ，还需约 { $span }
cli-progress-fetching = 已取得 { $count } 个订单 …
cli-progress-checking = 正在检查：{ $what }
cli-gate-paused = （已暂停）
cli-gate-interrupted = （正在继续上次中断的发货）
cli-when-in = { $span }后
cli-when-at = { $at }
cli-when-now = 现在
cli-waits-unclear = ；{ $count } 单待确认，下次查询：{ $when }
cli-waits-invisible = ；{ $count } 单微信还查不到，再次查询：{ $when }
cli-estimate = 按当前速度发送约需 { $time }（向微信调用 { $calls } 次）。
cli-gate-holding = （{ $when }开始发送，按 Ctrl-C 停止）
cli-gate-quarantine = （新的或恢复的数据文件夹，此前只查询；{ $when }开始发送）
cli-gate-recovering = （微信或网络没有应答，{ $when }再试）
cli-gate-claims = （无法访问共享文件夹，{ $when }再试）
cli-failure-offline = 请检查网络，然后再运行同一条命令。
cli-failure-later = 请稍等片刻，再运行同一条命令。
cli-failure-quota = 请在零点（北京时间）之后再运行同一条命令。
cli-failure-quota-detail = 没有再发送，也没有丢失。
cli-failure-not-visible = 请过一会儿再运行同一条命令。24 小时后微信仍查不到，请按 fahuoctl order 列出的清单核对。
cli-you-team-folder = 请检查网络和共享文件夹，然后运行 fahuoctl resume。
cli-team-again = 请检查共享文件夹和团队密钥，然后再运行同一条命令。
cli-held-team-key = 有了正确的团队密钥才会继续
cli-you-team-key = 请设置 FAHUO_TEAM_KEY，或对团队的共享文件夹重新运行 fahuoctl team join。在此之前不发送。
cli-type-team-key = 团队密钥（输入时不显示）：
cli-no-team-key = 没有团队密钥，没有保存。请在提示时输入、写在标准输入第一行，或设置 FAHUO_TEAM_KEY。
cli-team-first = 认领已开启。文件夹是空的：这是团队的第一台电脑。
cli-team-joined = 认领已开启，本机已加入这个文件夹的团队。
cli-team-key-not-kept = 认领已开启，但本机无法保存团队密钥。每次运行请设置 FAHUO_TEAM_KEY，否则不会发送。
cli-team-left = 认领已关闭，本机单独发货。
cli-team-none = 认领未开启：本机单独发货。
cli-team-shown = 认领已开启：文件夹 { $folder }，本机名 { $pc }。
cli-without-claims = 注意：这次运行不查共享文件夹，无法防止同事的电脑发送相同的订单。
cli-progress-verifying = 正在重新查询已发货的订单 …
cli-not-verified = 已发货的订单没能重新查询，不知道别的电脑是否也发了相同的订单。请用 fahuoctl orders --state shipped 查看。
cli-ask-send = { $earlier ->
    [0] 发送 { $orders } 个订单？
   *[other] 发送这个文件的 { $orders } 个订单，以及上次运行留下的 { $earlier } 个？
}
cli-ask-reship = { $earlier ->
    [0] 发送 { $orders } 个订单，其中 { $again } 个会用掉唯一一次更正机会？
   *[other] 发送这个文件的 { $orders } 个订单（其中 { $again } 个会用掉唯一一次更正机会），以及上次运行留下的 { $earlier } 个？
}
cli-ask-go-on = { $earlier ->
    [0] 这个文件有 { $left } 行上次没有做完，现在继续？
   *[other] 这个文件有 { $left } 行上次没有做完，另有 { $earlier } 个上次运行留下的订单，现在一起继续？
}
cli-earlier-goes-on = 同时会继续上次运行留下的 { $count } 个订单。
cli-earlier-contradicts = 上次运行留下的 { $count } 个订单还在等待，包裹与这个文件不同。没有发送任何内容。请运行 fahuoctl resume 按上次的内容发送，或运行 fahuoctl cancel 撤回还没有发送的，然后再发送这个文件。
cli-earlier-left = 上次运行留下的 { $count } 个订单还在等待。运行 fahuoctl resume 继续。
cli-not-queued = 订单 { $order } 没有发送：{ $why }
cli-cancelled = { $count } 个发货在发送前撤回。
cli-stopping = 正在停止：不再发送，等待已发出的得到应答 …
cli-end-daily-quota = 今天的调用次数已用完，其余的在排队。{ $until } 之后运行 fahuoctl resume 继续。
cli-end-not-sent = 文件里的订单都没有发送：检查之后情况变了，或者没能记下来。请重新运行同一条命令。
cli-end-store-failed = 记录写不进磁盘，已停止发送。请检查磁盘空间，然后运行 fahuoctl resume。
cli-end-not-visible = 还有 { $count } 个订单微信查不到，没有发送。几分钟后运行 fahuoctl resume 继续。
cli-end-stalled = 十分钟没有进展，已停止等待，没有丢失。请检查网络，然后运行 fahuoctl resume。
cli-end-interrupted = 已停止，已发出的都有记录。运行 fahuoctl resume 继续。
cli-files-left = 后面还有 { $count } 个文件没有处理。
cli-checked-ready = 没有发送任何内容。{ $orders } 个订单可以发送：fahuoctl ship { $file }
cli-checked-some = 没有发送任何内容。{ $orders } 个订单可以发送；另有 { $rows } 行请按上面的说明处理后再检查。文件：{ $file }
cli-checked-repair = 没有发送任何内容，也没有可以发送的行。请按上面的说明处理 { $rows } 行，再检查 { $file }。
cli-checked-nothing = 没有发送任何内容，也没有需要发送的行。
cli-checked-unusable = { $file } 没有检查完，没有发送任何内容。
cli-declined = 没有发送。
cli-nothing-to-send = 没有需要发送的行，无需操作。
cli-nothing-to-send-some = 没有发送任何内容。请按上面的说明处理 { $rows } 行，再运行一次。
cli-sent-all = 完成：已发货 { $shipped } 行，无需操作。
cli-sent-some = 已发货 { $shipped } 行，另有 { $rows } 行需要处理。改好后再运行一次，已发货的不会重复。
cli-sent-some-taken-back = 已发货 { $shipped } 行，有些行在发送前撤回。再运行一次会发送其余的行，已发货的不会重复。
cli-sent-from-here = 从这台电脑发送的：
cli-left-unclear = { $count } 单结果不明。请运行 fahuoctl resume：不早于 { $at } 查询，不会重复发送。
cli-left-waiting = { $count } 单等待微信显示订单。请运行 fahuoctl resume：不早于 { $at } 再次查询。
cli-resume-nothing = 没有要继续的发货。
cli-resume-done = 上次留下的都已完成。
cli-resume-person = { $count } 个发货需要处理：请在窗口的发件箱里查看，或运行 fahuoctl history。
cli-resume-older = 此前停下的 { $count } 个发货仍需处理。
cli-cancelled-errands = { $count } 个催收货或报备在发送前撤回。
cli-cancel-errands-left = 有 { $count } 个催收货或报备不能撤回：正在发送，或不清楚是否已送达微信。运行 fahuoctl resume 查明。
cli-errands-not-visible = 有 { $count } 个订单微信查不到，没有为它发送任何内容，催收货或报备仍在排队。请核对单号：单号没错，稍后运行 fahuoctl resume 再查；单号不对，运行 fahuoctl cancel 撤回。
cli-cancel-nothing = 没有可以撤回的发货。
cli-cancel-left = 有 { $count } 个发货不能撤回：正在发送，或不清楚是否已送达微信。运行 fahuoctl resume 查明。
cli-cancel-not-recorded = 记录写不进磁盘，没有撤回，也没有发送任何内容。请检查磁盘空间，然后再运行 fahuoctl cancel。

## 表格

cli-column-row = 行
cli-column-status = 结果
cli-column-cell = 单元格
cli-column-what = 说明
cli-column-state = 状态
cli-column-paid-at = 付款时间
cli-column-amount = 金额
cli-column-payer = 付款人
cli-column-corrections = 还可更正次数
cli-column-delivery = 发货方式
cli-column-courier-id = 编码
cli-column-name = 名称
cli-column-appid = AppID
cli-column-used = 使用中
cli-column-since = 时间
cli-counts = 共 { $rows } 行：{ $parts }
cli-count-ready = 可发送 { $count }
cli-count-warned = 其中需留意 { $count }
cli-count-shipped = 已发货 { $count }
cli-count-already-done = 此前已完成 { $count }
cli-count-waiting = 等待 { $count }
cli-count-queued = 排队 { $count }
cli-count-unclear = 待确认 { $count }
cli-count-blocked = 需修改 { $count }
cli-count-refused = 微信未接受 { $count }
cli-count-needs-person = 需人工处理 { $count }
cli-count-ignored = 已忽略 { $count }
cli-more-rows = 其余 { $count } 行未列出；用 --format json 可得到全部。
cli-more-orders = 其余 { $count } 个订单未列出；用 --limit 可列出更多。
cli-more-shipments = 其余 { $count } 条未列出；用 --limit 可列出更多。
cli-checklist = 微信查不到订单时，请逐条核对：
cli-no-orders = 没有符合条件的订单。
cli-no-shipments = 还没有发货记录。
cli-partly-shipped = 部分发货
cli-in-dispute = 纠纷中
cli-range-reversed = 结束时间早于开始时间，没有查询。请交换两个时间。
cli-order-not-visible = 微信查不到订单 { $number }；只查了一次，这条命令不会改动任何内容。请核对单号、商户号和账号。
cli-not-visible-1 = 刚付款：一般几分钟内出现，少数要几小时。到时再运行这条命令；要发送的由 fahuoctl resume 再查。
cli-order-not-found = 查不到订单 { $number }。请核对号码、商户号和账号。
cli-couriers-built-in = 没有取得账号自己的快递公司列表，以下是内置的列表。

## 账号

cli-type-secret = AppSecret（输入时不显示）：
cli-no-secret = 没有得到 AppSecret，没有保存账号。请在提示后输入，或从标准输入传入一行。
cli-account-exists = 已有叫“{ $name }”的账号，没有改动。请换一个名称，或先删除它。
cli-account-added = 已添加账号“{ $name }”，密钥已存入系统的密钥环。
cli-secret-not-kept = 已添加账号“{ $name }”，但系统没有可用的密钥环，密钥没有保存。请改用 FAHUO_APPID 和 FAHUO_APP_SECRET。
cli-secret-not-renewed = 账号“{ $name }”没有变，系统没有可用的密钥环，新密钥没有保存。请改用 FAHUO_APPID 和 FAHUO_APP_SECRET。
cli-ask-remove = 删除账号“{ $name }”及其密钥？
cli-account-kept = 账号“{ $name }”没有改动。
cli-account-removed = 已删除账号“{ $name }”，发货记录仍在。
cli-check-network = 可以连接微信
    .repair = 请检查网络和代理设置。
cli-check-clock = 本机时钟准确
    .repair = 请在系统设置里打开自动校时。
cli-check-credentials = { $mode ->
        [platform] 平台能取得小程序的令牌，本机地址在白名单里
        [token] 粘贴的令牌可用，本机地址在白名单里
        [service] 令牌服务给出的令牌可用，本机地址在白名单里
        [command] 程序输出的令牌可用，本机地址在白名单里
       *[secret] AppID 与 AppSecret 可用，本机地址在白名单里
    }
    .repair = 请核对 AppID、AppSecret 和 IP 白名单。
cli-check-service = { $mode ->
        [platform] 授权的小程序已开通发货信息管理服务
       *[secret] 已开通发货信息管理服务
    }
    .repair = { $mode ->
        [platform] 请小程序管理员在小程序后台开通“订单发货管理”，平台不能代办。
       *[secret] 请在小程序后台开通“订单发货管理”。
    }
cli-check-settlement = { $mode ->
        [platform] 授权的小程序的商户号已确认结算
       *[secret] 商户号已确认结算
    }
    .repair = { $mode ->
        [platform] 请小程序管理员在小程序后台确认全部商户号，平台不能代办；否则部分订单不会出现。
       *[secret] 请在小程序后台确认全部商户号，否则部分订单不会出现。
    }
cli-check-couriers = 可以取得快递公司列表
    .repair = 无需操作，先使用内置的列表。
cli-check-not-run = 前面的检查没有通过，没有执行。
cli-quota-not-confirmed = 没有清零，没有用掉机会：没有得到确认。要确认，请输入 10，或加上 --confirm 10-per-month。
cli-ask-bundle = 保存这个支持包？
cli-bundle-not-saved = 没有保存支持包。
cli-probe-no-order = 没有要继续的实测。请用 --transaction-id 写上自己下的 0.01 元订单；没有发送任何内容。
cli-probe-closed-new-folder = 没有发送任何内容。这是新的数据文件夹，{ $at } 之前只查询订单，以防另一台电脑刚发过。到时请再运行同一条命令。
cli-probe-closed-left = 没有发送任何内容。上次运行留下了发货、催收货或报备，要先处理。请运行 fahuoctl resume 继续，或运行 fahuoctl cancel 撤回，然后再实测。
cli-probe-closed-quota = 没有发送任何内容。今天的调用次数已用完。请在 { $until } 之后再运行同一条命令。
cli-probe-closed-no-answer = 没有发送任何内容。微信或网络没有回应，{ $at } 之前不会再试。请检查网络，然后再运行同一条命令。
cli-probe-later = 实测停在这里，没有再发送；用 fahuoctl doctor probe 接着做。
cli-doctor-passed = 全部通过，可以发货。
cli-doctor-not-passed = 有检查没有通过。没有发送任何内容；请按上面的说明处理后再检查。

## 模拟微信

cli-sandbox-serving =
    模拟微信在 { $url } 运行，不会连接微信。
    AppID：{ $appid}
    AppSecret：{ $secret }
    收到的请求：{ $ledger }
cli-sandbox-until = 按 Ctrl-C 停止。
cli-sandbox-no-port = 不能在端口 { $port } 运行：{ $why }。请用 --port 换一个，或写 0 任选。
cli-faults-unreadable = 故障脚本 { $file } 不能使用：{ $why }

cli-about-events = 微信推送的事件
cli-about-events-list = 列出收到的事件
cli-about-events-add = 从文件或标准输入读取事件，并查询其订单
cli-about-events-listen = 在本机端口接收转发来的推送，直到停止；密钥取自 FAHUO_PUSH_TOKEN、FAHUO_PUSH_AES_KEY 或本机保存的
cli-about-events-keys = 保存 Token 和 EncodingAESKey；在提示时输入或从标准输入的前两行读取
cli-arg-event_file = 事件文件；- 为标准输入
cli-arg-event_port = 本机端口；0 为任意空闲端口
cli-events-no-file = 没有读取：找不到文件 { $file }。
cli-events-no-token = 没有开启：缺少 Token。请设置 FAHUO_PUSH_TOKEN，或先运行 events keys。
cli-events-port-taken = 没有开启：端口被占用。请用 --port 换一个。
cli-events-keys-wrong = 没有保存：Token 是 3 到 32 个字母或数字，EncodingAESKey 是 43 个字符。
cli-events-keys-kept = 已保存 Token 和 EncodingAESKey。
cli-events-keys-not-kept = 本机没有可用的密钥库，没有保存。每次运行请设置 FAHUO_PUSH_TOKEN 和 FAHUO_PUSH_AES_KEY。
cli-events-listening = 正在接收：{ $url }（按 Ctrl+C 停止）
cli-type-push-token = Token：
cli-type-push-key = EncodingAESKey（没有可留空）：
cli-more-lines = 只列出最新的 { $limit } 条；用 --limit 可列出更多。

cli-about-pay = WeChat Pay Global 的付款
cli-about-pay-query = 查询一笔付款
cli-about-pay-setup = 保存商户号和密钥；APIv3 密钥在提示时输入或从标准输入的第一行读取
cli-arg-pay_id = 微信支付单号
cli-arg-pay_trade_no = 商户订单号
cli-arg-pay_mchid = 商户号；机构模式下为子商户号
cli-arg-sp_mchid = 机构商户号
cli-arg-key_file = 私钥文件 apiclient_key.pem
cli-arg-certificate_file = 证书文件 apiclient_cert.pem，用来读取序列号
cli-arg-serial_no = 证书序列号
cli-arg-public_key_id = 平台公钥 ID
cli-arg-public_key_file = 平台公钥文件 pub_key.pem
cli-after-help-pay =
    用 fahuoctl pay setup 保存一次商户资料；或每次运行时设置环境变量，不会保存：
      FAHUO_PAY_MCHID            商户号；机构模式下为子商户号
      FAHUO_PAY_SP_MCHID         机构号，只用于机构模式
      FAHUO_PAY_KEY_FILE         私钥文件 apiclient_key.pem
      FAHUO_PAY_SERIAL_NO        证书序列号，或改用下一项
      FAHUO_PAY_CERTIFICATE_FILE 证书文件 apiclient_cert.pem
      FAHUO_PAY_API_V3_KEY       APIv3 密钥，32 个字符；用平台公钥时不需要
      FAHUO_PAY_PUBLIC_KEY_ID    平台公钥 ID，与下一项一起使用
      FAHUO_PAY_PUBLIC_KEY_FILE  平台公钥文件 pub_key.pem
cli-pay-way = 请用 fahuoctl pay setup 保存商户资料，或设置 FAHUO_PAY_ 开头的环境变量，名称见 fahuoctl help pay。
cli-pay-way-key = 请用 --key-file apiclient_key.pem 重新运行 fahuoctl pay setup，或让 FAHUO_PAY_KEY_FILE 指向这个文件。
cli-pay-way-signed = 请在商户平台核对 APIv3 密钥或平台公钥，再运行 fahuoctl pay setup，或重新设置 FAHUO_PAY_ 开头的环境变量；还是这样就联系微信支付。
cli-type-pay-key = APIv3 密钥（没有可留空）：
cli-pay-kept = 已保存商户资料。
cli-pay-not-kept = 本机没有可用的密钥库：密钥没有保存，只保存了商户号。请每次运行时设置 FAHUO_PAY_ 开头的环境变量，名称见 fahuoctl help pay。
cli-mapping-none = 没有名为“{ $name }”的列用途：记住的列用途都还没有起名。没有发送任何内容。请先在窗口的“设置”里给它起名，或去掉 --mapping。
cli-mapping-unknown = 没有名为“{ $name }”的列用途。没有发送任何内容。现有：{ $known }
cli-mapping-ambiguous = 有多个列用途以“{ $name }”开头。没有发送任何内容。请写全其中一个：{ $known }
cli-mapping-other-file = “{ $file }”里没有列用途“{ $name }”用到的列。没有发送任何内容。请换一个列用途，或去掉 --mapping。
cli-column-is = { $column } 列 = { $field }
cli-columns-ask = “{ $file }”没有表头。按内容判断：{ $columns }。如果没错，请加上 --confirm-columns 再运行一次。
cli-columns-confirmed = “{ $file }”没有表头，已按以下用途读取：{ $columns }。以后同类文件照此读取。
cli-columns-open = “{ $file }”没有表头，从内容也看不出哪一列是订单号、哪一列是快递单号。没有发送任何内容。请在第一行写上列名后再运行。
cli-list-unreadable = 无法读取文件 { $file }，没有发送任何内容。请检查文件名，以及是否有权打开。
