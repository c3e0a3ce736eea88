"""Every component in every state, drawn from the partials, at /design/ while DEBUG is on.

For developers, to hold beside the design's pictures. Sample values only; reads no database.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
NOW = datetime(2026, 11, 17, 10, 24, tzinfo=HONG_KONG)


@dataclass(frozen=True)
class SampleClock:
    state: str = "running"
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    remaining_seconds: float = 0
    over_seconds: float = 0
    elapsed_seconds: float = 0
    used: float = 0.0
    is_wait: bool = False
    opens_at: datetime | None = None
    is_paused: bool = False


class SampleForm(forms.Form):
    serial = forms.CharField(label="Field with hint", help_text="What helps to answer", initial="ES3-7741-0926")
    time = forms.CharField(label="Field with error")
    level = forms.ChoiceField(
        label="How much still works?",
        choices=[("a", "It has stopped completely"), ("b", "It works, but with serious limits")],
        widget=forms.RadioSelect,
    )
    site = forms.ChoiceField(label="Site", choices=[("1", "Admiralty"), ("2", "Tsim Sha Tsui")])
    words = forms.CharField(label="Describe the fault", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photos = forms.FileField(label="Photos or files", required=False)
    agreed = forms.BooleanField(label="Count from now. From the first report, both would be late.", required=False)

    def clean_time(self) -> str:
        raise forms.ValidationError(_("Enter a time after 10:24"))


def running(minutes_left: float, used: float, elapsed: float = 0) -> SampleClock:
    due = NOW + timedelta(minutes=minutes_left)
    return SampleClock(due_at=due, remaining_seconds=minutes_left * 60, used=used, elapsed_seconds=elapsed * 60)


def sample_clocks() -> dict[str, SampleClock]:
    return {
        "calm": running(400, 0.3),
        "half": running(190, 0.6),
        "risk": running(22, 0.8),
        "near": running(4, 0.97),
        "late": SampleClock(state="missed", due_at=NOW - timedelta(minutes=42), over_seconds=42 * 60),
        "paused": SampleClock(state="paused", remaining_seconds=320 * 60),
        "waiting": SampleClock(due_at=NOW + timedelta(days=1), is_wait=True, opens_at=NOW.replace(hour=18)),
        "met": SampleClock(
            state="met",
            due_at=NOW - timedelta(hours=24, minutes=34),
            stopped_at=NOW - timedelta(hours=25, minutes=6),
            elapsed_seconds=28 * 60,
        ),
        "missed": SampleClock(state="missed_stopped", due_at=NOW - timedelta(hours=2), over_seconds=65 * 60),
        "replaced": SampleClock(state="replaced"),
        "void": SampleClock(state="void"),
    }


def sample_ledger() -> list[dict[str, Any]]:
    """The design's own sum: 12 working hours from Friday 17:50 to Tuesday 14:35, with a pause."""
    marks = ["13 17:50", "13 18:00", "16 09:00", "16 11:20", "16 14:05", "16 18:00", "17 09:00", "17 14:35"]
    kinds = ["counted", "closed", "counted", "paused", "counted", "closed", "counted"]
    instants = [datetime.strptime(f"2026-11-{mark}", "%Y-%m-%d %H:%M").replace(tzinfo=HONG_KONG) for mark in marks]
    return [
        {
            "start": start,
            "end": end,
            "kind": kind,
            "seconds": (end - start).total_seconds(),
            "why": "waiting for customer" if kind == "paused" else "",
        }
        for start, end, kind in zip(instants, instants[1:], kinds, strict=False)
    ]


def sample_context() -> dict[str, Any]:
    clocks = sample_clocks()
    bound = SampleForm({"serial": "ES3-7741-0926", "time": "09:10", "level": "b", "site": "1", "agreed": "on"})
    levels = [("A", 1, "stopped"), ("B", 2, "serious limits"), ("C", 3, "minor"), ("D", 4, "question")]
    return {
        "now": NOW,
        "clocks": clocks,
        "promises": [
            {"label": "Reply", "clock": clocks["met"], "detail": "due Mon 09:50"},
            {"label": "Arrival", "clock": running(11, 0.977), "detail": "7h 49m of 8h used"},
            {"label": "Restore", "clock": running(251, 0.65), "detail": "7h 49m of 12h used"},
            {"label": "Survey", "clock": None, "detail": ""},
        ],
        "levels": [SimpleNamespace(label=label, rank=rank, name=name) for label, rank, name in levels],
        "numbered": [SimpleNamespace(label=str(rank), rank=rank, name="") for rank in range(1, 5)],
        "stretches": sample_ledger(),
        "sample": bound,
        "sample_tags": ["power-supply", "停电"],
        "journey": [
            {"label": "Reported", "detail": "Fri 13 Nov, 17:50", "state": "done"},
            {"label": "We replied", "detail": "Mon 16 Nov, 09:18", "state": "done"},
            {"label": "Engineer on site", "detail": "today, by 10:35", "state": "now"},
            {"label": "Service restored", "detail": "today, by 14:35", "state": ""},
            {"label": "You confirm", "detail": "then we close the fault", "state": ""},
        ],
        "page_links": {"previous_address": "?page=1", "next_address": "?page=3"},
        "tongues": ["en", "zh-hans", "zh-hant", "th"],
        "earlier": [NOW - timedelta(minutes=22), NOW - timedelta(days=1), NOW + timedelta(days=1)],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    shell = request.GET.get("shell")
    if "toast" in request.GET:
        messages.success(request, "3 tickets assigned to Kit Lau", extra_tags="undo:/design/")
        messages.error(request, "The reply was not sent")
    template = "screens/gallery_app.html" if shell == "app" else "screens/gallery.html"
    with timezone.override(HONG_KONG), override(request.GET.get("language", "en")):
        return render(request, template, sample_context() | {"theme": request.GET.get("theme", "")})
