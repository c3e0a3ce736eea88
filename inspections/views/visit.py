"""The page of a visit, made for a phone: one section at a time, saved as a whole where there is no script.

Staff only: a customer gets the answer of a visit that does not exist until it is signed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policies import may, require
from accounts.views.access import actor
from common.errors import Illegal, Invalid, NotVisible
from common.whole_numbers import whole_number
from customers.models import Equipment
from inspections import facts, services
from inspections.forms.visits import ListForm, SheetForm, TakeBackForm, Typed, WordsForm, read_part, uuid_or_none
from inspections.models import Appointment, Checklist, ChecklistVersion, Inspection
from inspections.policies import TABLE
from inspections.views import offline
from inspections.views.visit_cards import AheadPage, Page, clashes_of, paths_of, phone_of
from tickets.api import numbers
from tickets.kinds import Kind
from tickets.models import Ticket

MOST_UNITS = 200
EARLY = timedelta(days=4)  # before it is planned: as far as visits are kept on a phone
WORK = "inspection.work"
View = Callable[..., HttpResponse]


def of_visit(view: View) -> View:
    """The view gets the ticket and its inspection, None while nothing was planned or begun."""

    @wraps(view)
    def guarded(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, User)  # login_required
        number = numbers.parse(reference)
        rows = Ticket.objects.with_people_and_places().select_related("reporter")
        ticket = rows.filter(number=number, kind=Kind.INSPECTION).first() if number is not None else None
        if ticket is None or not may(actor(request), "inspection.see_visits", TABLE):
            raise NotVisible(_("There is no such inspection."))
        return view(request, ticket, facts.of_ticket(ticket), *args, **kwargs)

    return never_cache(login_required(guarded))


def act(view: View) -> View:
    """A form of the page of a visit that has begun; its address, read again, gives the page."""

    @of_visit
    @wraps(view)
    def answered(
        request: HttpRequest, ticket: Ticket, inspection: Inspection | None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST" or inspection is None or inspection.begun_at is None:
            return redirect("visit", ticket.reference)
        require(actor(request), WORK, TABLE)
        try:
            return view(request, inspection, *args, **kwargs)
        except Illegal as refusal:
            messages.error(request, refusal.detail)
            return redirect("visit", ticket.reference)

    return answered


@require_safe
@of_visit
def visit(request: HttpRequest, ticket: Ticket, inspection: Inspection | None) -> HttpResponse:
    if inspection is None or inspection.begun_at is None:
        return cover(request, ticket, inspection)
    return shown(request, Page(facts.load(inspection, get_language() or ""), request.GET.get("part", "")))


def cover(
    request: HttpRequest,
    ticket: Ticket,
    inspection: Inspection | None,
    form: ListForm | None = None,
    *,
    is_unsure: bool = False,
) -> HttpResponse:
    """Before the visit begins: where, what, and the button that begins it; with all that a phone needs to begin it
    without signal. `is_unsure`: it was pressed days too early, and nobody said that this is meant.
    """
    row = inspection or Inspection(ticket=ticket)
    version = services.version_of(row)
    versions = [version] if version else usable_lists()
    planned_at = planned(ticket)
    context = {
        "version": version,
        "unit": unit_of(row),
        "form": form or (None if version else ListForm(versions=versions)),
        "planned_at": planned_at,
        "is_early": is_early(planned_at),
        "is_unsure": is_unsure,
        "may_begin": may(actor(request), WORK, TABLE) and ticket.is_open,
    }
    status = 400 if form or is_unsure else 200
    if not may(actor(request), WORK, TABLE) or not versions:
        plain = {**context, "ticket": ticket, "inspection": row, "phone": phone_of(row)}
        return render(request, "inspections/visit_cover.html", plain, status=status)
    return shown(request, AheadPage(ahead(row, versions)), status=status, cover={**context, "is_ahead": True})


def planned(ticket: Ticket) -> datetime | None:
    """For when, while somebody is to come."""
    appointment = Appointment.objects.filter(ticket=ticket).first()
    return appointment.planned_at if appointment and not appointment.is_over else None


def is_early(planned_at: datetime | None) -> bool:
    """Pages that a phone keeps of the next days never are."""
    return planned_at is not None and planned_at - timezone.now() > EARLY


def ahead(row: Inspection, versions: list[ChecklistVersion] | None = None) -> facts.Visit:
    """As it would begin now."""
    agreed = services.version_of(row)
    lists = versions or ([agreed] if agreed else usable_lists())
    return facts.ahead(row, lists, unit_of(row), timezone.now(), get_language() or "")


def unit_of(row: Inspection) -> Equipment | None:
    """What a visit is about when it begins."""
    return row.plan.unit if row.plan else row.ticket.equipment


@of_visit
def begin(request: HttpRequest, ticket: Ticket, inspection: Inspection | None) -> HttpResponse:
    if request.method != "POST":
        return redirect("visit", ticket.reference)
    is_agreed = inspection is not None and services.version_of(inspection) is not None
    form = None if is_agreed else ListForm(request.POST, versions=usable_lists())
    if form is not None and not form.is_valid() and not (inspection and inspection.begun_at):
        return cover(request, ticket, inspection, form)
    is_begun = inspection is not None and inspection.begun_at is not None
    if not is_begun and "early" not in request.POST and is_early(planned(ticket)):
        return cover(request, ticket, inspection, form, is_unsure=True)
    version = form.version if form is not None and form.is_valid() else None
    services.begin(ticket=ticket, version=version, by=actor(request), now=timezone.now())
    return redirect("visit", ticket.reference)


@act
def save_part(request: HttpRequest, inspection: Inspection, part: str) -> HttpResponse:
    """All of a section. What can be kept is kept; what cannot stands beside its field, as it was typed."""
    stood = facts.load(inspection, get_language() or "")
    section = next((one for one in stood.parts if one.key == part), None)
    if section is None:
        return redirect("visit", inspection.ticket.reference)
    typed = read_part(section, request.POST, timezone.now())
    told = take(request, inspection, typed)
    _photos(request, inspection, typed)
    page = Page(
        facts.load(inspection, get_language() or ""), part, {one.check.place: one for one in typed if one.errors}
    )
    if page.typed:
        return shown(request, page, status=400)
    if not told:
        messages.success(request, _("Saved."))
    return redirect(_then(request, page, part))


def take(request: HttpRequest, inspection: Inspection, typed: list[Typed]) -> bool:
    """Whether something was said besides."""
    entries = [one.entry for one in typed if one.entry]
    if not entries:
        return False
    taken, _visit = services.take(inspection=inspection, entries=entries, by=actor(request), now=timezone.now())
    told = [one.error for one in taken if one.error]
    for words in dict.fromkeys(told):
        messages.warning(request, words)
    return bool(told)


def _photos(request: HttpRequest, inspection: Inspection, typed: list[Typed]) -> None:
    """Those that came with the form, and the one whose removal was pressed."""
    now = timezone.now()
    gone = uuid_or_none(request.POST.get("remove-photo", ""))
    if gone is not None:
        services.remove_photo(inspection=inspection, id=gone, by=actor(request), now=now)
    for one in typed:
        for number, upload in enumerate(request.FILES.getlist(f"photo-{one.check.item.code}")):
            code = one.check.item.code
            try:
                services.add_photo(
                    inspection=inspection,
                    id=services.photo_id(request.POST.get("form", ""), code, number),
                    sheet=one.check.sheet.pk,
                    item=code,
                    upload=upload,
                    by=actor(request),
                    at=now,
                    now=now,
                )
            except Invalid as refusal:
                one.errors["photo"] = " ".join(sentence for found in refusal.errors.values() for sentence in found)


def _then(request: HttpRequest, page: Page, part: str) -> str:
    """Where the pressed button leads: to what is open next, and to the sign-off when nothing is."""
    here, then = reverse("visit", args=[page.case.reference]), request.POST.get("then", "")
    if then == "next":
        check = page.after(part)
        return here + page.address_of(check) if check else reverse("visit_sign", args=[page.case.reference])
    if then == "back":
        return f"{here}?part={page.before(part)}"
    pressed = request.POST.get("raise", "")
    at = f"#item-{part.partition('-')[0]}-{pressed}" if pressed.replace("-", "").isalnum() else ""
    return f"{here}?part={part}{at}"


@act
def save_words(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            given = {"words": form.changed, "seen": form.seen}
            row = services.write_words(inspection=inspection, by=actor(request), now=timezone.now(), **given)
            if any(getattr(row, name) != services.plain(text) for name, text in form.changed.items()):
                messages.warning(
                    request, _("Somebody else wrote here meanwhile. Both texts are kept: look through them.")
                )
            messages.success(request, _("Saved."))
            return redirect(reverse("visit", args=[inspection.ticket.reference]) + "?part=words")
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name, sentences)
    return shown(request, Page(facts.load(inspection, get_language() or ""), "words"), words=form, status=400)


@act
def add_sheet(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """A further unit or another list; opens its first section."""
    form = SheetForm(request.POST, versions=usable_lists())
    if form.is_valid():
        try:
            sheet = services.add_sheet(
                inspection=inspection,
                version=form.version,
                unit=services.unit_of(inspection=inspection, serial=form.cleaned_data["unit"]),
                by=actor(request),
                now=timezone.now(),
            )
            first = next(part for part in facts.load(inspection, get_language() or "").parts if part.sheet == sheet)
            return redirect(f"{reverse('visit', args=[inspection.ticket.reference])}?part={first.key}")
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name if name in form.fields else None, sentences)
    return shown(request, Page(facts.load(inspection, get_language() or "")), sheet_form=form, status=400)


@act
def settle(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The office chooses between two answers of one check."""
    keep = uuid_or_none(request.POST.get("keep", ""))
    sheet = whole_number(request.POST.get("sheet", ""))
    if keep is not None and sheet is not None:
        item, now = request.POST.get("item", "")[:60], timezone.now()
        services.settle(inspection=inspection, sheet=sheet, item=item, keep=keep, by=actor(request), now=now)
        messages.success(request, _("Settled."))
    page = "report_page" if request.POST.get("from") == "report" else "visit"
    return redirect(reverse(page, args=[inspection.ticket.reference]) + "#visit-clashes")


