"""The pages of the fault form: equipment, fault, check, sent. Each step saves and redirects, so that Back works."""

import uuid
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from common.errors import Invalid
from customers.querysets import bare
from notifications.reports import outbox
from servicedesk import wording
from servicedesk.screens import errors, unsent, uploading
from servicedesk.screens.clients import address_of
from servicedesk.screens.portal import case as portal_case
from servicedesk.screens.portal import clocks as portal_clocks
from servicedesk.screens.portal import journey
from servicedesk.screens.report import drafts, lost, places, promises, sending
from servicedesk.screens.report.drafts import NOT_LISTED, Draft
from servicedesk.screens.report.forms import ContactForm, FaultForm, GuestUnitForm, UnitForm
from sla import reports
from tickets import follow, services

STEPS = 3
LONGEST = unsent.LONGEST  # more of a refused text is not kept
CHANGES = {
    "equipment": "/report/?draft=%(draft)s",
    **{name: f"/report/%(draft)s/fault/#id_{name}" for name in ("level", "description", "uploads")},
}
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@never_cache
def equipment(request: HttpRequest) -> HttpResponse:
    """Step 1. The draft's address is made with the page; nothing is kept before the first answer."""
    given = request.POST.get("draft") or request.GET.get("draft") or ""
    draft_id = given if _is_uuid(given) else str(uuid.uuid4())
    if request.method == "POST" and "discard" in request.POST:
        drafts.discard(request, draft_id)
        return redirect("report")
    draft = drafts.load(request, draft_id) or drafts.begin(request, draft_id)
    if sending.is_over(draft):
        return redirect("report")
    user = person(request)
    if user is None:
        if "unit" in request.POST:  # chosen from the list of somebody whose session is over
            return unsent.sign_in(request, (), back=reverse("report"))
        return _guest_equipment(request, draft)
    if "thing" in request.POST and "unit" not in request.POST:
        return lost.unplaced(request, draft)
    return _own_equipment(request, draft, user)


