"""What mails about system analyses say, and whether they should still go. Writes and sends nothing."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from inspections import follow
from inspections.models import Analysis
from notifications.models import Delivery

SENT, COMMENTED = "analysis_sent", "analysis_commented"


def objection(delivery: Delivery) -> str:
    """Rights are asked at the moment of sending, as of tickets."""
    user, analysis = delivery.user, delivery.analysis
    if analysis is None or user is None or Analysis.objects.visible_to(user).filter(pk=analysis.pk).exists():
        return ""
    return "The person cannot see the analysis any more."


def context(delivery: Delivery) -> dict[str, Any]:
    analysis = delivery.analysis
    assert analysis is not None  # its caller looked
    contract = analysis.contract
    return {
        "contract": contract.name or contract.number,
        "number": contract.number,
        "customer": contract.organisation.name,
        "begins_on": analysis.begins_on,
        "ends_on": analysis.ends_on,
        "edition": analysis.number,
        "comment": analysis.comment,
        "commented_by": analysis.commented_by,
        "link": _link(delivery, analysis),
    }


def _link(delivery: Delivery, analysis: Analysis) -> str:
    """Who has no account reads it by a signed link that opens nothing else."""
    if delivery.user is None:
        path = reverse("analysis_by_link", args=[follow.token(analysis.pk)])
    else:
        path = reverse("analysis", args=[analysis.pk])
    return f"{settings.BASE_URL.rstrip('/')}{path}"
