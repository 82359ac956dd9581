# 单个订单。

detail-title = 订单详情