def _guest_equipment(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = GuestUnitForm(request.POST or None, initial={"thing": draft.thing, "place": draft.place})
    if request.method == "POST" and form.is_valid():
        return _go_on(request, draft.updated({**form.cleaned_data, "unit": "", "site": ""}), "report_fault")
    return _render(request, "equipment_guest", {"form": form, "draft": draft, "begun": _begun(request)}, form)


def _own_equipment(request: HttpRequest, draft: Draft, user: User) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    chosen = request.POST.get("unit", draft.unit)[:20]
    units = places.units(user, query, is_whole="all" in request.GET or bool(request.POST), chosen=chosen)
    if query and len(units.choices) == 1 and bare(units.choices[0].serial_number) == bare(query):
        chosen = units.choices[0].value  # a scanned label says which one it is
    form = UnitForm(request.POST or None, units=[choice.value for choice in units.choices])
    if request.method == "POST" and form.is_valid():
        changes = {"unit": form.cleaned_data["unit"]}
        if changes["unit"] != NOT_LISTED:
            changes |= {"thing": "", "site": ""}
        return _go_on(request, draft.updated(changes), "report_fault")
    context = {"form": form, "draft": draft, "units": units, "chosen": chosen, "query": query, "not_listed": NOT_LISTED}
    return _render(request, "equipment", context | {"begun": _begun(request), "now": timezone.now()}, form)


def _begun(request: HttpRequest) -> Draft | None:
    """Offered where somebody starts anew; who searches or goes back has his draft in hand."""
    return drafts.unfinished(request) if request.method == "GET" and not request.GET else None


@form_page
@never_cache
def fault(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Step 2. Files are kept as soon as they come; one that cannot be kept never costs the text."""
    found = drafts.load(request, str(draft))
    user = person(request)
    if found is None:
        return lost.closed(request, draft)
    if user is not None and not found.unit:
        return lost.unplaced(request, found)
    if sending.is_over(found):
        return redirect("report_check", found.id)
    now = timezone.now()
    where = places.where(user, found)
    offer = promises.offer(where, user, now)
    form = _fault_form(request, found, user, where, offer)
    if request.method == "POST":
        answer = _take_fault(request, found, form, user)
        if answer is not None:
            return answer
        found = drafts.load(request, str(draft)) or found
    chosen = form.data.get("level", "") if form.is_bound else found.level
    context = {"form": form, "draft": found, "where": where, "offer": offer, "chosen": chosen, "now": now}
    may_add = where.open_fault is not None and user is not None and not user.is_staff_member
    context |= {"working_hours": promises.working_hours(offer), "may_add": may_add}
    return _render(request, "fault", context | sizes(found), form)


def _fault_form(
    request: HttpRequest, draft: Draft, user: User | None, where: places.Where, offer: promises.Offer
) -> FaultForm:
    is_listed = where.unit is not None
    sites = places.sites(user) if user is not None and not is_listed else []
    return FaultForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={name: getattr(draft, name) for name in ("thing", "site", "level", "description")},
        levels=[(level.code, level.name) for level in offer.levels],
        sites=[(str(site.pk), site.name) for site in sites],
        asks_thing=user is not None and not is_listed,
    )


def _take_fault(request: HttpRequest, draft: Draft, form: FaultForm, user: User | None) -> HttpResponse | None:
    """What was typed is kept whether it is complete or not. None: show the form again."""
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in ("thing", "site", "level", "description")}
    draft = draft.updated({name: value for name, value in typed.items() if name in form.fields})
    draft = drafts.save(request, draft, timezone.now())
    if "save" in request.POST:  # the script, while somebody types
        return HttpResponse(status=204)
    removed = request.POST.get("remove")
    assert draft.row is not None
    if removed:
        uploading.drop(draft.row, removed)
        return redirect("report_fault", draft.id)
    is_valid = form.is_valid()
    given = form.cleaned_data.get("uploads") or []
    wait = uploading.seconds_to_wait(request, len(given))
    if wait:
        return errors.too_many_requests(request, wait)
    refused, failed = uploading.keep_all(draft.row, given, timezone.now())
    for refusal in (*refused, *failed):
        form.add_error("uploads", refusal)
    if "add" in request.POST and not form.errors.get("uploads"):
        return redirect("report_add", draft.id)
    return redirect("report_check", draft.id) if is_valid and not form.errors else None


@form_page
@never_cache
def check(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Step 3, and the sending. A second press of the same form leads to the same confirmation."""
    found = drafts.load(request, str(draft))
    user = person(request)
    if found is None:
        return lost.closed(request, draft)
    if user is not None and not found.unit:
        return lost.unplaced(request, found)
    if found.added_to:
        return lost.start(None)
    if sending.find(found) is not None:
        return redirect("report_sent", found.id)
    now = timezone.now()
    where = places.where(user, found)
    offer = promises.offer(where, user, now)
    form = _contact_form(request, found, user, offer)
    if request.method == "POST":
        found = _keep_contact(request, found, form, now)
        if "save" in request.POST or "change" in request.POST:
            return _kept(request, found)
    if not found.description.strip() or (offer.levels and offer.level(found.level) is None):
        return redirect("report_fault", found.id)
    if request.method == "POST" and form.is_valid():
        found = drafts.save(request, found.updated(form.cleaned_data), now)
        if user is None:
            drafts.remember_contact(request.session, found)
        return _send(request, found, where, user, form, now) or _checked(request, form, found, where, offer, now)
    return _checked(request, form, found, where, offer, now)


def _keep_contact(request: HttpRequest, draft: Draft, form: ContactForm, now: datetime) -> Draft:
    """As typed, complete or not, so that going back to an earlier answer costs nothing."""
    typed = {name: request.POST[name][:LONGEST] for name in form.fields if name in request.POST and name != "website"}
    return drafts.save(request, draft.updated(typed), now)


def _kept(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Saved by the script while somebody types, or with the way to an earlier answer."""
    if "save" in request.POST:
        return HttpResponse(status=204)
    return redirect(CHANGES.get(request.POST["change"], CHANGES["equipment"]) % {"draft": draft.id})


def _contact_form(request: HttpRequest, draft: Draft, user: User | None, offer: promises.Offer) -> ContactForm:
    known = {name: getattr(draft, name) for name in ("name", "email", "organisation", "phone", "access")}
    if user is not None and not user.is_staff_member:
        known |= {"name": draft.name or user.name, "phone": draft.phone or sending.phone_of(user)}
    level = offer.level(draft.level)
    return ContactForm(
        request.POST if request.method == "POST" else None,
        initial=known,
        is_guest=user is None,
        is_gravest=bool(level and level.is_gravest),
    )


def _checked(
    request: HttpRequest, form: ContactForm, draft: Draft, where: places.Where, offer: promises.Offer, now: datetime
) -> HttpResponse:
    promised = promises.if_sent_now(offer, draft.level, now)
    context = {
        "form": form,
        "draft": draft,
        "where": where,
        "level": offer.level(draft.level),
        "promised": promised,
        "zone": wording.city(offer.zone),
    }
    return _render(request, "check", context, form)


def _send(
    request: HttpRequest, draft: Draft, where: places.Where, user: User | None, form: Form, now: datetime
) -> HttpResponse | None:
    try:
        outcome = sending.send(draft=draft, where=where, user=user, client=address_of(request), now=now)
    except Invalid as refusal:
        form.add_error(None, refusal.detail)
        return None
    if outcome.ticket is None:
        return errors.too_many_requests(request, outcome.wait)
    drafts.save(request, draft.updated({"warning": outcome.warning}), now)
    return redirect("report_sent", draft.id)


@require_safe
@never_cache
def sent(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    found = drafts.load(request, str(draft))
    ticket = sending.find(found) if found else None
    if found is None or ticket is None:
        return lost.closed(request, draft) if found is None else lost.start(found)
    now = timezone.now()
    log = services.read_logs([ticket])[ticket.pk]
    standing = reports.standing(ticket, now, log)
    zone = portal_case.zone_of(ticket)
    promised = portal_clocks.promises(standing.clocks, now)
    address = reverse("portal_follow", args=[follow.token(ticket.pk)])
    user = person(request)
    is_own = user is not None and type(ticket)._default_manager.visible_to(user).filter(pk=ticket.pk).exists()
    context = {
        "draft_id": found.id,
        "reference": ticket.reference,
        "steps": journey.steps(ticket.kind, log, promised, now, zone),
        "is_trouble": standing.trouble,
        "follow_address": address,
        "follow_link": request.build_absolute_uri(address),
        "own_address": reverse("portal_ticket", args=[ticket.number]) if is_own else "",
        "zone": wording.city(zone),
        "mailed": sending.confirmation(ticket) if outbox.settings_in_force().is_real else None,
        "site_zone": zone,
        "warning": found.warning,
    }
    return render(request, "screens/report/sent.html", context)


def _render(request: HttpRequest, page: str, context: dict[str, Any], form: Form) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render(request, f"screens/report/{page}.html", {**context, "of": STEPS}, status=status)


def _go_on(request: HttpRequest, draft: Draft, page: str) -> HttpResponse:
    drafts.save(request, draft, timezone.now())
    return redirect(page, draft.id)


def person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def sizes(draft: Draft) -> dict[str, Any]:
    known = uploading.sizes()
    words = _("Any kind of file, up to %(limit)d MB each. A photo of the serial plate helps.")
    return known | {
        "sizes": words % {"limit": known["limit_in_megabytes"]},
        "upload_address": reverse("report_files", args=[draft.id]),
    }


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
