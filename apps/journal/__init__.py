"""What was commanded and what must follow: the command log, audit trail, outbox, approvals and `edge.run`.

Holds no business rule; it makes each operation happen once.
"""
