"""Every address of the product, visited by a customer of another organisation and by nobody at all.

A new address is covered the day it is added: an unknown argument fails the sweep until it gets a value here.
"""

import re
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver

from accounts.actors import Actor
from inspections.models import Analysis, Checklist, Inspection, Plan, Report, Sheet
from jobs.models import Job, Period, Step
from tests.inspections import papers
from tickets import follow, services
from tickets.models import PendingFile, RecentAction, ReportDraft, Ticket, WaitingReply

# Under which name an argument has its real value. A signed link is a right to its own pages: those get the other kind.
REAL = (
    ("report/", "key", "pending"),
    ("portal/", "draft", "message"),
    ("tickets/bulk/", "action", "press"),
    ("tickets/", "token", "waiting"),
    ("portal/survey/", "token", "follow"),
    ("", "token", "asked"),
    ("inspections/plans/of/", "pk", "contract"),
    ("inspections/plans/", "pk", "plan"),
    ("api/v1/inspection-plans/", "pk", "plan"),
    ("inspections/analyses/", "pk", "analysis"),
    ("api/v1/system-analyses/", "pk", "analysis"),
    ("inspections/readings/units/", "pk", "unit"),
    ("inspections/visits/", "reference", "visit"),
    ("api/v1/inspections/", "reference", "visit"),
    ("api/v1/inspections/", "number", "visit"),
    ("jobs/periods/", "pk", "period"),
    ("jobs/promised/", "pk", "contract"),
    ("jobs/", "number", "job"),
    ("api/v1/jobs/", "number", "job"),
)
OF_VISITS = ("inspections", "jobs", "api/v1/inspection", "api/v1/system-", "api/v1/jobs", "api/v1/periods")
PRESS = uuid.UUID(int=7731)
CANARY, ASKED = "kanarienvogel-7731", "kanarienvogel"
PUBLIC = {"", "healthz", "readyz", "livez", "accessibility/", "privacy/", "report/", "jsi18n/", "language/setlang/"}
PUBLIC |= {"api/v1/schema/", "api/v1/docs/", "inspections/visits/worker.js"}
PUBLIC_PREFIXES = ("account/", "report/", "portal/follow/", "portal/survey/", "language/", "design/")
NOT_OURS = ("admin/", "account/", "static/")
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# Codes of published lists and schemes are no secret of an organisation.
SHARED = ("api/v1/schemes/", "api/v1/calendars/", "schemes/")
pytestmark = pytest.mark.django_db


