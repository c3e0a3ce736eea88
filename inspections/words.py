"""What customers too may read of a visit: questions about last time, readings beside their limits. Text only."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.checklists import Given, Item, Judgement
from inspections.wording import measured, number

YEARLY = {"inspection": gettext_lazy("Inspections"), "call": gettext_lazy("Early-warning calls")}
LAST_TIME = gettext_lazy("Found last time")


def was_it_cured(question: str) -> str:
    return _("Was it really cured? %(what)s") % {"what": question}


def reading_beside_limit(item: Item, given: Given, judgement: Judgement) -> str:
    """ "31.5 °C, limit 27.0"; empty without a reading."""
    if given.reading is None:
        return ""
    value = measured(given.reading, item.unit)
    if judgement.limit is None:
        return value
    return _("%(value)s, limit %(limit)s") % {"value": value, "limit": number(judgement.limit)}
