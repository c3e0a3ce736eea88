"""Which steps a person may take with a card, for pages that offer them; each step's own service asks again."""

from accounts.actors import Actor
from accounts.policies import may
from spares import facts
from spares.models import PartRequest
from spares.policies import TABLE
from spares.services import rows


def offered(request: PartRequest, by: Actor) -> list[facts.Step]:
    """Needs `store` of the card read already. An engineer hands over what lies in his own van."""
    return [step for step in facts.possible(request) if may(by, _action(step, request, by), TABLE)]


def _action(step: facts.Step, request: PartRequest, by: Actor) -> str:
    return rows.own_van_or_keeper(request.store, by) if step.code == "hand-over" else step.action
