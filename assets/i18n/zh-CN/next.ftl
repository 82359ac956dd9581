# 一单接下来会怎样、从何时起、进行到哪一步。

next-since = 自 { $at } 起，已 { $span }
next-since-sent = { $sent } 首次发送；自 { $at } 起核对，已 { $span }

next-send = 轮到时查询并发送
next-send-place = 排在第 { $place } 位
next-send-place-time = 排在第 { $place } 位，约 { $span }
next-send-at = { $in }后（{ $at }）查询并发送
next-again = 轮到时查询并重发
next-again-at = { $in }后（{ $at }）查询并重发
next-ask = 正在查询订单
next-ask-at = { $in }后（{ $at }）再次查询订单
next-answer = 等待微信应答
next-look = 正在查询
next-look-at = { $in }后（{ $at }）再次查询
next-decide = 等您决定

next-held-continue = 按“继续”之后进行
next-held-account = 账号修复之后进行
next-held-journal = 发货记录能写入之后进行
next-held-folder = { $in }后（{ $at }）继续：新的数据文件夹，此前只查询
next-held-quota = { $in }后（{ $at }）继续：当日调用额度已用完
next-held-team = { $in }后（{ $at }）再次访问团队的共享文件夹；在它应答之前不发送
next-held-answer = { $in }后（{ $at }）重试：微信或网络没有应答

next-far-again = 第 { $attempt } 次发送，最多 { $tries } 次：内容和时间与之前相同。微信里没有之前发送的内容。
next-far-asked = 已查询 { $asked } 次。如果到 { $at } 微信仍查不到，由您决定。
next-far-answer = 第 { $attempt } 次发送，最多 { $tries } 次。
next-far-quiet = 在 { $at } 之前，这一单仍可能迟到，所以查不到还不能说明没有发出。之后还有 { $looks } 次作数的查询。
next-far-look = 作数的查询，第 { $look } 次，共 { $looks } 次。

next-then-send = 如果订单里已有其他包裹，则不发送，由您决定。
next-then-ask = 微信一显示这个订单，就会自动先查询再发送。
next-then-answer = 如果没有明确的应答，再次发送之前会先查询订单。
next-then-again = 查询到它，就算已发货。如果最后一次也查不到，则以相同时间重新发送：第 { $attempt } 次，最多 { $tries } 次，不早于 { $at }。
next-then-person = 查询到它，就算已发货。如果最后一次也查不到，由您决定，不早于 { $at }：{ $why }。

next-you-nothing = 您无需操作。
next-you-take-back = 您无需操作。发送之前可以撤回。
next-you-continue = 请在发件箱按“继续”，或运行 fahuoctl resume。
next-you-account = 请修复账号。在此之前既不发送也不查询。
next-you-journal = 请清理磁盘空间或让数据文件夹可以写入，然后重新启动程序。
