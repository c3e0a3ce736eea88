"""The start page sends everybody to where the day's work is. Shows nothing itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import services
from accounts.models import User
from accounts.roles import Role

HOMES = {
    Role.CUSTOMER: "/portal/",
    Role.MANAGER: "/dashboard/",
    Role.STOREKEEPER: "/spares/",
    Role.ENGINEER: "/tickets/?view=mine",
}


def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return redirect("setup" if services.is_new_desk() else "account_login")
    return redirect(HOMES.get(Role(request.user.role), "/tickets/"))
