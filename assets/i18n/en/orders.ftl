# The list of orders.

orders-title = Orders
