"""Forms of the ticket page: events, level, owner, words, links, message. They check shape; rules are the services'.

Each carries the version the page was drawn from (`version`, and `seq`, the last entry of the log it showed).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Invalid
from servicedesk.screens import ticket_event_rules
from servicedesk.screens.ticket_case import Case
from tickets import lifecycle, proposals, tags
from tickets.event_types import EventType
from tickets.kinds import Category, Cause, LinkKind
from tickets.models import Draft, Ticket
from tickets.numbers import number_in
from tickets.services import THEN

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LONGEST_NOTE, LONGEST_BODY = 5000, 50000
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """Day and time in the viewer's zone; years nobody can mean are refused before they overflow."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_FORMAT)
    default_error_messages = {"century": _("Enter a day and time of this century.")}

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
            if moment is not None and not EARLIEST <= moment <= LATEST:
                raise ValidationError(self.error_messages["century"], "century")
        except OverflowError:
            raise ValidationError(self.error_messages["century"], "century") from None
        return moment


class NoteField(forms.CharField):
    """For us alone: it stays in the log and reaches no customer, whatever the event."""

    def __init__(self, **options: Any) -> None:
        words = {"label": _("Internal note"), "help_text": _("Only staff read this.")}
        area = forms.Textarea(attrs={"rows": 2})
        super().__init__(**{"required": False, "max_length": LONGEST_NOTE, "widget": area, **words, **options})


class MessageField(NoteField):
    """For the customer: becomes a public reply."""

    def __init__(self, **options: Any) -> None:
        words = {
            "label": _("Message: the customer reads it"),
            "help_text": _("Sent by e-mail and shown in the portal."),
        }
        super().__init__(**{**words, **options})


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Zero or more files, each within the limit of the house."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(ManyFilesField, self).clean(item, initial) for item in given]
        for file in files:
            if file.size > settings.MAX_ATTACHMENT_BYTES:
                limit = filesizeformat(settings.MAX_ATTACHMENT_BYTES)
                words = {"name": file.name, "limit": limit}
                raise ValidationError(gettext("%(name)s is larger than %(limit)s.") % words)
        return files


