"""What can be done next with a card, by its state. One table for the board, the scanner and the pages of the steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spares.kinds import State
from spares.models import PartRequest


@dataclass(frozen=True)
class Step:
    """`code` is its address. `to`: the column it leads to, in words; empty where the card stays or ends.

    `action`: what the policy table is asked, before the service asks again.
    """

    code: str
    label: str | LazyText
    action: str
    states: tuple[State, ...]
    to: str | LazyText = ""
    icon: str = ""


ALL = (
    Step("name", _("Name the part"), "spare.use", (State.REQUESTED,)),
    Step("reserve", _("Reserve"), "spare.move", (State.REQUESTED,), to=State.PICKING.label),
    Step("send", _("Scan out"), "spare.move", (State.PICKING,), to=State.ON_THE_WAY.label, icon="scan"),
    Step(
        "hand-over",
        _("Hand over"),
        "spare.use",
        (State.PICKING, State.ON_THE_WAY),
        to=State.WITH_ENGINEER.label,
    ),
    Step(
        "deliver",
        pgettext_lazy("a part", "Delivered"),
        "spare.use",
        (State.ON_THE_WAY, State.WITH_ENGINEER),
        to=State.DELIVERED.label,
    ),
    Step(
        "use",
        _("Mark used"),
        "spare.use",
        (State.ON_THE_WAY, State.WITH_ENGINEER, State.DELIVERED),
        to=State.USED.label,
    ),
    Step(
        "bring-back",
        _("Bring back"),
        "spare.move",
        (State.ON_THE_WAY, State.WITH_ENGINEER, State.DELIVERED),
        to=State.UNUSED.label,
        icon="return",
    ),
    Step("release", _("Put back"), "spare.move", (State.PICKING,), to=State.REQUESTED.label),
    Step("split", _("Split"), "spare.move", (State.REQUESTED,)),
    Step("cancel", _("Cancel the request"), "spare.ask", (State.REQUESTED, State.PICKING), to=State.CANCELLED.label),
)
STEPS: Mapping[str, Step] = {step.code: step for step in ALL}
FIRST = {
    State.PICKING: "send",
    State.ON_THE_WAY: "deliver",
    State.WITH_ENGINEER: "use",
    State.DELIVERED: "use",
}


def possible(card: PartRequest) -> list[Step]:
    """All steps that fit the card as it stands, whoever asks."""
    fitting = [step for step in ALL if card.state in step.states]
    has_name, is_one = card.part_id is not None, card.quantity == 1
    left_out = {code for code, is_out in (("reserve", not has_name), ("split", is_one)) if is_out}
    return [step for step in fitting if step.code not in left_out]


def next_step(card: PartRequest) -> Step | None:
    """The one sensible step."""
    if card.state == State.REQUESTED:
        return STEPS["name"] if card.part_id is None else STEPS["reserve"]
    code = FIRST.get(State(card.state))
    return STEPS[code] if code else None
