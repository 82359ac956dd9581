# The shipping form.

ship-title = Ship
