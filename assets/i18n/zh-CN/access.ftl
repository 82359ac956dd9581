# 账号怎样取得访问令牌：第三方平台、粘贴的令牌、令牌服务、取令牌的程序。

## 调用没有成功的原因

failure-not-authorised = 小程序没有把这项权限授权给平台
    .detail = 没有发送任何内容。
    .action = 请小程序管理员重新授权给该平台，并勾选权限集 142，然后继续。
failure-platform-credentials = 微信没有接受第三方平台的凭据
    .detail = 没有发送任何内容。
    .action = 请在账号设置里核对平台的 AppID、AppSecret、ticket 和刷新令牌，然后继续。
failure-platform-ip = 本机地址不在第三方平台的 IP 白名单里
    .detail = 微信看到的地址是 { $ip }。没有发送任何内容。
    .action = 请在微信开放平台，该平台的“开发配置 → 白名单 IP 地址列表”里加入它，几分钟后继续。
failure-not-for-platforms = 微信不允许第三方平台使用这个接口
    .detail = 其他功能照常：发货、导入文件、按单号查询订单。
    .action = 订单请按单号查询；消息跳转路径请由小程序自己设置。
failure-no-token-pasted-stale = 粘贴的访问令牌已失效
    .detail = 没有发送任何内容，排队的发货会等着。
    .action = 请在账号设置里粘贴新的令牌，然后继续。
failure-no-token-service-down = 令牌服务没有响应
    .detail = 没有向微信发送任何内容，排队的发货稍后会自动再试。
    .action = 请检查令牌服务和本机网络。
failure-no-token-service-tls = 令牌服务的证书不可信
    .detail = 没有向令牌服务和微信发送任何内容。
    .action = 请让技术人员更换证书，或核对地址，然后继续。
failure-no-token-service-refuses = 令牌服务拒绝了请求
    .detail = 没有向微信发送任何内容。
    .action = 请核对令牌服务的地址和 Bearer 密钥；地址跳转不会跟随。
failure-no-token-service-garbled = 令牌服务的回答里没有令牌
    .detail = 没有向微信发送任何内容。
    .action = 回答应为 JSON，包含 access_token 和 expires_in。请让技术人员检查。
failure-no-token-command-missing = 取令牌的程序无法启动
    .detail = 没有向微信发送任何内容。
    .action = 请在账号设置里核对程序的完整路径，并确认它可以执行。
failure-no-token-command-hangs = 取令牌的程序迟迟没有结束，已被停止
    .detail = 没有向微信发送任何内容，排队的发货稍后会自动再试。
    .action = 请让技术人员检查这个程序；它应在 15 秒内输出令牌并退出。
failure-no-token-command-fails = 取令牌的程序报错退出
    .detail = 没有向微信发送任何内容。
    .action = 请让技术人员在命令行里运行它，看看它报什么错。
failure-no-token-command-garbled = 取令牌的程序没有输出令牌
    .detail = 没有向微信发送任何内容。
    .action = 它应当只输出令牌，或包含 access_token 的 JSON。
failure-no-token-refresh-not-kept = 新的刷新令牌没能存到本机
    .detail = 随它而来的访问令牌没有使用，没有发送任何内容。
    .action = 请检查磁盘空间和数据文件夹，然后继续。
problem-access-unusable = { $problem ->
        [component_appid] 第三方平台的 AppID 不正确
        [service_not_https] 令牌服务的地址不是 https
        [program] 程序没有写完整路径
       *[service_address] 令牌服务的地址不正确
    }
    .detail = 没有保存。
    .action = { $problem ->
        [component_appid] AppID 是 wx 加 16 位字母或数字。
        [service_not_https] 只有本机上的服务可以用 http；其他请用 https。
        [program] 请填写完整路径，例如 /opt/shop/wx-token 或 C:\shop\wx-token.exe。
       *[service_address] 请填写完整地址，例如 https://erp.example.com/wx/token。
    }

## 微信的错误码

code-permission-set = 第三方平台缺少这个接口的权限集
    .action = 请小程序管理员重新授权给该平台，并勾选权限集 142。
code-not-a-platform = 平台的 AppID 无效，或令牌的类型不对
    .action = 请核对平台的 AppID，并确认令牌是该平台代小程序取得的。
code-refresh-token = 小程序授权的刷新令牌无效
    .action = 请从平台重新取得刷新令牌，填入账号设置；仍不行请管理员重新授权。
code-ticket = 平台的 component_verify_ticket 已过期或不正确
    .action = 微信约每十分钟推送一次，有效十二小时。请把最新的一条填入账号设置。
code-platform-ip = 本机地址不在第三方平台的 IP 白名单里
    .action = 请在微信开放平台，把本机地址加入该平台的 IP 白名单。

## 账号设置

settings-access-more = 其他接入方式（高级）
settings-access = 接入方式
settings-access-secret = 小程序自己的 AppSecret
    .note = 最简单，适合大多数商家
settings-access-platform = 第三方平台授权
    .note = 小程序授权给服务商的第三方平台，由它代为调用
settings-access-token = 粘贴访问令牌
    .note = 临时使用，最长两小时
settings-access-service = 自己的令牌服务
    .note = 从商家自己的服务器用 https 取令牌
settings-access-command = 本机程序
    .note = 运行本机的一个程序，由它输出令牌
