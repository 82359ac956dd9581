# 设置与账号检查。

settings-title = 设置
