# 订单列表。

orders-title = 订单