class VersionedForm(forms.Form):
    """A write to a ticket that somebody else may have changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)
    seq = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)

    @classmethod
    def basis(cls, ticket: Ticket) -> dict[str, Any]:
        return {"version": ticket.version, "seq": ticket.last_seq}


MORE_FIELDS = ("proposed_at", "agreed_at", "planned_at", "expected_at", "down", "contact")


class EventForm(VersionedForm):
    """One event: when, what the customer is told, what only we read, and the fields the type has.

    `shown_at` tells an untouched time from a chosen one; `can_tell`: something can be said to the customer with it.
    """

    type = forms.CharField(widget=forms.HiddenInput)
    shown_at = forms.CharField(widget=forms.HiddenInput, required=False)
    proposed_at = MomentField(label=_("Delivery by, as we propose: the customer is asked to agree"), required=False)
    agreed_at = MomentField(label=_("Agreed for"))
    planned_at = MomentField(label=_("Planned for"))
    expected_at = MomentField(label=_("Expected on site: the customer reads it"), required=False)
    engineer = forms.TypedChoiceField(
        label=_("Who goes: the customer reads the name"), required=False, coerce=int, empty_value=None
    )
    down = forms.BooleanField(label=_("Service is down again"), required=False)
    contact = forms.CharField(label=_("Contact at the maker"), required=False, max_length=200)
    outcome = forms.ChoiceField(
        label=_("Is this the final repair?"),
        choices=[("final", _("Final: the cause is gone")), ("workaround", _("Workaround: work on the cause goes on"))],
        widget=forms.RadioSelect,
        initial="final",
        required=False,
    )
    message = MessageField()
    files = ManyFilesField(label=_("The report as a file: the customer gets it"), required=False)  # type: ignore[assignment]
    part = forms.CharField(
        label=_("Which part and how many"), required=False, max_length=500, help_text=_("Only staff read this.")
    )
    coordinator = forms.CharField(label=_("Coordinator"), required=False, max_length=150)
    leader = forms.CharField(label=_("Leader"), required=False, max_length=150)
    members = forms.CharField(label=_("Members"), required=False, max_length=500)
    parts_used = forms.CharField(
        label=_("Parts used"), required=False, max_length=500, help_text=_("Only staff read this.")
    )
    note = NoteField()
    at = MomentField(label=_("When it happened"), required=False)

    def __init__(
        self,
        *args: Any,
        event_type: EventType,
        can_tell: bool,
        now: datetime,
        engineers: Sequence[User] = (),
        **kwargs: Any,
    ) -> None:
        """`engineers`: who may be the one that goes, where that is to be asked."""
        super().__init__(*args, **kwargs)
        self.now, self.code, self.can_tell = now, event_type.code, can_tell
        self.must_say = ticket_event_rules.required(self.code, can_tell=can_tell)
        for name in MORE_FIELDS:
            if name not in event_type.fields:
                del self.fields[name]
        if event_type.code != "restored":
            del self.fields["outcome"], self.fields["parts_used"]
        for name, types in ONLY_WITH.items():
            if event_type.code not in types:
                del self.fields[name]
        self._ask_who_goes(engineers)
        if event_type.code == "crisis_entry":
            self.fields["note"].label = _("What happened since the last record")
        if not can_tell:
            del self.fields["message"]
        elif event_type.code in MESSAGE_LABELS:
            self.fields["message"].label = MESSAGE_LABELS[event_type.code]
        if can_tell and event_type.code == "restored":
            self.fields["message"].widget = forms.TextInput()

    def _ask_who_goes(self, engineers: Sequence[User]) -> None:
        if not engineers:
            self.fields.pop("engineer", None)
        elif "engineer" in self.fields:
            named = [(person.pk, str(person)) for person in engineers]
            self.fields["engineer"].choices = [("", gettext("not said")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some events say nothing without their words, and what follows another does not lie before it."""
        data = super().clean() or {}
        unsaid = ticket_event_rules.left_unsaid(self.code, data, can_tell=self.can_tell)
        if unsaid and (self.code != "restored" or data.get("outcome")):
            self.add_error(self.must_say, str(unsaid))
        if "files" not in self.errors and (lacking := ticket_event_rules.lacks_its_file(self.code, data)):
            self.add_error("files", str(lacking))
        if "at" not in self.errors:
            for name, sentence in ticket_event_rules.impossible_times(data, self.moment()).items():
                self.add_error(name, str(sentence))
        return data

    @classmethod
    def initial_for(cls, case: Case, event_type: EventType) -> dict[str, Any]:
        shown = timezone.localtime(case.now).strftime(MOMENT_FORMAT)
        return {
            **cls.basis(case.ticket),
            "type": event_type.code,
            "agreed_at": proposals.of(lifecycle.in_force(case.log)).proposed_at,
            "at": shown,
            "shown_at": shown,
            "down": case.ticket.kind == "fault",
            "outcome": "final",
            "engineer": case.ticket.assignee_id,
        }

    def moment(self) -> datetime:
        """Untouched or empty means now, to the second; the form shows minutes only."""
        at: datetime | None = self.cleaned_data.get("at")
        is_untouched = self.data.get("at") == self.data.get("shown_at")
        return self.now if at is None or is_untouched else at

    @property
    def is_final(self) -> bool:
        """A repair that leaves nothing to do: it resolves the ticket in the same step."""
        return bool(self.cleaned_data.get("outcome") == "final")

    def whole_note(self) -> str:
        """What the stream shows: the fields that only people at a page fill in, then the note."""
        said = [(name, self.cleaned_data.get(name, "")) for name in NOTED]
        lines = [NOTED[name] % {"said": words} for name, words in said if words]
        note = ticket_event_rules.note_of(self.code, self.cleaned_data["note"], self.cleaned_data.get("message", ""))
        return "\n".join(filter(None, [*lines, note]))[:LONGEST_NOTE]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in MORE_FIELDS if name in self.fields}


CALLED = frozenset({"crisis_opened", "contingency_declared"})
ONLY_WITH = {
    "part": frozenset({"spare_needed"}),
    "files": frozenset({"report_sent"}),
    "engineer": frozenset({"departed"}),
    **dict.fromkeys(("coordinator", "leader", "members"), CALLED),
}
NOTED: dict[str, Any] = {
    "parts_used": _("Parts used: %(said)s"),
    "part": _("Part needed: %(said)s"),
    "coordinator": _("Coordinator: %(said)s"),
    "leader": _("Leader: %(said)s"),
    "members": _("Members: %(said)s"),
}
MESSAGE_LABELS = {
    "restored": _("What was done: the customer reads it"),
    "resolved": _("What was done: the customer reads it"),
    "waiting": _("What we wait for: the customer reads it"),
    "diagnosed": _("Solution: the customer reads it"),
    "cancelled": _("Why: the customer reads it"),
    "report_sent": _("The report, or what to say with it: the customer reads it"),
    "change_answered": _("Our answer: the customer reads it"),
    "reopened": _("Why: the customer reads it"),
    "visit_failed": _("Why it failed: the customer reads it"),
    "remote_failed": _("Why it did not help: the customer reads it"),
}


