"""The stores that come to be by themselves: the road, an engineer's van and the shelf at a customer's site."""

from accounts.models import User
from customers.models import Site
from spares.kinds import StoreKind
from spares.models import Store


def road() -> Store:
    """What has left one store and not reached the next."""
    made = {"code": "on-the-way", "name": "On the way", "calendar": "24x7"}
    return Store.objects.get_or_create(kind=StoreKind.WAY, defaults=made)[0]


def van_of(engineer: User) -> Store:
    """His van, or what he carries: made when he first takes a part."""
    made = {"code": f"van-{engineer.pk}", "name": engineer.name or engineer.email, "calendar": "24x7"}
    found = {"kind": StoreKind.VAN, "keeper": engineer, "is_active": True}
    return Store.objects.get_or_create(**found, defaults=made)[0]


def shelf_at(site: Site) -> Store:
    """Where parts lie at the customer's until they are built in: made when the first is delivered."""
    made = {
        "code": f"site-{site.pk}",
        "name": site.name,
        "zone": site.zone,
        "country": site.country,
        "calendar": "24x7",
    }
    found = Store.objects.filter(kind=StoreKind.SITE, site=site, is_active=True).order_by("pk").first()
    return found or Store.objects.get_or_create(code=f"site-{site.pk}", defaults=made)[0]
