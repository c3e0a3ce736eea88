"""Signed visits of two years on the demo desk, and the reports of the latest: one acknowledged, one sent.

The readings move, so that trends have something to say.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from accounts.actors import Actor
from accounts.models import User
from customers.models import Contract, Equipment
from inspections import facts, services
from inspections.models import Inspection, Report
from notifications import services as notifications
from servicedesk.demo import pictures, places, visits
from servicedesk.papers import make_analysis, make_report
from tickets import services as tickets

DAYS_AGO = (640, 460, 280, 100, 12)
STEADY = {"humidity": ("47", "52", "49", "45", "51"), "supply-voltage": ("231", "229", "232", "230", "231")}
PLATFORM_READINGS: Mapping[str, tuple[str, ...]] = {
    **STEADY,
    "room-temperature": ("22.1", "22.8", "23.6", "24.9", "25.4"),
    "inlet-temperature": ("23.0", "24.1", "25.2", "26.3", "27.6"),
    "controller-battery": ("99", "98", "96", "94", "92"),
}
CHINESE_READINGS: Mapping[str, tuple[str, ...]] = {
    **STEADY,
    "room-temperature": ("23.5", "23.1", "23.8", "23.3", "23.6"),
    "inlet-temperature": ("24.0", "24.3", "23.9", "24.2", "24.1"),
    "controller-battery": ("100", "98", "97", "95", "93"),
}
HOT = {
    "reading": "27.6",
    "finding": "The air conditioner blows to the wrong side. We turned the grille.",
    "outcome": "cured",
}


def create(people: Mapping[str, User], now: datetime) -> None:
    unit = Equipment.objects.select_related("site__organisation", "product").get(serial_number=places.PLATFORM[1])
    last = _years(unit, PLATFORM_READINGS, people, now)
    report = _report(
        last,
        people,
        now - timedelta(days=11),
        summary="The platform does its work. The room grows warmer every half year: look at the cooling before summer.",
        upgrade="Firmware 8.2 mends the slow rebuild of disks. It takes one hour at night.",
        replace="The battery of the controller, before it falls below 90 %.",
        train="Half a day for two people of the night shift.",
    )
    customer = people["alice"]
    services.answer_report(report=report, by=Actor(customer), now=now - timedelta(days=9))
    services.answer_report(
        report=report,
        comment="We have asked for an offer for the cooling.",
        by=Actor(customer),
        now=now - timedelta(days=9),
    )
    _close(last, people, now - timedelta(days=9))
    chinese = Equipment.objects.select_related("site__organisation", "product").filter(site__code="cathay-1").first()
    if chinese is not None:
        _report(
            _years(chinese, CHINESE_READINGS, people, now),
            people,
            now - timedelta(days=10),
            summary="系统运行正常。控制器电池容量逐次下降，建议在明年更换。",
            replace="控制器电池。",
        )
    _analysis(people, now)


def _years(
    unit: Equipment, readings: Mapping[str, tuple[str, ...]], people: Mapping[str, User], now: datetime
) -> Inspection:
    for number, days in enumerate(DAYS_AGO):
        of_visit = {item: values[number] for item, values in readings.items()}
        last = _visit(unit, of_visit, people, now - timedelta(days=days))
        if number + 1 < len(DAYS_AGO):
            _close(last, people, now - timedelta(days=days) + timedelta(hours=4))
    return last


def _visit(unit: Equipment, readings: Mapping[str, str], people: Mapping[str, User], at: datetime) -> Inspection:
    """Walked and signed on its day; what was too hot is cured on the spot."""
    is_chinese = unit.site.organisation.language == "zh-hans"
    signer, note = ("赵敏", "无异常。") if is_chinese else ("Grace Lam", "Nothing to note.")
    answers = dict(visits.well(readings, note))
    photos: visits.Photos = ()
    if readings["inlet-temperature"] == HOT["reading"]:
        answers["inlet-temperature"] = HOT
        photos = (("thermometer.png", partial(pictures.thermometer, HOT["reading"])),)
    signature = services.Signature("typed", signer, language="zh-hans" if is_chinese else "en")
    return visits.walked(unit, list(answers.items()), signature, people, at, {"attended": signer}, photos)


def _close(row: Inspection, people: Mapping[str, User], at: datetime) -> None:
    """With a report handed over on paper, where none was sent."""
    by = Actor(people["engineer"])
    if not row.ticket.events.filter(type="report_sent").exists():
        tickets.record(ticket=row.ticket, type="report_sent", by=by, at=at, now=at)
    tickets.record(ticket=row.ticket, type="closed", by=Actor(people["lead"]), at=at, now=at)


def _report(row: Inspection, people: Mapping[str, User], at: datetime, **words: str) -> Report:
    """Made and sent."""
    by = Actor(people["engineer"])
    row = facts.of_ticket(row.ticket) or row
    report = services.begin_report(inspection=row, by=by)
    report.inspection = row
    report = services.write_report(report=report, words=words, by=by)
    report.inspection = row
    make_report(report, by=people["engineer"], now=at)
    return services.send_report(report=report, by=by, now=at)


def _analysis(people: Mapping[str, User], now: datetime) -> None:
    """Of the last half year, sent: Grace hears of it, who sees the whole contract."""
    contract, by = Contract.objects.get(number="ACM-24-018"), Actor(people["engineer"])
    first = (now - timedelta(days=183)).date()
    row = services.begin_analysis(contract=contract, begins_on=first, ends_on=now.date(), by=by)
    words = {"summary": "A quiet half year. The warm room is what to look at.", "upgrade": "Cooling of the room."}
    row = services.write_analysis(analysis=row, words=words, by=by)
    make_analysis(row, by=people["engineer"], now=now)
    row = services.send_analysis(analysis=row, by=by, now=now)
    notifications.remember_analysis(analysis=row, now=now)