settings-access-missing = 请填写
settings-access-shape = 只能是没有空格的字母、数字和符号
settings-component-appid = 平台 AppID（component_appid）
settings-component-appid-note = 见微信开放平台里该第三方平台的详情
settings-component-appid-shape = AppID 由字母和数字组成，以 wx 开头
settings-component-secret = 平台 AppSecret（component_appsecret）
settings-component-secret-note = 加密保存在本机
settings-ticket = 验证票据（component_verify_ticket）
settings-ticket-note = 微信约每十分钟推送给平台一次，有效十二小时
settings-ticket-age = { $age }填写；有效十二小时
settings-ticket-old = { $age }填写，已超过十二小时；令牌过期后请填写新的
settings-refresh-token = 授权刷新令牌（authorizer_refresh_token）
settings-refresh-token-note = 小程序授权时平台得到的；微信换新的，会自动加密保存
settings-token = 访问令牌（access_token）
settings-token-note = 这里不会自动换新；失效后会提醒粘贴新的
settings-token-age = { $age }粘贴，最多还有 { $minutes } 分钟
settings-token-old = 粘贴已超过两小时，请粘贴新的
settings-service-url = 令牌服务的地址
settings-service-url-note = 回答 JSON：access_token 和 expires_in。密钥不要写在地址里
settings-service-url-shape = 请填写完整地址，例如 https://erp.example.com/wx/token
settings-service-url-https = 只有本机的服务可以用 http，其他请用 https
settings-service-method = 请求方式
settings-service-method-note = POST 会附上 AppID
settings-bearer = Bearer 密钥
settings-bearer-note = 可选；每次请求时发给令牌服务，加密保存在本机
settings-program = 程序的完整路径
settings-program-note = 输出令牌，或包含 access_token 的 JSON；15 秒内要结束
settings-program-shape = 请填写完整路径
settings-arguments = 参数
settings-arguments-note = 每行一个；不经过命令行解释器

## 命令行

cli-about-account-renew = 为账号填写新的密钥（粘贴的令牌、ticket、刷新令牌……），按提示输入或从标准输入逐行读取
cli-arg-mode = 怎样取得访问令牌：secret 小程序的 AppSecret；platform 第三方平台；token 粘贴的令牌；service 令牌服务；command 本机程序
cli-arg-component_appid = 第三方平台的 AppID（--mode platform）
cli-arg-token_url = 令牌服务的地址，https（--mode service）
cli-arg-token_post = 用 POST 请求令牌服务，附上 AppID；默认 GET
cli-arg-token_program = 输出令牌的程序的完整路径（--mode command）
cli-arg-token_argument = 程序的一个参数；可以写多次，不经过命令行解释器
cli-column-mode = 接入方式
cli-after-help-account = 密钥从不写在命令行里：按提示输入（不显示），或从标准输入逐行读取，每行一个，按下面的顺序。
    除 AppSecret 外，也可以放在环境变量里。
      secret    AppSecret
      platform  FAHUO_COMPONENT_SECRET、FAHUO_COMPONENT_TICKET、FAHUO_REFRESH_TOKEN
      token     FAHUO_ACCESS_TOKEN
      service   FAHUO_TOKEN_BEARER（可选）
      command   无

    无人值守时不需要添加账号，用 FAHUO_APPID 加上其中一种：
      FAHUO_APP_SECRET
      FAHUO_ACCESS_TOKEN
      FAHUO_COMPONENT_APPID、FAHUO_COMPONENT_SECRET、FAHUO_COMPONENT_TICKET、FAHUO_REFRESH_TOKEN
      FAHUO_TOKEN_URL，可加 FAHUO_TOKEN_METHOD=post、FAHUO_TOKEN_BEARER
      FAHUO_TOKEN_COMMAND：程序的完整路径，或 JSON 列表 ["/opt/shop/wx-token","--shop","1"]
    这些都不会写到任何地方；微信换新刷新令牌时，下次会从平台的授权列表读取。
cli-no-other-secret = 没有填写“{ $name }”，因此没有保存。请按提示输入，或在标准输入里写一行。
cli-type-other-secret = { $name }（输入时不显示）：{" "}
cli-type-secret-or-none = { $name }（输入时不显示，没有就直接回车）：{" "}
cli-type-secret-or-keep = { $name }（输入时不显示，直接回车保留原来的）：{" "}
cli-account-renewed = 账号“{ $name }”的新密钥已保存在系统的密钥环里。
cli-env-two-ways = 环境变量里有多种取得令牌的方式，不知道该用哪一种。没有发送任何内容。请只保留 FAHUO_APP_SECRET 或 FAHUO_ACCESS_TOKEN、FAHUO_COMPONENT_APPID、FAHUO_TOKEN_URL、FAHUO_TOKEN_COMMAND 中的一种。
cli-env-incomplete = 设置了 FAHUO_COMPONENT_APPID，但没有 { $name }。没有发送任何内容。
cli-env-method = FAHUO_TOKEN_METHOD 只能是 get 或 post。没有发送任何内容。
cli-env-url = FAHUO_TOKEN_URL 应为完整的 https 地址（本机上的服务可以用 http）。没有发送任何内容。
cli-env-command = FAHUO_TOKEN_COMMAND 应为程序的完整路径，或以它开头的 JSON 列表。没有发送任何内容。
cli-env-component-appid = FAHUO_COMPONENT_APPID 应由字母和数字组成。没有发送任何内容。

## 订单列表和看板

orders-barred = 微信不给第三方平台读取订单列表
orders-barred-advice = 请按单号查询订单。发货、导入文件照常，导入时会逐单查询。
orders-barred-find = 按单号查询
orders-barred-title = 还没有查询过订单
orders-barred-text = 在上面输入微信支付单号或商户订单号，查到的订单会留在这里。
board-barred = 微信不给第三方平台读取订单列表，看板只统计本机查询过和发过的订单。
