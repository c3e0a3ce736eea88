"""The roles of the house. A person has exactly one; what a role may do stands in the policy tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    AGENT = "agent", _("Support agent")
    LEAD = "lead", _("Team lead")
    MANAGER = "manager", _("Manager")
    ENGINEER = "engineer", _("Field engineer")
    STOREKEEPER = "storekeeper", _("Storekeeper")
    ADMINISTRATOR = "administrator", _("Administrator")
    CUSTOMER = "customer", _("Customer")


STAFF = frozenset(Role) - {Role.CUSTOMER}
DESK = frozenset({Role.AGENT, Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR})
LEADS = frozenset({Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR})
EVERYONE = frozenset(Role)
# Of the duty list: stands by at events on these days. What else somebody does, it says nothing about.
SENIOR_DUTY = "senior_engineer"