@act
def take_back(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Back to the page of a visit that has not begun; the phone forgets what it kept of it."""
    form = TakeBackForm(request.POST)
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], actor(request)
        try:
            services.take_back_begin(inspection=inspection, reason=reason, by=by, now=timezone.now())
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name, sentences)
        else:
            messages.success(request, _("The begin is taken back. The visit has not begun."))
            return redirect(reverse("visit", args=[inspection.ticket.reference]) + "?undone=1")
    page = Page(facts.load(inspection, get_language() or ""))
    return shown(request, page, take_back_form=form, status=400)


def usable_lists() -> list[ChecklistVersion]:
    retired = Checklist.objects.filter(is_retired=True)
    rows = ChecklistVersion.objects.current().exclude(checklist__in=retired).select_related("checklist")
    return sorted(rows, key=lambda version: version.name.casefold())


def shown(
    request: HttpRequest,
    page: Page,
    words: WordsForm | None = None,
    sheet_form: SheetForm | None = None,
    take_back_form: TakeBackForm | None = None,
    status: int = 200,
    cover: Mapping[str, Any] | None = None,
) -> HttpResponse:
    row = page.visit.inspection
    is_signed = row.signed_at is not None
    versions = [] if is_signed else usable_lists()
    first = page.visit.sheets[0].version.checklist.code
    context = {
        "page": page,
        "ticket": page.case,
        "inspection": row,
        "phone": phone_of(row),
        "is_signed": is_signed,
        "is_intact": is_signed and services.is_intact(page.visit),
        "signature_paths": paths_of(row.sign_off.strokes) if is_signed else (),
        "clashes": clashes_of(page) if may(actor(request), "inspection.settle", TABLE) else (),
        "may_settle": True,  # else there are none
        "is_closed": is_signed or not may(actor(request), WORK, TABLE),
        "words": words or WordsForm(initial={name: getattr(row, name) for name in services.WORDS}),
        "sheet_form": sheet_form or SheetForm(versions=versions, initial={"checklist": first}),
        "take_back_form": take_back_form or TakeBackForm(),
        "may_take_back": not is_signed and services.may_take_back(page.visit, actor(request)),
        "units": _units(row, is_signed),
        "form_key": services.form_key(),
        "has_errors": status != 200,
        "script_words": offline.words(),
        "languages": " ".join(code for code, _name in settings.LANGUAGES),
        **(cover or {}),
    }
    return render(request, "inspections/visit.html", context, status=status)


def _units(row: Inspection, is_signed: bool) -> list[Equipment]:
    if is_signed or row.ticket.site_id is None:
        return []
    return list(
        Equipment.objects.filter(site=row.ticket.site_id, is_retired=False).select_related("product")[:MOST_UNITS]
    )
