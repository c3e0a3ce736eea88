"""The words of checklists: what is asked, what for, and what a reading may be. Text only."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inspections.checklists import AnswerError, Area, Item, Judgement, Kind, Photo, Purpose

PURPOSES = {
    Purpose.ANY: pgettext_lazy("purpose of a checklist", "Whenever it is needed"),
    Purpose.DAILY: pgettext_lazy("purpose of a checklist", "Daily round"),
    Purpose.MONTHLY: pgettext_lazy("purpose of a checklist", "Monthly inspection"),
    Purpose.YEARLY: pgettext_lazy("purpose of a checklist", "Yearly inspection"),
    Purpose.WARRANTY_END: pgettext_lazy("purpose of a checklist", "End of warranty"),
    Purpose.KEY_OPERATION: pgettext_lazy("purpose of a checklist", "Before a key operation"),
    Purpose.EVENT: pgettext_lazy("purpose of a checklist", "Before an event"),
}
AREAS = {
    Area.ENVIRONMENT: gettext_lazy("Environment"),
    Area.HARDWARE: gettext_lazy("Hardware"),
    Area.SOFTWARE: gettext_lazy("Software"),
    Area.PERFORMANCE: gettext_lazy("Performance"),
    Area.SECURITY: gettext_lazy("Security"),
    Area.OTHER: pgettext_lazy("area of a checklist", "Other"),
}
AREA_ICONS = {
    Area.ENVIRONMENT: "air",
    Area.HARDWARE: "server",
    Area.SOFTWARE: "chip",
    Area.PERFORMANCE: "chart",
    Area.SECURITY: "lock",
    Area.OTHER: "inspect",
}
KINDS = {
    Kind.CHECK: gettext_lazy("Pass or fail"),
    Kind.READING: gettext_lazy("Reading with a unit"),
    Kind.CHOICE: gettext_lazy("One of several options"),
    Kind.TEXT: gettext_lazy("Text"),
    Kind.PHOTO: gettext_lazy("Photo"),
    Kind.INSTRUCTION: gettext_lazy("Instruction, asks for nothing"),
}
PHOTOS = {
    Photo.OPTIONAL: gettext_lazy("If the engineer likes"),
    Photo.ON_FAILURE: gettext_lazy("Required when it fails"),
    Photo.ALWAYS: gettext_lazy("Always required"),
}
SEVERITIES = {
    1: gettext_lazy("1, the gravest"),
    2: "2",
    3: "3",
    4: gettext_lazy("4, the lightest"),
}

ANSWER_ERRORS = {
    "number": gettext_lazy("Enter a number, such as 31.5."),
    "result": gettext_lazy("Choose pass, fail or not applicable."),
    "outcome": gettext_lazy("Say what comes of it: cured, watch or ticket."),
    "cured": gettext_lazy("Say whether it was cured: pass or fail."),
    "choice": gettext_lazy("Choose one of the options of this check."),
    "long": gettext_lazy("This text is too long. Shorten it."),
    "text": gettext_lazy("A text is expected here."),
    "unknown": gettext_lazy("This check has no such field."),
}

# Of the shipped lists; symbols such as °C, V or dBm are the same everywhere, and what somebody else wrote stays.
UNITS = {
    "min": pgettext_lazy("unit of a reading", "min"),
    "s": pgettext_lazy("unit of a reading", "s"),
    "ms": pgettext_lazy("unit of a reading", "ms"),
    "errors": pgettext_lazy("unit of a reading", "errors"),
}


def unit(written: str) -> str:
    """The unit of a reading as one says it in the language of the page."""
    return str(UNITS.get(written, written))


def measured(value: Decimal, written: str) -> str:
    """ "31.5 °C", on one line."""
    return f"{number(value)}\N{NO-BREAK SPACE}{unit(written)}" if written else number(value)


def answer_error(error: AnswerError) -> str:
    return str(ANSWER_ERRORS[error.why])


def beyond(judgement: Judgement) -> str:
    """By how much a reading lies outside, empty where it does not."""
    if judgement.excess is None:
        return ""
    size = number(abs(judgement.excess))
    if judgement.excess > 0:
        return _("%(size)s above the limit") % {"size": size}
    return _("%(size)s below the limit") % {"size": size}


def limits(item: Item) -> str:
    """What a reading may be, in a few words; empty where anything may."""
    found = item.limits
    said = [_fixed(found.low, found.high, item.unit)]
    if found.change is not None:
        said.append(_("at most %(size)s from last time") % {"size": measured(found.change, item.unit)})
    if found.change_percent is not None:
        size = measured(found.change_percent, "%")
        said.append(_("at most %(size)s from last time") % {"size": size})
    return " · ".join(part for part in said if part)


def _fixed(low: Decimal | None, high: Decimal | None, written: str) -> str:
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": number(low), "high": measured(high, written)}
    if low is not None:
        return _("At least %(low)s") % {"low": measured(low, written)}
    return _("At most %(high)s") % {"high": measured(high, written)} if high is not None else ""


def number(value: Decimal) -> str:
    """With the digits it was given, a real minus."""
    return f"{value:f}".replace("-", "\N{MINUS SIGN}")
