"""The only writers of clocks, timers and schemes."""

from sla.services.rebuild import Rebuilt, check, rebuild
from sla.services.schemes import load_shipped, publish
from sla.services.settle import retry_set_aside, settle, settle_safely, settle_tickets
from sla.services.sweep import Swept, fire_due

__all__ = [
    "Rebuilt", "Swept", "check", "fire_due", "load_shipped", "publish", "rebuild", "retry_set_aside", "settle",
    "settle_safely", "settle_tickets",
]  # fmt: skip
