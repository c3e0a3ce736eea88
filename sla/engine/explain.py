"""Why a clock is due when it is: the stretches from its start event to its due time or stop, without gap."""

from sla.engine.results import Clock, Plan, Stretch


def explain(plan: Plan, clock: Clock) -> tuple[Stretch, ...]:
    """The stretches of a clock of that plan; the `counted` ones add up to its duration."""
    raise NotImplementedError
