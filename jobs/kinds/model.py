"""What a kind of promised work is made of: steps in order, each with fields. Data only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

Text = str | LazyText


class Is(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    SENIORS = "seniors"
    UNITS = "units"
    LINES = "lines"


class Who(StrEnum):
    """Who does a step."""

    DESK = "desk"
    ENGINEER = "engineer"
    CUSTOMER = "customer"


class From(StrEnum):
    """From which day of the work a step's due day is counted."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Field:
    """`columns`: of lines. `all_be`, `last_be`: a column and what all lines, or the last one, must say to be done.

    `takes`: step and field whose lines these begin with. `differs`: two columns whose difference is shown.
    """

    code: str
    label: Text
    kind: Is = Is.TEXT
    is_required: bool = True
    is_public: bool = True
    hint: Text = ""
    choices: Sequence[tuple[str, Text]] = ()
    columns: "Sequence[Field]" = ()
    all_be: tuple[str, str] | None = None
    last_be: tuple[str, str] | None = None
    takes: tuple[str, str] | None = None
    differs: tuple[str, str] | None = None


@dataclass(frozen=True)
class Signing:
    """What the customer's signature means: `title` of its page, `agreed` what he ticks. `accepts`: the units that were
    installed count as accepted with it.
    """

    title: Text
    agreed: Text
    accepts: bool = False


@dataclass(frozen=True)
class Step:
    """`due`: so many days after (negative: before) the first or last day. `needs_papers`: files must be attached.
    `signing`: it is the signature under the steps before it.
    """

    code: str
    title: Text
    who: Who
    due: tuple[From, int]
    fields: Sequence[Field] = ()
    lead: Text = ""
    needs_papers: bool = False
    signing: Signing | None = None

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)


@dataclass(frozen=True)
class Work:
    """A kind of promised work: its steps, in the order in which they are done."""

    code: str
    steps: Sequence[Step]

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    @property
    def signing(self) -> Signing | None:
        """None: nothing of it is signed."""
        return next((step.signing for step in self.steps if step.signing), None)


SIGNATURE = "signature"  # code of the step that is signed
NOTE = Field("inside", _("Internal note"), Is.LONG, is_required=False, is_public=False)
PASS, FAIL = "pass", "fail"
RESULTS = ((PASS, _("Passed")), (FAIL, _("Failed")))


def work(code: str, *steps: Step) -> Work:
    """Each step that asks for something has room for an internal note."""
    return Work(code, tuple(replace(step, fields=(*step.fields, NOTE)) if step.fields else step for step in steps))
