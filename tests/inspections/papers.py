"""A signed visit for tests of what follows it: answered, signed, with the readings of earlier years."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from accounts.actors import Actor
from inspections import services
from inspections.models import SignOff

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
GOOD = (
    ("temp", {"reading": "24.8"}),
    ("hum", {"reading": "45"}),
    ("dust", {"result": "passed"}),
    ("light", {"result": "passed"}),
    ("fan", {"choice": "good"}),
    ("front", {"result": "not-applicable"}),
)


def finish(visit, by, now=NOW, *, seen="", manner="typed", signer="Zhao Min", **values):
    """The customer signs on the engineer's phone."""
    signature = services.Signature(manner, signer, **values)
    return services.finish(inspection=visit, signature=signature, by=Actor(by), now=now, seen=seen)


def sign(visit, engineer, at, **values):
    """As the sign-off leaves it; the words of the visit stay as they are."""
    shown = {"visit": visit.ticket.reference}
    given = {"manner": "drawn", "signer": "Grace Lam", "strokes": [[[0.1, 0.8], [0.4, 0.2], [0.9, 0.6]]], **values}
    digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
    return SignOff.objects.create(inspection=visit, signed_at=at, by=engineer, shown=shown, digest=digest, **given)


def answer_all(visit, engineer, at, temp="24", hum="45"):
    sheet = visit.sheets.first()
    answers = {
        "temp": {"reading": temp},
        "hum": {"reading": hum},
        "dust": {"result": "passed"},
        "light": {"result": "failed", "finding": "Amber since noon.", "outcome": "watch"},
        "fan": {"choice": "good"},
    }
    entries = [services.Entry(uuid.uuid4(), sheet.pk, item, at, values) for item, values in answers.items()]
    taken, _visit = services.take(inspection=visit, entries=entries, by=Actor(engineer), now=at)
    assert all(one.is_kept for one in taken), taken


def signed_visit(report, unit, version, engineer, at, **readings):
    """One visit of the unit that day, from the ticket to the signature."""
    place = {"site": unit.site, "organisation": unit.site.organisation}
    ticket = report(kind="inspection", title="Yearly check", equipment=unit, at=at, now=at, **place)
    visit = services.begin(ticket=ticket, version=version, by=Actor(engineer), now=at)
    answer_all(visit, engineer, at, **readings)
    sign(visit, engineer, at + timedelta(hours=2))
    visit.refresh_from_db()
    return visit


def years_of(report, unit, version, engineer, last, temps):
    """A visit a year up to that instant, with those air temperatures; the last one is given back."""
    first = len(temps) - 1
    visits = [
        signed_visit(report, unit, version, engineer, last - YEAR * (first - i), temp=temp)
        for i, temp in enumerate(temps)
    ]
    return SimpleNamespace(last=visits[-1], visits=visits)


def made(row):
    """A file for an edition, without the process that sets one."""
    return services.Made(b"%PDF-1.7 made", {"blocks": []}, services.words_of(row))
