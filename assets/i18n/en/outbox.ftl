# The outbox: queued, being sent, unclear, for a person.

outbox-title = Outbox
