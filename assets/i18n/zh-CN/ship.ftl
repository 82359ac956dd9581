# 发货表单。

ship-title = 发货
