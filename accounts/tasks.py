"""What the beat wakes: forgetting what has had its time."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import services


@shared_task
def expire() -> None:
    """Kept answers after a day, sessions after their time."""
    services.forget_answers(now=timezone.now())
    call_command("clearsessions")
    services.forget_sessions()
