"""The relay and the mail worker in one call, for tests outside `tests/notifications`."""

from datetime import UTC, datetime

from notifications import services


def send_waiting() -> None:
    now = datetime.now(UTC)
    for pk in services.hand_over(now=now):
        services.deliver(pk=pk, now=now)
