# 设置：账号、检查、密钥存储、窗口、关于。

settings-title = 设置

settings-account = 账号
settings-account-new = 添加账号
settings-account-choose = 当前账号
settings-account-temporary = 此账号来自练习模式或环境变量，不会保存，也不能在这里修改。
settings-name = 名称
settings-name-note = 店内对这个小店的称呼
settings-not-saved = 没有保存：{ $why }
settings-name-missing = 请填写名称
settings-appid = AppID
settings-appid-note = 以 wx 开头，见小程序后台“开发管理”
settings-appid-shape = AppID 是 wx 加 16 位字母或数字
settings-secret = AppSecret
settings-secret-note = 加密保存，钥匙在本机的密钥存储里
settings-secret-kept = 已保存，需要更换时再填写
settings-secret-missing = 请填写 AppSecret
settings-secret-shape = AppSecret 为 32 位字母和数字
settings-mchid = 商户号
settings-mchid-note = 可选；文件里只有商户订单号时需要
settings-mchid-shape = 商户号为 8 到 10 位数字
settings-parcels = 每个订单最多包裹数
settings-parcels-note = 微信文档为 10；得到微信确认后再调高
settings-contact = 寄件人电话
settings-contact-note = 顺丰需要；保存时隐藏中间几位
settings-contact-shape = 不是以四位数字结尾的电话号码
settings-courier = 默认快递
settings-courier-none = 不设置
settings-courier-note = 用于没有快递公司一列的文件
settings-courier-unknown = 微信的快递列表里没有这家公司
settings-item-desc = 默认商品信息
settings-item-desc-note = 仅当文件和订单都没有商品信息时使用
settings-save = 保存
settings-add = 添加账号
settings-add-cancel = 取消
settings-remove = 移除
settings-remove-title = 移除账号“{ $name }”？
settings-remove-body = 本机保存的 AppSecret 会被删除，发货记录保留。
settings-remove-no = 保留

settings-doctor = 账号检查
settings-test = 检查账号
settings-test-no-account = 请先保存账号
settings-testing = 正在检查
settings-tested = 检查于 { $time }
settings-check-network = 能连接微信
settings-check-clock = 本机时钟准确
settings-check-credentials = { $mode ->
        [platform] 平台凭据、授权和 IP 地址
        [token] 粘贴的令牌和 IP 地址
        [service] 令牌服务和 IP 地址
        [command] 取令牌的程序和 IP 地址
       *[secret] AppID、AppSecret 和 IP 地址
    }
settings-check-service = { $mode ->
        [platform] 授权的小程序已开通发货信息管理
       *[secret] 已开通发货信息管理
    }
settings-check-settlement = { $mode ->
        [platform] 授权的小程序已完成结算确认
       *[secret] 已完成结算确认
    }
settings-check-couriers = 快递公司列表
settings-result-not-run = 未检查
settings-result-running = 检查中
settings-result-passed = 正常
settings-result-no = 未完成
settings-result-failed = 未通过
settings-no-network = 请检查本机网络。
settings-no-clock = 请校准本机时钟。
settings-no-credentials = 请核对 AppID 和 AppSecret。
settings-no-service = { $mode ->
        [platform] 请小程序管理员在小程序后台“功能 › 订单与发货管理”中开通，平台不能代办。
       *[secret] 请在小程序后台“功能 › 订单与发货管理”中开通。
    }
settings-no-settlement = { $mode ->
        [platform] 请小程序管理员在小程序后台为所有商户号完成结算管理确认，平台不能代办。
       *[secret] 请在小程序后台为所有商户号完成结算管理确认。
    }
settings-no-couriers = 暂时使用内置列表。
settings-couriers-built-in = 正在使用内置列表。

settings-keys = 密钥存储
settings-keys-unknown = 尚未使用
    .detail = 保存或读取 AppSecret 时会打开本机的密钥存储。
settings-keys-available = 密钥保存安全
    .detail = AppSecret 已加密保存，加密的钥匙在本机的密钥存储里。
settings-keys-locked = 密钥存储已锁定
    .detail = AppSecret 只保留到程序退出。请解锁密钥存储（必要时重新登录系统），然后重试。
