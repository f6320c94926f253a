"""Send without waiting for the next minute."""

from apps.core.broker import publish_on_commit

SEND = "apps.outbox.tasks.send_notifications"


def nudge_sender() -> None:
    """Once the transaction is through, wake the sender."""
    publish_on_commit(SEND)
