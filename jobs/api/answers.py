"""How planned work and important periods become JSON, and what a body may hold. Decides nothing."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.rest.fields import Instant, Text
from common.rest.serializers import Strict
from jobs.kinds import Importance, JobKind
from jobs.models import Job, Step


class StepAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField(source="kind.title")
    who = serializers.CharField(source="kind.who", help_text="desk, engineer or customer.")
    due_on = serializers.DateField()
    done_at = Instant(allow_null=True)
    done_by = serializers.CharField(source="done_by.name", default=None, allow_null=True)
    values = serializers.SerializerMethodField(help_text="What was filled in, by the names of the step's fields.")
    papers = serializers.SerializerMethodField(help_text="Keys of the ticket's attachments.")

    @extend_schema_field({"type": "object", "additionalProperties": {}})
    def get_values(self, step: Step) -> dict[str, Any]:
        """A customer reads what is meant for him, once the step is done."""
        if self.context["is_staff"]:
            return dict(step.values)
        public = {field.code for field in step.kind.fields if field.is_public}
        return {name: value for name, value in step.values.items() if name in public and step.done_at}

    def get_papers(self, step: Step) -> list[str]:
        return [str(paper.key) for paper in step.papers.all()] if self.context["is_staff"] or step.done_at else []


class CheckAnswer(serializers.Serializer[Any]):
    equipment = serializers.CharField(source="unit.serial_number")
    ticket = serializers.CharField(source="inspection.ticket.reference")
    state = serializers.CharField(source="inspection.ticket.state")


class JobRow(serializers.Serializer[Any]):
    number = serializers.CharField(source="ticket.reference")
    kind = serializers.ChoiceField(choices=JobKind.choices)
    title = serializers.CharField(source="ticket.title")
    state = serializers.CharField(source="ticket.state")
    organisation = serializers.CharField(source="ticket.organisation.code")
    site = serializers.CharField(source="ticket.site.code")
    begins_on = serializers.DateField()
    last_on = serializers.DateField()
    importance = serializers.ChoiceField(choices=Importance.choices)


class JobAnswer(JobRow):
    contract = serializers.CharField(source="contract.number", default=None, allow_null=True)
    period = serializers.IntegerField(source="period_id", allow_null=True)
    engineers = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    checks = CheckAnswer(many=True)

    def get_engineers(self, job: Job) -> list[str]:
        return [user.name for user in job.engineers.all()]

    @extend_schema_field(StepAnswer(many=True))
    def get_steps(self, job: Job) -> Any:
        steps = sorted(job.steps.all(), key=lambda step: step.position)
        for step in steps:
            step.job = job
        return StepAnswer(steps, many=True, context=self.context).data


class JobFilters(Strict):
    kind = serializers.ChoiceField(choices=JobKind.choices, required=False)
    open = serializers.BooleanField(required=False, allow_null=True, default=None)


class JobInput(Strict):
    """Event assurance is asked for by its period; other work by its place and days."""

    kind = serializers.ChoiceField(choices=JobKind.choices)
    period = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    name = Text(required=False, max_length=150)
    site = Text(required=False, max_length=50)
    begins_on = serializers.DateField(required=False)
    last_on = serializers.DateField(required=False)


class MoveWorkInput(Strict):
    begins_on = serializers.DateField()
    last_on = serializers.DateField()
    reason = Text(max_length=500, help_text="For the desk's log; the customer reads the new days.")


class StepInput(Strict):
    values = serializers.DictField(required=False, help_text="By the names of the step's fields.")
    seen = serializers.DictField(
        required=False,
        help_text="The step's values as they were read: what others wrote since is kept, and two values of one field "
        "are refused. Without it these values take the place of whatever stands there.",
    )


class SignAnswer(serializers.Serializer[Any]):
    document = serializers.DictField(help_text="What is signed; once it is, with the signature.")
    digest = serializers.CharField(help_text="SHA-256 of the document as JSON: sorted keys, no spaces, UTF-8.")
    signed_by = serializers.CharField(allow_null=True)
    signed_at = Instant(allow_null=True)
    accepted_on = serializers.DateField(allow_null=True)


class SignInput(Strict):
    """On paper it is signed on the page only, which takes the photo of it."""

    name = Text(max_length=150, required=False, help_text="Who signs; not needed where nobody does.")
    digest = Text(max_length=64, help_text="Of the document that was read.")
    manner = Text(
        max_length=10,
        default="typed",
        help_text="typed, drawn, or, for staff, absent: nobody is there to sign. The customer is told, and the step "
        "waits for him.",
    )
    strokes = serializers.JSONField(
        required=False, help_text="Of drawn: lists of points [x, y], each from 0 to 1 of the field."
    )
    present = Text(max_length=300, required=False, help_text="Who was there; staff say it where the name is typed.")
    reason = Text(max_length=500, required=False, help_text="Of absent: why nobody signs.")


class PeriodAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    organisation = serializers.CharField(source="organisation.code")
    site = serializers.CharField(source="site.code")
    name = serializers.CharField()
    importance = serializers.ChoiceField(choices=Importance.choices)
    begins_on = serializers.DateField()
    last_on = serializers.DateField()


class PeriodInput(Strict):
    site = Text(max_length=50)
    name = Text(max_length=150)
    importance = serializers.ChoiceField(choices=Importance.choices, required=False)
    begins_on = serializers.DateField()
    last_on = serializers.DateField()
