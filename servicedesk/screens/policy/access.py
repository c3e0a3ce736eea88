"""Which schemes somebody may read: staff all, a customer those that are promised to his organisations."""

from accounts.models import User
from customers.models import Contract, Organisation
from tickets.models import Ticket


def readable_codes(user: User) -> set[str] | None:
    """None: all. A customer's own tickets count too: one without a contract is on the default scheme."""
    if user.is_staff_member:
        return None
    own = Organisation.objects.visible_to(user)
    promised = Contract.objects.filter(organisation__in=own).values_list("scheme_code", flat=True)
    followed = Ticket.objects.visible_to(user).order_by().values_list("scheme_code", flat=True).distinct()
    return set(promised) | set(followed)
