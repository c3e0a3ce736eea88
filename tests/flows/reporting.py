"""Walks through the fault form as a browser without script does: post, follow, post."""

import re
from typing import Any

from django.test import Client

from tickets.models import Ticket

CONTACT = {"name": "Grace Lam", "phone": "+852 5555 0142", "access": ""}
GUEST = {"name": "Greta Guest", "email": "greta@example.com", "organisation": "Guest & Co", "phone": "", "access": ""}


class Walk:
    """One draft in one browser. Each step returns the answer after redirects."""

    def __init__(self, client: Client) -> None:
        self.client = client
        page = client.get("/report/").content.decode()
        found = re.search(r'name="draft" value="([0-9a-f-]{36})"', page)
        assert found
        self.draft = found[1]

    def equipment(self, **answers: Any) -> Any:
        return self.client.post("/report/", {"draft": self.draft, **answers}, follow=True)

    def fault(self, **answers: Any) -> Any:
        facts = {"level": "", "description": "The alarm sounds. It began at noon.", **answers}
        return self.client.post(f"/report/{self.draft}/fault/", facts, follow=True)

    def check(self, **answers: Any) -> Any:
        return self.client.post(f"/report/{self.draft}/check/", answers, follow=True)


def by_customer(client: Client, unit: Any, level: str = "3", **fault: Any) -> Any:
    walk = Walk(client)
    walk.equipment(unit=unit.pk)
    walk.fault(level=level, **fault)
    return walk.check(**CONTACT)


def by_guest(client: Client, **contact: Any) -> Any:
    walk = Walk(client)
    walk.equipment(thing="UPS in the cellar", place="Guest & Co, hall 3")
    walk.fault(level="normal")
    return walk.check(**{**GUEST, **contact})


def reported() -> Ticket:
    return Ticket.objects.get()
