"""Two people who write at one step: what each has added or changed is kept. Pure; raises, writes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from common.errors import Invalid
from jobs.kinds import Is
from jobs.kinds import Step as StepKind

Values = Mapping[str, Any]


class Clash(Invalid):
    """Both have changed one value. `theirs`: what stands there now, by field."""

    def __init__(self, theirs: Values) -> None:
        said = {name: _shown(value) for name, value in theirs.items()}
        sentence = _("Somebody wrote here meanwhile: “%(theirs)s”. Make one of both, then save again.")
        super().__init__({name: [sentence % {"theirs": text}] for name, text in said.items()})
        self.theirs = theirs


def together(step: StepKind, *, seen: Values, typed: Values, stored: Values) -> dict[str, Any]:
    """All three as they are kept. Lines of both stand together; of other values the changed one. Raises Clash."""
    found: dict[str, Any] = {}
    clashes: dict[str, Any] = {}
    for field in step.fields:
        before, mine, theirs = (values.get(field.code) for values in (seen, typed, stored))
        if theirs in (before, mine):
            found[field.code] = mine
        elif mine == before:
            found[field.code] = theirs
        elif field.kind == Is.LINES:
            found[field.code] = _lines(before if isinstance(before, list) else [], mine or [], theirs or [])
        else:
            clashes[field.code] = theirs
    if clashes:
        raise Clash(clashes)
    return {code: value for code, value in found.items() if value not in (None, "", [])}


def _lines(before: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Theirs without those I took out or changed, then what I added or changed."""
    kept = [line for line in theirs if line in mine or line not in before]
    return [*kept, *(line for line in mine if line not in before and line not in theirs)]


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "–")