def addresses(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif "^" not in route and not route.startswith(NOT_OURS):
            yield route


ROUTES = sorted(set(addresses(get_resolver().url_patterns)))
WITH_OBJECT = [route for route in ROUTES if ARGUMENT.search(route) and not route.startswith(SHARED)]


def by_area(routes):
    """Each test walks the addresses of one area: what lies behind them costs more to make than to ask for."""
    depth = {"api": 3, "settings": 2}
    areas = {route: "/".join(route.split("/")[: depth.get(route.split("/")[0], 1)]) for route in routes}
    groups = [pytest.param([r for r in routes if areas[r] == area], id=area) for area in sorted(set(areas.values()))]
    return pytest.mark.parametrize("routes", groups)


def unhurried(things):
    """Nobody follows all signed links within a minute: that refusal would hide what lies behind the others."""
    for thing in things:
        cache.clear()
        yield thing


@pytest.fixture
def secret(request, acme, report, agent, alice, carol):
    """A ticket of acme with the canary in all its texts; its parts by the names that addresses use."""
    for row, field in ((acme.organisation, "name"), (acme.hq, "name"), (acme.unit, "place"), (acme.contract, "name")):
        setattr(row, field, f"{CANARY} {field}")
        row.save()
    contact = services.Contact(name=CANARY, phone=CANARY)
    ticket = report(title=CANARY, description=CANARY, equipment=acme.unit, reporter=alice, contact=contact)
    now, by = datetime.now(UTC), Actor(agent)
    services.reply(ticket=ticket, body=CANARY, by=by, now=now)
    services.note(ticket=ticket, body=CANARY, by=by, now=now)
    upload = SimpleUploadedFile("file.txt", CANARY.encode())
    [attachment] = services.attach(ticket=ticket, uploads=[upload], by=by, now=now)
    other = report(title=CANARY)
    services.link(ticket=ticket, target=other, kind="related", by=by, now=now)
    return SimpleNamespace(
        number=ticket.reference,
        reference=ticket.reference,
        **begun(ticket, by, alice, now),
        **(promised(acme, report, agent, now) if asks_for_visits(request) else {}),
        target=other.reference,
        key=attachment.key,
        kind="related",
        email=agent.email,
        code=acme.hq.code,
        serial_number=acme.unit.serial_number,
        pk=1,
        answer="yes",
        step="1",
        part="stream",
        event="resolved",
        type="resolved",
        level="1",
        section="round",
        item="reachable",
        checklist="daily-server-round",
        edition=1,
        photo=uuid.UUID(int=932),
    )


def asks_for_visits(request):
    """They cost more than all the rest; only the addresses that lead to them have them."""
    return getattr(request.node, "callspec", None) and any(
        route.startswith(OF_VISITS) for route in request.node.callspec.params.get("routes", ())
    )


def promised(acme, report, agent, now):
    """A plan with a signed visit and its report, an analysis, planned work and an important period, all of acme-hq."""
    today, checklist = now.date(), Checklist.objects.get(code="daily-server-round")
    days = {"begins_on": today, "last_on": today}
    plan = Plan.objects.create(
        contract=acme.contract, site=acme.hq, unit=acme.unit, checklist=checklist, begins_on=today, made_on=today
    )
    visited = report(kind="inspection", title=CANARY, equipment=acme.unit)
    row = Inspection.objects.create(ticket=visited, plan=plan, key="2026-01-01", begun_at=now, summary=CANARY)
    row.opens_on = row.closes_on = today
    row.save()
    Sheet.objects.create(inspection=row, version=checklist.versions.first(), unit=acme.unit)
    papers.sign(row, agent, now, signer=CANARY)
    sent = {"summary": CANARY, "document": {"blocks": [["text", CANARY]]}, "sent_at": now, "sent_by": agent}
    Report.objects.create(inspection=row, key=uuid.uuid4(), **sent)
    analysis = Analysis.objects.create(contract=acme.contract, begins_on=today, ends_on=today, key=uuid.uuid4(), **sent)
    work = report(kind="job", title=CANARY)
    job = Job.objects.create(ticket=work, kind="delivery", contract=acme.contract, **days)
    Step.objects.create(job=job, code="arrival", position=1, due_on=today, values={"inside": CANARY})
    period = Period.objects.create(organisation=acme.organisation, site=acme.hq, name=CANARY, **days)
    return {
        "plan": plan.pk,
        "visit": visited.reference,
        "analysis": analysis.pk,
        "unit": acme.unit.pk,
        "contract": acme.contract.pk,
        "job": work.reference,
        "period": period.pk,
    }


def begun(ticket, by, customer, now):
    """What colleague and customer have in hand, by the names that addresses use."""
    with services.remembered(by=by, now=now, said=CANARY):
        services.assign(ticket=ticket, assignee=by.user, by=by, now=now)
    waiting = uuid.uuid5(PRESS, str(ticket.pk))
    services.send(ticket=ticket, body=CANARY, by=by, now=now, wait=timedelta(hours=1), token=waiting)
    return {
        "draft": draft_of(customer, None, now),
        "message": draft_of(customer, ticket, now),
        "pending": PendingFile.objects.get(draft__ticket=None).key,
        "action": RecentAction.objects.get().key,
        "press": PRESS,
        "waiting": waiting,
        "follow": follow.token(ticket.pk),
        "asked": follow.survey_token(ticket.pk, customer.pk),
    }


def draft_of(person, ticket, now):
    """What somebody is writing at this moment, with a file."""
    answers = {"description": CANARY, "body": CANARY, "unit": "none", "thing": CANARY, "access": CANARY}
    row = services.keep_draft(
        draft=uuid.uuid4(), token=uuid.uuid4(), answers=answers, user=person, ticket=ticket, now=now
    )
    services.keep_pending(draft=row, upload=SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode()), now=now)
    return row.pk


def filled(route, values):
    """The address with its arguments; an organisation's code is not a site's."""

    def value(match):
        name = match["name"]
        if name == "code" and "organisations/" in route:
            return "acme" if values.code != "no-such" else values.code
        if name == "code" and "checklists/" in route:
            return "daily-server-round" if values.code != "no-such" else values.code
        name = next((named for start, asked, named in REAL if (asked == name and route.startswith(start))), name)
        if name == "code" and route.startswith(SHARED):
            return "24x7" if "calendars" in route else "infrastructure"
        return str(getattr(values, name))

    return "/" + ARGUMENT.sub(value, route)


