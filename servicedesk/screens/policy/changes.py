"""What one version of a scheme changes against another, in the words of the page: a list of sentences. Text only."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sla import policy_text
from sla.engine import Scheme
from sla.engine.terms import Level, Target
from sla.engine.vocabulary import USUAL_KINDS


@dataclass(frozen=True)
class Change:
    """`where` it stands; `old` empty: new, `new` empty: gone."""

    where: str
    old: str
    new: str


def between(old: Scheme, new: Scheme) -> list[Change]:
    """In the order of the page; first what is compared place by place, then sentences that came or went."""
    before, after = dict(_places(old)), dict(_places(new))
    changed = [
        Change(where, before.get(where, ""), after.get(where, ""))
        for where in [*after, *(where for where in before if where not in after)]
        if before.get(where, "") != after.get(where, "")
    ]
    for title, former, present in _lists(old, new):
        changed += [Change(title, "", words) for words in present if words not in former]
        changed += [Change(title, words, "") for words in former if words not in present]
    return changed


def _places(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield pgettext("of a service scheme", "Name"), scheme.name
    yield _("Summary"), scheme.text.summary
    for level in scheme.levels:
        yield _("Level %(level)s") % {"level": level.code}, _level(level)
    for target in scheme.targets:
        name = _name(target)
        for level in scheme.levels:
            where = _("%(promise)s, level %(level)s") % {"promise": name, "level": level.code}
            yield where, policy_text.cell(target, level.code).sentence or _("not promised")
        yield _("%(promise)s: when its clock runs") % {"promise": name}, _running(target)
    for step in scheme.ladder:
        yield _("Who is called at level %(level)s") % {"level": step.level}, policy_text.ladder_step(step)
    yield _("Warnings"), policy_text.warning(scheme)
    yield _("Warranty"), policy_text.warranty(scheme)


def _level(level: Level) -> str:
    return policy_text.named(level.name, level.description) if level.description else level.name


def _name(target: Target) -> str:
    when = policy_text.condition(target.condition, USUAL_KINDS)
    words = {"promise": target.name, "when": when}
    return _("%(promise)s (%(when)s)") % words if when else target.name


def _running(target: Target) -> str:
    parts = (target.description, policy_text.moves(target), *policy_text.extras(target))
    return policy_text.sentences([part for part in parts if part])


def _lists(old: Scheme, new: Scheme) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    for title, lines in _named_lists().items():
        yield title, lines(old), lines(new)


def _named_lists() -> Mapping[str, Callable[[Scheme], Sequence[str]]]:
    return {
        _("Steps"): lambda scheme: scheme.text.flow,
        _("When a time is missed"): lambda scheme: [
            *policy_text.raises(scheme),
            *(policy_text.consequence(consequence, scheme) for consequence in scheme.consequences),
        ],
        _("What is not covered"): lambda scheme: scheme.text.exclusions,
        _("At least, each year of the contract"): policy_text.a_year,
        _("What else we promise"): lambda scheme: scheme.text.promises,
    }
