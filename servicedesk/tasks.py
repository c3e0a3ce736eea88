"""Celery's way to papers: a loop around making them. The rows say what waits; a lost message loses nothing."""

from celery import shared_task
from django.utils import timezone

from servicedesk import papers

MOST = 3  # each within its minute, all within the time of a task


@shared_task(name="servicedesk.tasks.make_papers")
def make_papers() -> int:
    """Makes the papers that somebody asked for; returns how many it had in hand."""
    made = 0
    while made < MOST and papers.make_asked(now=timezone.now()):
        made += 1
    return made
