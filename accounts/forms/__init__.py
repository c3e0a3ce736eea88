"""Forms about oneself (`own`) and about people, teams and duties (`people`). They check shape; services decide."""

from accounts.forms.own import KeyForm, ProfileForm, ZoneField
from accounts.forms.people import DutyForm, LowerCaseEmail, PeopleFilter, PersonForm, TeamForm

__all__ = [
    "DutyForm",
    "KeyForm",
    "LowerCaseEmail",
    "PeopleFilter",
    "PersonForm",
    "ProfileForm",
    "TeamForm",
    "ZoneField",
]
