"""What is filled in at a step, checked against its kind's table: JSON in, JSON out. Writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.errors import Invalid
from common.instants import format_instant, parse_instant
from jobs.kinds import Field, Is
from jobs.kinds import Step as StepKind

LONGEST = {Is.TEXT: 200, Is.LONG: 4000}
MOST_LINES, MOST_NAMES, LARGEST = 200, 500, 1_000_000
Values = Mapping[str, Any]
Errors = dict[str, list[str]]


class Wrong(Exception):
    """One value cannot be used; the sentence says what to do."""


def read(step: StepKind, given: Values, *, is_final: bool) -> dict[str, Any]:
    """What is kept. `is_final`: the step is done with it, so nothing required is missing. Raises Invalid by field."""
    errors: Errors = {name: [_("This step has no such field.")] for name in given if step.field(name) is None}
    found: dict[str, Any] = {}
    for field in step.fields:
        try:
            value = _value(field, given.get(field.code))
            if is_final:
                _check_final(field, value)
        except Wrong as wrong:
            errors[field.code] = [str(wrong)]
            continue
        if value not in (None, "", []):
            found[field.code] = value
    if errors:
        raise Invalid(errors)
    return found


def _value(field: Field, given: Any) -> Any:
    if given in (None, "", []):
        return None
    return READ[field.kind](field, given)


def _check_final(field: Field, value: Any) -> None:
    if value in (None, "", []):
        if field.is_required:
            raise Wrong(_missing(field.kind))
        return
    if field.all_be is not None:
        code, wanted = field.all_be
        wrong = [str(n) for n, line in enumerate(value, 1) if line.get(code) != wanted]
        if wrong:
            raise Wrong(_("Not passed yet: line %(lines)s.") % {"lines": ", ".join(wrong)})
    if field.last_be is not None and value[-1].get(field.last_be[0]) != field.last_be[1]:
        raise Wrong(_("The last one has not passed. Do it again and add a line."))


def _missing(kind: Is) -> str:
    """What to enter, in the words that a wrong value of that kind gets."""
    sentences = {
        Is.NUMBER: _("Enter a whole number."),
        Is.DAY: _("Enter a day, such as 2026-11-27."),
        Is.MOMENT: _("Enter a day and a time, such as 2026-11-27 18:00."),
        Is.CHOICE: _("Choose one of the list."),
        Is.SENIORS: _("Choose from the list."),
        Is.UNITS: _("Choose from the list."),
        Is.LINES: _("Add at least one line."),
    }
    return sentences.get(kind, _("Enter a text."))


def _text(field: Field, given: Any) -> str:
    if not isinstance(given, str):
        raise Wrong(_("Enter a text."))
    text = given.replace("\r\n", "\n").strip()
    most = LONGEST[field.kind]
    if len(text) > most:
        raise Wrong(_("Shorten the text to %(most)d characters.") % {"most": most})
    if "\0" in text:
        raise Wrong(_("Enter a text."))
    return text


def _number(field: Field, given: Any) -> int:
    if isinstance(given, str) and given.strip().isascii() and given.strip().isdigit():
        given = int(given.strip()[:12])
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= LARGEST:
        raise Wrong(_("Enter a whole number."))
    return given


def _day(field: Field, given: Any) -> str:
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        raise Wrong(_("Enter a day, such as 2026-11-27.")) from None
    if not 1950 <= day.year < 2100:
        raise Wrong(_("Enter a day, such as 2026-11-27."))
    return day.isoformat()


def _moment(field: Field, given: Any) -> str:
    try:
        moment = parse_instant(given)
    except (TypeError, ValueError, AttributeError):
        raise Wrong(_("Enter a day and a time, such as 2026-11-27 18:00.")) from None
    if not 1950 <= moment.year < 2100:
        raise Wrong(_("Enter a day and a time, such as 2026-11-27 18:00."))
    return format_instant(moment)


def _choice(field: Field, given: Any) -> str:
    if given not in [code for code, _label in field.choices]:
        raise Wrong(_("Choose one of the list."))
    return str(given)


def _names(field: Field, given: Any) -> list[str]:
    if not isinstance(given, list | tuple) or not all(isinstance(name, str) for name in given):
        raise Wrong(_("Choose from the list."))
    return list(dict.fromkeys(given))[:MOST_NAMES]


def _lines(field: Field, given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list | tuple) or not all(isinstance(line, Mapping) for line in given):
        raise Wrong(_("Enter lines."))
    if len(given) > MOST_LINES:
        raise Wrong(_("Enter at most %(most)d lines.") % {"most": MOST_LINES})
    return [_line(field.columns, line, n) for n, line in enumerate(given, 1)]


def _line(columns: Sequence[Field], given: Values, number: int) -> dict[str, Any]:
    known = {column.code for column in columns}
    if not known.issuperset(given):
        raise Wrong(_("Line %(n)d has an entry that is not known here.") % {"n": number})
    found = {}
    for column in columns:
        try:
            value = _value(column, given.get(column.code))
            if value is None and column.is_required:
                raise Wrong(_missing(column.kind))
        except Wrong as wrong:
            facts = {"n": number, "column": column.label, "sentence": wrong}
            raise Wrong(_("Line %(n)d, %(column)s: %(sentence)s") % facts) from None
        if value is not None:
            found[column.code] = value
    return found


READ: Mapping[Is, Callable[[Field, Any], Any]] = {
    Is.TEXT: _text,
    Is.LONG: _text,
    Is.NUMBER: _number,
    Is.DAY: _day,
    Is.MOMENT: _moment,
    Is.CHOICE: _choice,
    Is.SENIORS: _names,
    Is.UNITS: _names,
    Is.LINES: _lines,
}
