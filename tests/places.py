"""Organisations, sites, units and contracts that every test knows; the same as in the demonstration world."""

from datetime import date
from types import SimpleNamespace

from customers.models import Contract, Equipment, Organisation, Product, Site

STARTED = date(2024, 1, 1)
ACCEPTED = date(2025, 6, 1)


def organisation(code: str, name: str) -> Organisation:
    return Organisation.objects.create(code=code, name=name)


def site(owner: Organisation, code: str, zone: str, country: str, travel_minutes: int) -> Site:
    return Site.objects.create(
        organisation=owner, code=code, name=code, zone=zone, country=country, travel_minutes=travel_minutes
    )


def contract(owner: Organisation, scheme: str, *, categories: tuple[str, ...] = ()) -> Contract:
    return Contract.objects.create(
        organisation=owner,
        number=f"C-{owner.code}-{scheme}",
        scheme_code=scheme,
        starts_on=STARTED,
        categories=list(categories),
    )


def unit(at: Site, serial_number: str, product: Product) -> Equipment:
    return Equipment.objects.create(
        serial_number=serial_number, product=product, site=at, accepted_on=ACCEPTED, warranty_months=36
    )


def acme() -> SimpleNamespace:
    owner = organisation("acme", "Acme")
    hq = site(owner, "acme-hq", "Asia/Shanghai", "CN", 30)
    plant = site(owner, "acme-plant", "Asia/Shanghai", "CN", 90)
    product = Product.objects.create(code="srv-1", name="Server 1", family="server", maker="Maker")
    return SimpleNamespace(
        organisation=owner,
        hq=hq,
        plant=plant,
        contract=contract(owner, "infrastructure"),
        unit=unit(hq, "SN-1234", product),
        plant_unit=unit(plant, "SN-1235", product),
    )


def borealis() -> SimpleNamespace:
    owner = organisation("borealis", "Borealis")
    only = site(owner, "borealis-1", "Asia/Bangkok", "TH", 60)
    product = Product.objects.create(code="ups-1", name="UPS 1", family="ups", maker="Maker")
    return SimpleNamespace(
        organisation=owner, site=only, contract=contract(owner, "power"), unit=unit(only, "SN-2234", product)
    )


def cathay() -> SimpleNamespace:
    owner = organisation("cathay", "Cathay")
    only = site(owner, "cathay-1", "Asia/Shanghai", "CN", 60)
    contracts = [contract(owner, "software", categories=("software",)), contract(owner, "hardware")]
    return SimpleNamespace(organisation=owner, site=only, contracts=contracts)


def delta() -> SimpleNamespace:
    owner = organisation("delta", "Delta")
    only = site(owner, "delta-1", "Europe/Berlin", "DE", 60)
    return SimpleNamespace(organisation=owner, site=only, contract=contract(owner, "teleconference"))
