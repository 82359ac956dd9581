# 无人值守与数据：日志、补全、手册、文件夹、保留时间。

cli-about-data = 个人信息保留多久、立即删除、导出全部数据
cli-about-data-show = 显示此账号的个人信息保留多久
cli-about-data-keep = 设置保留天数（30 到 3650，0 为一直保留，默认 180）；更早的在启动时和每天自动删除
cli-about-data-purge = 立即删除多少天以前结束的数据
cli-about-data-export = 把全部记录写入一个 ZIP 文件，不含密钥
cli-about-completions = 输出命令行补全脚本，放置位置见手册
cli-about-man = 输出手册（groff 格式），或为每条命令各写一页
cli-arg-log_level = 数据文件夹中日志的详细程度：off、error、warn、info、debug、trace（默认 info，或取 FAHUO_LOG）
cli-arg-shell = 所用的 shell：bash、zsh、fish、powershell
cli-arg-into = 把全部页面写入这个文件夹
cli-arg-days = 天数，0 为一直保留
cli-arg-older_than = 结束于多少天以前的数据
cli-arg-move_finished = 处理完毕的文件移到这个文件夹
cli-folder-unreadable = 无法读取文件夹 { $name }：{ $why }。没有发送任何内容。请检查名称和权限。
cli-folder-empty = { $name } 里没有发货文件。
cli-moved = { $name } 已处理完毕，移到了 { $to }。
cli-not-moved = { $name } 已处理完毕，但无法移动：{ $why }。里面的内容不会再次发送，请手动移走。
cli-nothing-deleted = 没有删除任何数据。
cli-secret-file = 无法使用 FAHUO_APP_SECRET_FILE 指定的文件 { $name }：{ $why }。没有发送任何内容。请检查路径，文件第一行应为 AppSecret。
cli-secret-file-open = 文件 { $name } 里有 AppSecret，但其他用户也能读取。没有发送任何内容。请运行 chmod 600 { $name }。
cli-secret-twice = FAHUO_APP_SECRET 和 FAHUO_APP_SECRET_FILE 只能设置一个。没有发送任何内容。
