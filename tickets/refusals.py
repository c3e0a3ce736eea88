"""The lifecycle's refusals in words. Text only."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cancelled": _("The ticket is cancelled. Only notes and links can be added."),
    "closed": _("The ticket is closed. Re-open it first; notes, links and the report can still be added."),
    "kind": _("This event belongs to another kind of ticket."),
    "open": _("The ticket is open already."),
    "waiting": _("The ticket is waiting for the customer already."),
    "not_waiting": _("The ticket is not waiting for the customer."),
    "restored": _("Service is restored already. Re-open the ticket first if it failed again."),
    "resolved": _("The ticket is resolved already."),
    "not_resolved": _("The ticket is not resolved yet."),
    "no_consent": _("The customer has not granted remote access yet."),
    "crisis_open": _("A crisis is open already."),
    "no_crisis": _("No crisis is open."),
}