class LevelForm(VersionedForm):
    """Change of level: the choice, then the new times, then the reason, which the customer reads with the change."""

    level = forms.ChoiceField(label=_("New level"), widget=forms.RadioSelect)
    message = MessageField(
        label=_("Why the level changes: the customer reads it"),
    )
    note = NoteField(label=_("More for us, as an internal note"))

    def clean(self) -> dict[str, Any]:
        """A change of what was promised has a reason; whom it is told is the writer's."""
        data = super().clean() or {}
        if not data.get("message") and not data.get("note") and not {"message", "note"} & self.errors.keys():
            self.add_error("message", gettext("Say why the level changes."))
        return data

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]


class EditForm(VersionedForm):
    title = forms.CharField(label=_("Subject"), max_length=200, error_messages={"required": _("Enter a title.")})
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    contact_name = forms.CharField(label=_("Contact"), required=False, max_length=150)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    FIELDS = ("title", "description", "category", "cause", "contact_name", "contact_email", "contact_phone")

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("category", Category.choices), ("cause", Cause.choices)):
            current = getattr(ticket, name)
            more = [(current, current)] if current and current not in dict(known) else []
            self.fields[name].choices = [("", "–"), *known, *more]  # type: ignore[attr-defined]

    @classmethod
    def initial_for(cls, ticket: Ticket) -> dict[str, Any]:
        return {**cls.basis(ticket), **{name: getattr(ticket, name) for name in cls.FIELDS}}

    def changes(self, was: dict[str, Any]) -> dict[str, Any]:
        """What the person changed: compared with what the form showed, not with what is saved now."""
        values = {name: self.cleaned_data[name] for name in self.FIELDS}
        return {name: value for name, value in values.items() if value.replace("\r\n", "\n") != was.get(name, value)}


class AssignForm(VersionedForm):
    assignee = forms.TypedChoiceField(label=_("Owner"), required=False, coerce=int, empty_value=None)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: list[Any], teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [("", gettext("nobody")), *((person.pk, str(person)) for person in people)]
        self.fields["assignee"].choices = owners  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", gettext("as it is")), *((team.pk, str(team)) for team in teams)]  # type: ignore[attr-defined]


class OtherTicketForm(forms.Form):
    """The number of another ticket, and what it is to this one."""

    number = forms.CharField(
        label=_("Ticket number"),
        max_length=30,
        help_text=_("Such as SD-20418"),
        error_messages={"required": _("Enter a ticket number, such as SD-20418.")},
    )
    kind = forms.ChoiceField(label=_("This ticket is"), choices=LinkKind.choices, required=False)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        if number_in(number) is None:
            raise ValidationError(gettext("Enter a ticket number, such as SD-20418."))
        return number


class TagForm(forms.Form):
    """The words to put on a ticket; how one is written is for `tickets.tags`."""

    tags = forms.CharField(label=_("Add tags"), required=False)

    def words(self) -> list[str]:
        found = tags.words(self["tags"].value() or "")
        if not found:
            raise Invalid.field("tags", gettext("Enter a tag, such as power-supply."))
        return found


class MessageForm(forms.Form):
    """Reply or note. `version` is the last entry of the log that the writer had before his eyes; `token` is the form's
    own, so that pressing twice is pressing once.
    """

    kind = forms.ChoiceField(choices=[("reply", _("Public reply")), ("note", _("Internal note"))])
    body = forms.CharField(required=False, max_length=LONGEST_BODY, strip=True)
    version = forms.IntegerField(required=False, max_value=2**31 - 1)
    token = forms.UUIDField(required=False)
    back = forms.CharField(required=False, max_length=32)
    then = forms.ChoiceField(choices=[("", ""), *((name, name) for name in THEN)], required=False)
    files = ManyFilesField(required=False)  # type: ignore[assignment]  # the name of the composer's field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("body") and not data.get("files") and "body" not in self.errors:
            self.add_error("body", gettext("Write a message."))
        return data


class DraftForm(forms.Form):
    """What somebody is writing, as it stands; empty ends the draft."""

    kind = forms.ChoiceField(choices=Draft.Kind.choices)
    body = forms.CharField(required=False, max_length=LONGEST_BODY, strip=False)
    token = forms.UUIDField(required=False)
    back = forms.CharField(required=False, max_length=32)
