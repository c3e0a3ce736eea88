"""The only writers of clocks, timers and schemes."""

from sla.services.overrides import override_day, replan_open, withdraw_override
from sla.services.rebuild import Rebuilt, check, rebuild
from sla.services.schemes import load_shipped, publish, translate
from sla.services.settle import retry_set_aside, settle, settle_safely, settle_tickets
from sla.services.sweep import Swept, fire_due

__all__ = [
    "Rebuilt", "Swept", "check", "fire_due", "load_shipped", "override_day", "publish", "rebuild", "replan_open",
    "retry_set_aside", "settle", "settle_safely", "settle_tickets", "translate",
    "withdraw_override",
]  # fmt: skip