settings-keys-none = 本机没有密钥存储
    .detail = AppSecret 只保留到程序退出，绝不会不加密地写入磁盘。Linux 可安装 GNOME Keyring 或 KWallet。
settings-keys-retry = 重试
settings-team = 多台电脑
settings-team-off = 本机单独发货
    .detail = 有同事为同一账号发货时，请共用一个文件夹：每个订单发送前先在那里认领，不会从两台电脑发出。
settings-team-on = 每个订单发送前先认领
    .detail = 本机名 { $pc }。无法访问文件夹时不会发送。
settings-team-folder = 共享文件夹
settings-team-folder-note = 每台电脑用同一个文件夹，例如办公室文件服务器上的
settings-team-key = 团队密钥
settings-team-key-note = 每台电脑相同；与 AppSecret 一样保存，从不显示
settings-team-operator = 你的姓名
settings-team-operator-note = 同事会在你认领的订单旁看到
settings-team-save = 开启认领
settings-team-leave = 单独发货

settings-window = 窗口
settings-system = 跟随系统
settings-language = 语言
settings-theme = 主题
settings-light = 浅色
settings-dark = 深色
settings-zoom = 大小
settings-zoom-in = 放大
settings-zoom-out = 缩小
settings-zoom-reset = 100%
settings-hold = 文件发送前的等待时间
settings-hold-note = 其间可以全部撤回；设为 0 则改为发送前询问。
settings-seconds = 秒

settings-about = 关于
settings-version = 版本
settings-folder = 数据文件夹
settings-private = 无需注册，不收集统计：您的数据只在本机和微信。
settings-font-licence = 字体：Noto Sans SC（SIL Open Font License 1.1）

settings-columns = 记住的列用途
settings-columns-note = 表头与此相同的文件，都按所选用途读取。在导入页的“各列用途”中修改。
settings-columns-none = 还没有。在导入页选择各列用途后，会记在这里。
settings-columns-name = 名称：{ $headings }
settings-columns-name-hint = 取个名称，例如仓库名
settings-columns-forget = 忘记
settings-columns-forget-name = 忘记：{ $headings }

settings-watch = 监视文件夹
settings-watch-off = 没有监视文件夹
    .detail = 仓库或 ERP 放进文件夹的文件，可以自动列在“导入发货”页。
settings-watch-on = 收到的文件会列在“导入发货”页
    .detail = 不会自动发送。
settings-watch-folder = 接收文件的文件夹
settings-watch-note = 里面已有的文件不会列出。网络文件夹和网盘文件夹也可以。
settings-watch-save = 开始监视
settings-watch-choose = 选择文件夹…
settings-watch-end = 停止监视

settings-taught = 快递公司的写法
settings-taught-note = 同事教过的写法：文件里出现时，按这里的快递公司处理。
settings-taught-none = 还没有。文件里的快递公司无法识别时，请在该行的详情里选择，并让它记住。
settings-taught-courier = { $spelling } 对应的快递公司
settings-taught-forget = 忘记
settings-taught-forget-name = 忘记 { $spelling }
settings-taught-off = 不使用：微信的列表里没有这家

settings-notifications = 桌面通知
settings-notifications-on = 窗口不在前面时，用系统通知提醒
settings-notifications-note = 订单超过 36 或 48 小时、文件处理完毕、需要您决定、账号停用时，各提醒一次。通知里没有姓名、电话和单号。

## 数据

settings-data = 数据
settings-keep = 个人信息保留时间
settings-keep-note = 到期后，已结束订单的记录、商品信息、打码的电话、微信的回复和推送消息会从本机删除，只留下防止重复发货的标记。待处理的订单不会删除。
settings-keep-days = { $days } 天
settings-keep-forever = 一直保留
settings-data-export = 导出全部数据…
settings-data-export-name = 发货台全部数据.zip
settings-data-delete = 立即删除旧数据…
settings-data-deleting = 正在删除旧数据
settings-data-last = 上次清理：{ $at }
settings-delete-title = 删除 { $days } 天前的数据？
settings-delete-body = 这些订单的记录会从本机的数据文件和备份中彻底删除，不能恢复。已发出的订单不会因此再次发出，微信上的内容不变。
settings-delete-first = 需要留底的话，请先导出全部数据。
settings-delete-yes = 删除
settings-delete-no = 保留
