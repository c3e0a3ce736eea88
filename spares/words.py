"""What the log tells of a part between the events that the clocks know. Text only."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from spares.kinds import Source


def step_of_part(data: Mapping[str, Any]) -> str:
    """`data` of `part_moved`: `step` "sent", "sent_partly" or "asked_of", `part`, and `source` of the latter."""
    if data.get("step") == "asked_of":
        source = Source(data["source"]).label if data.get("source") in Source.values else data.get("source", "")
        return _("%(part)s, asked of: %(source)s") % {"part": data.get("part", ""), "source": source}
    sent = _("%(part)s sent") if data.get("step") == "sent" else _("%(part)s sent, more to follow")
    return sent % {"part": data.get("part", "")}