def missing_of(values):
    """The same kinds of names, of things that do not exist."""
    nowhere = {"number": "SD-99999999", "reference": "SD-99999999", "target": "SD-99999998"}
    nowhere |= {name: uuid.uuid4() for name in ("key", "draft", "message", "pending", "action", "press", "waiting")}
    nowhere |= dict.fromkeys(("plan", "analysis", "unit", "contract", "period"), 10**9)
    nowhere |= {
        "visit": "SD-99999997",
        "job": "SD-99999996",
        "code": "no-such",
        "serial_number": "NO-SUCH",
        "pk": 10**9,
        "follow": "no-token",
        "asked": "no-token",
    }
    return SimpleNamespace(**{**vars(values), **nowhere})


def where(answer, values):
    """Where it sends the browser, with the number left out: both may be sent to the portal, which then says 404."""
    location = answer.headers.get("Location", "")
    for named in ("number", "visit", "job"):
        location = location.replace(str(getattr(values, named, values.number)), "")
    return location


@by_area(WITH_OBJECT)
def test_stranger_finds_nothing_behind_an_address_of_another_organisation(client, secret, carol, routes):
    client.force_login(carol)
    nowhere = missing_of(secret)
    for route, method in unhurried(product(routes, ("get", "post", "patch", "delete"))):
        send = partial(getattr(client, method), data={}, content_type="application/json")
        answer, missing = send(filled(route, secret)), send(filled(route, nowhere))
        assert answer.status_code in {302, 403, 404, 405}, (method, route)
        assert CANARY not in answer.content.decode(errors="replace"), (method, route)
        same = (missing.status_code, where(missing, nowhere))
        assert (answer.status_code, where(answer, secret)) == same, (method, route)


@by_area([route for route in ROUTES if route not in WITH_OBJECT])
def test_stranger_reads_nothing_of_another_organisation_on_any_page(client, secret, carol, routes):
    client.force_login(carol)
    for route, query in unhurried(product(routes, ("", "?q=" + ASKED, "?organisation=acme"))):
        answer = client.get(filled(route, secret) + query)
        assert answer.status_code < 500, route
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert CANARY.encode() not in body, route


@by_area(ROUTES)
def test_nobody_is_asked_to_sign_in_or_told_that_there_is_nothing(client, secret, routes):
    for route in unhurried(routes):
        client.cookies.clear()
        answer = client.get(filled(route, secret))
        if route in PUBLIC or route.startswith(PUBLIC_PREFIXES):
            assert answer.status_code < 500, route
        else:
            assert answer.status_code in {302, 401, 403, 404, 405}, route
        assert CANARY not in (b"" if answer.streaming else answer.content).decode(errors="replace"), route
        if answer.status_code == 302:
            assert answer["Location"].startswith(("/account/sign-in/", "/")), route


@by_area([route for route in WITH_OBJECT if "organisations/" not in route])
def test_colleague_of_another_site_finds_nothing_either(client, secret, bob, routes):
    """He belongs to the organisation, only not to the site."""
    client.force_login(bob)
    for route in unhurried(routes):
        answer = client.get(filled(route, secret), follow=True)
        home = [address for address, _ in answer.redirect_chain]  # staff pages send every customer home
        assert answer.status_code in {403, 404, 405} or home[:1] in (["/portal/"], ["/report/"]), route
        assert answer.status_code != 200 or secret.number not in answer.content.decode(), route


WRITTEN = [route for route in WITH_OBJECT if re.search(r":(draft|action|token)>", route)]


@pytest.mark.parametrize("person", ["carol", "bob", "lead", None])
def test_nobody_else_changes_or_takes_what_somebody_is_writing(client, secret, request, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    words = {"description": "x", "body": "x", "name": "x", "remove": str(secret.pending), "nonce": str(secret.message)}
    tries = (words, words | {"save": "1"}, {"uploads": SimpleUploadedFile("x.txt", b"x")}, {"discard": "1"})
    for route, data in unhurried(product(WRITTEN, tries)):
        answer = client.post(filled(route, secret), data)
        assert answer.status_code in {302, 401, 403, 404, 405}, route
        assert CANARY not in answer.content.decode(errors="replace")
    kept = ReportDraft.objects.filter(answers__description=CANARY)
    assert {(row.pk, row.files.count()) for row in kept} == {(secret.draft, 1), (secret.message, 1)}
    assert WaitingReply.objects.get().token == secret.waiting
    ticket = Ticket.objects.get(number=secret.number.removeprefix("SD-"))
    assert ticket.assignee.email == secret.email
