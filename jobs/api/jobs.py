"""Planned work over REST: listed, read, asked for, and its steps filled in and done. Services decide."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from common.errors import Illegal, Invalid, NotVisible
from common.rest.serializers import read
from customers.models import Site
from inspections.services import Signature
from jobs import facts, services
from jobs.api.answers import (
    JobAnswer,
    JobFilters,
    JobInput,
    JobRow,
    MoveWorkInput,
    PeriodAnswer,
    PeriodInput,
    SignAnswer,
    SignInput,
    StepInput,
)
from jobs.kinds import JobKind
from jobs.models import Job, Period
from tickets.kinds import OPEN_STATES


class OfJobs(Resource):
    def shown(self, number: int, status: int = 200) -> Response:
        context = {"is_staff": self.person.is_staff_member}
        return Response(JobAnswer(facts.one(self.person, number), context=context).data, status=status)

    def site(self, code: str | None) -> Site:
        found = Site.objects.visible_to(self.person).filter(code=code or "").select_related("organisation").first()
        if found is None:
            raise Invalid.field("site", _("There is no such site."))
        return found


class Jobs(OfJobs, ListResource):
    filters = JobFilters
    orderings = ("begins_on", "id")
    default_ordering = "-begins_on"

    @extend_schema(operation_id="jobs_list", parameters=[JobFilters], responses=JobRow(many=True))
    def get(self, request: Request) -> Response:
        asked = self.read_filters()
        found = Job.objects.visible_to(self.person).select_related("ticket__organisation", "ticket__site")
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        if asked.get("open") is not None:
            is_open = {"ticket__state__in": OPEN_STATES}
            found = found.filter(**is_open) if asked["open"] else found.exclude(**is_open)
        return self.page(found, lambda page: JobRow(page, many=True).data)

    @extend_schema(operation_id="jobs_create", request=JobInput, responses={201: JobAnswer})
    def post(self, request: Request) -> Response:
        given = read(JobInput, request.data)
        now = timezone.now()
        if given["kind"] == JobKind.ASSURANCE:
            job = services.ask_assurance(period=self._period(given), by=self.actor, now=now)
        else:
            job = services.make(wanted=self._wanted(given), by=self.actor, now=now)
        return self.shown(job.ticket.number, status=201)

    def _period(self, given: dict[str, Any]) -> Period:
        found = Period.objects.visible_to(self.person).filter(pk=given.get("period", 0)).first()
        if found is None:
            raise Invalid.field("period", _("There is no such period."))
        return found

    def _wanted(self, given: dict[str, Any]) -> services.Wanted:
        wanted = {"name": _("Enter a name."), "site": _("Choose a site."), "begins_on": _("Enter the first day.")}
        missing = {name: [sentence] for name, sentence in wanted.items() if name not in given}
        if missing:
            raise Invalid(missing)
        last = given.get("last_on") or given["begins_on"]
        return services.Wanted(given["kind"], given["name"], self.site(given["site"]), given["begins_on"], last)


class OneJob(OfJobs):
    @extend_schema(operation_id="jobs_read", responses=JobAnswer)
    def get(self, request: Request, number: int) -> Response:
        return self.shown(number)


class Move(OfJobs):
    @extend_schema(operation_id="jobs_move", request=MoveWorkInput, responses=JobAnswer)
    def post(self, request: Request, number: int) -> Response:
        """To other days; open steps are due by them, and what was announced must be announced again."""
        job = facts.one(self.person, number)
        services.move(job=job, **read(MoveWorkInput, request.data), by=self.actor, now=timezone.now())
        return self.shown(number)


class OneStep(OfJobs):
    @extend_schema(operation_id="jobs_step_fill", request=StepInput, responses=JobAnswer)
    def put(self, request: Request, number: int, part: str) -> Response:
        """Keeps what is known so far; what is not named is empty."""
        return self._write(number, part, services.fill)

    def _write(self, number: int, part: str, write: Any) -> Response:
        job = facts.one(self.person, number)
        given = read(StepInput, self.request.data)
        sent = services.Given(given.get("values", {}), given.get("seen"))
        write(job=job, code=part, given=sent, by=self.actor, now=timezone.now())
        return self.shown(number)


class DoneStep(OneStep):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="jobs_step_done", request=StepInput, responses=JobAnswer)
    def post(self, request: Request, number: int, part: str) -> Response:
        """Once, complete and in its turn."""
        return self._write(number, part, services.finish)


class Sign(OfJobs):
    @extend_schema(operation_id="jobs_sign_read", responses=SignAnswer)
    def get(self, request: Request, number: int) -> Response:
        """What the customer signs, or has signed."""
        return self._answer(facts.one(self.person, number))

    @extend_schema(operation_id="jobs_sign", request=SignInput, responses={200: SignAnswer, 201: SignAnswer})
    def post(self, request: Request, number: int) -> Response:
        """Once; under a delivery it starts the warranty of the units. 412 when it reads otherwise by now. 200 where
        nobody signs.
        """
        job = facts.one(self.person, number)
        given, now = read(SignInput, request.data), timezone.now()
        signature = Signature(given["manner"], given.get("name", ""), given.get("strokes", []), given.get("reason", ""))
        if given["manner"] == "absent":
            services.leave_unsigned(job=job, signature=signature, by=self.actor, now=now)
            return self._answer(facts.one(self.person, number))
        word = services.Word(signature, given.get("present", ""))
        services.sign(job=job, word=word, seen=given["digest"], by=self.actor, now=now)
        return self._answer(facts.one(self.person, number), status=201)

    def _answer(self, job: Job, status: int = 200) -> Response:
        made = getattr(job, "acceptance", None)
        if made is None:
            _check_is_signed(job)
        found = made or services.to_sign(job)
        body = {
            "document": found.document,
            "digest": found.digest,
            "signed_by": made.name if made else None,
            "signed_at": made.signed_at if made else None,
            "accepted_on": made.accepted_on if made else None,
        }
        return Response(SignAnswer(body).data, status=status)


def _check_is_signed(job: Job) -> None:
    try:
        services.signing_of(job)
    except Illegal as illegal:
        raise NotVisible(illegal.detail) from illegal


class Periods(OfJobs, ListResource):
    orderings = ("begins_on", "id")
    default_ordering = "begins_on"

    @extend_schema(operation_id="periods_list", responses=PeriodAnswer(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        found = Period.objects.visible_to(self.person).select_related("organisation", "site")
        return self.page(found, lambda page: PeriodAnswer(page, many=True).data)

    @extend_schema(operation_id="periods_create", request=PeriodInput, responses={201: PeriodAnswer})
    def post(self, request: Request) -> Response:
        given = read(PeriodInput, request.data)
        values = given | {"site": self.site(given["site"])}
        saved = services.save_period(period=Period(), values=values, by=self.actor)
        return Response(PeriodAnswer(saved.row).data, status=201)
