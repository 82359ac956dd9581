# One order.

detail-title = Order
