"""Which organisations, sites and units a person may see: one rule, from memberships."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Upper

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)
# What people leave out or put in when they type a serial number: it says nothing.
BETWEEN = " -_./:#"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
LONGEST_SERIAL = 80
SHORTEST_PIECE = 3
WORDS = 8


def bare_serial() -> Upper:
    """The serial number of a unit without what stands between; an index of the table holds it."""
    return Upper(Func(F("serial_number"), Value(BETWEEN), Value(""), function="translate"))


def bare(text: str) -> str:
    """The same of what was typed: "ＳＮ－1301" and "sn 1301" are SN1301."""
    folded = unicodedata.normalize("NFKC", text.replace("\x00", " "))
    return folded.translate(dict.fromkeys(map(ord, BETWEEN + DASHES))).upper()


class Visible(models.QuerySet[M]):
    """Staff see everything, a customer what his memberships reach; the paths say how to get there from a row."""

    organisation_path = "organisation"
    site_path = "site"

    def visible_to(self, user: "User") -> Self:
        if not user.is_active:
            return self.none()
        if user.is_staff_member:
            return self
        member = user.memberships.all()
        whole = member.filter(site__isnull=True, organisation=OuterRef(self.organisation_path))
        at_site = member.filter(site=OuterRef(self.site_path))
        return self.filter(Exists(whole) | Exists(at_site))


Place = tuple[int | None, int | None]  # an organisation and a site of it, or no site: what is the whole organisation's


class MembershipQuerySet(models.QuerySet[M]):
    """The rule of `Visible` read from the other end: who of a customer sees a place."""

    def people_at(self, places: Collection[Place]) -> Mapping[Place, list[int]]:
        """Of each place the customers who see it, as numbers of users, by name; closed accounts are left out.

        One statement however many places.
        """
        owners = {organisation for organisation, _ in places if organisation is not None}
        if not owners:
            return {place: [] for place in places}
        rows = self.filter(organisation__in=owners, user__role="customer", user__is_active=True)
        members = list(rows.order_by("user__name", "user_id").values_list("organisation_id", "site_id", "user_id"))
        return {
            (organisation, site): list(
                dict.fromkeys(user for of, at, user in members if of == organisation and at in (None, site))
            )
            for organisation, site in places
        }


class OrganisationQuerySet(Visible[M]):
    def visible_to(self, user: "User") -> Self:
        """A member of one site sees the organisation itself, not its other sites."""
        if not user.is_active:
            return self.none()
        return (
            self if user.is_staff_member else self.filter(Exists(user.memberships.filter(organisation=OuterRef("pk"))))
        )


class SiteQuerySet(Visible[M]):
    organisation_path = "organisation"
    site_path = "pk"


class EquipmentQuerySet(Visible[M]):
    organisation_path = "site__organisation"
    site_path = "site"

    def with_serial(self, text: str) -> Self:
        """The units whose serial number was typed, with or without its hyphens; several where only these differ."""
        wanted, whole = bare(text), text.replace("\x00", "").strip()
        if not wanted or len(wanted) > LONGEST_SERIAL:
            return self.filter(serial_number=whole) if whole else self.none()
        return self.alias(bare=bare_serial()).filter(Q(bare=wanted) | Q(serial_number=whole))

    def containing_serial(self, text: str) -> Self:
        """The units whose serial number has this piece. Reads the whole table: for one person who waits, no list."""
        wanted = bare(text)
        if not SHORTEST_PIECE <= len(wanted) <= LONGEST_SERIAL:
            return self.none()
        return self.alias(bare=bare_serial()).filter(bare__contains=wanted)

    def matching(self, text: str) -> Self:
        """The units that a search finds: the one whose whole number was typed, else those with all the words.

        The whole number is looked up in its index; words are looked for in what the caller has narrowed already.
        """
        exact = self.with_serial(text)
        if not text.strip() or exact.exists():
            return exact if text.strip() else self
        found = self.alias(bare=bare_serial())
        for word in text.replace("\x00", " ").split()[:WORDS]:
            named = Q(product__name__icontains=word) | Q(place__icontains=word) | Q(site__name__icontains=word)
            piece = bare(word)
            found = found.filter(named | Q(bare__contains=piece) if piece else named)
        return found

    def whose_warranty_ends(self, first: date, last: date) -> Self:
        """Between these days, both included and a day more at either end: `warranty_ends_on` says it exactly."""
        months = Func(F("warranty_months"), template="make_interval(months => %(expressions)s)")
        starts = Case(When(warranty_from="acceptance", then=F("accepted_on")), default=F("delivered_on"))
        ends = ExpressionWrapper(starts + months, output_field=models.DateTimeField())
        day = timedelta(days=1)
        return self.alias(ends=Cast(ends, models.DateField())).filter(ends__range=(first - day, last + day))


class ContractQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Contracts are the organisation's: staff and organisation-wide members."""
        if not user.is_active:
            return self.none()
        if user.is_staff_member:
            return self
        return self.filter(Exists(user.memberships.filter(site__isnull=True, organisation=OuterRef("organisation"))))

    def concerning(self, user: "User") -> Self:
        """Those under which work is done for this person: of his organisation, and of his sites where he has only some
        and the contract names any. Less than `visible_to`: what a contract says beyond that work is not shown by it.
        """
        if not user.is_active or user.is_staff_member:
            return self.visible_to(user)
        member = user.memberships.filter(organisation=OuterRef("organisation"))
        contract: Any = self.model
        named = contract.sites.through._default_manager.filter(contract_id=OuterRef("pk"))
        his = named.filter(site_id__in=user.memberships.filter(site__isnull=False).values("site"))
        is_of_his_sites = Q(Exists(member)) & (~Q(Exists(named)) | Q(Exists(his)))
        return self.filter(Q(Exists(member.filter(site__isnull=True))) | is_of_his_sites)

    def in_force(self, on: "models.DateField[object, object] | object") -> Self:
        """Half-open: a contract that ends on a day does not cover that day."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gt=on))
