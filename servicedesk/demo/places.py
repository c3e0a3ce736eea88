"""Organisations, sites, machines and contracts of the demo world. Days count from `today`, so nothing ever lapses
that should not: warranties run, have lapsed or are unknown. Delta's frame contract is young: before it only some units
were covered. Contracts on `telecom` and `general` name their units and so leave the others alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from customers.models import Contract, Equipment, Membership, Organisation, Product, Site
from servicedesk.demo.people import PEOPLE

# code, name, language
ORGANISATIONS = (
    ("acme", "Acme Logistics", "en"),
    ("borealis", "Borealis Hospital Supply", "th"),
    ("cathay", "Cathay Instruments", "zh-hans"),
    ("delta", "Delta Broadcast", "en"),
)
# organisation, code, name, address, zone, country, travel minutes, loaner at the local depot
SITES = (
    ("acme", "acme-hq", "Head office", "88 Century Avenue, Shanghai", "Asia/Shanghai", "CN", 30, False),
    ("acme", "acme-plant", "Kunshan plant", "12 Qianjin Road, Kunshan", "Asia/Shanghai", "CN", 90, False),
    ("borealis", "borealis-1", "Bang Na warehouse", "9 Bang Na-Trat Road, Bangkok", "Asia/Bangkok", "TH", 45, False),
    ("cathay", "cathay-1", "Beijing works", "6 Zhongguancun East Road, Beijing", "Asia/Shanghai", "CN", 40, False),
    ("delta", "delta-1", "Berlin studio", "Köpenicker Straße 20, Berlin", "Europe/Berlin", "DE", 60, False),
)
# How one gets in, as the customer wrote it.
ACCESS = {
    "acme-hq": "Sign in at the north reception, ground floor. The server rooms need a visitor's badge.",
    "borealis-1": "แลกบัตรที่ป้อม รปภ. ประตู 2 แล้วโทรหาหัวหน้ากะ",
    "cathay-1": "请在东门登记，机房须由当班人员陪同进入。",
}
# code, name, family, maker
PRODUCTS = (
    ("srv-r740", "Rack server R740", "server", "Norden"),
    ("srv-x6", "Rack server X6", "server", "Huayue"),
    ("san-me5", "Storage array ME5", "storage", "Norden"),
    ("tape-t40", "Tape library T40", "storage", "Norden"),
    ("sw-c9300", "Access switch C9300", "network", "Trellis"),
    ("sw-s6730", "Core switch S6730", "network", "Huayue"),
    ("fw-f200", "Firewall F200", "network", "Trellis"),
    ("ups-g200", "UPS Galaxy 200 kVA", "ups", "Volta"),
    ("bat-vrla", "Battery string VRLA 192 V", "battery", "Volta"),
    ("gen-d500", "Diesel generator D500", "generator", "Volta"),
    ("rec-48", "Rectifier 48 V", "rectifier", "Volta"),
    ("erp-suite", "Enterprise suite 9", "software", "Lumen"),
    ("mcu-9000", "Conference bridge 9000", "video", "Clarion"),
    ("vc-room", "Room system VC-7", "video", "Clarion"),
    ("vc-rec", "Recorder VR-2", "video", "Clarion"),
    ("msg-gw", "Message gateway MG-4", "telecom", "Relais"),
    ("bill-core", "Billing core BC-2", "telecom", "Relais"),
    ("prn-z4", "Label printer Z4", "retail", "Stripe"),
    ("scan-1", "Hand scanner S1", "retail", "Stripe"),
)
RUNNING, LAPSED, UNKNOWN, DELIVERY = "running", "lapsed", "unknown", "delivery"


@dataclass(frozen=True)
class Unit:
    serial: str
    product: str
    site: str
    place: str
    warranty: str = RUNNING

    @property
    def importance(self) -> str:
        return next((name for name, serials in IMPORTANCE.items() if self.serial in serials), "ordinary")


# What hangs on a unit; the others are ordinary.
IMPORTANCE = {
    "vital": ("SN-1236", "SN-1301", "SN-2234", "SN-3004", "SN-5003"),
    "important": ("SN-1234", "SN-1238", "SN-2237", "SN-3001", "SN-3101", "SN-4001", "SN-5001", "SN-5002"),
}
UNITS = (
    Unit("SN-1234", "srv-r740", "acme-hq", "hall A, rack 3"),
    Unit("SN-1235", "srv-r740", "acme-hq", "hall A, rack 4", LAPSED),
    Unit("SN-1236", "san-me5", "acme-hq", "hall A, rack 7"),
    Unit("SN-1237", "sw-c9300", "acme-hq", "floor 2", UNKNOWN),
    Unit("SN-1238", "fw-f200", "acme-hq", "hall A, rack 1"),
    Unit("SN-1239", "tape-t40", "acme-hq", "hall B", LAPSED),
    Unit("SN-1301", "srv-r740", "acme-plant", "control room"),
    Unit("SN-1302", "sw-c9300", "acme-plant", "line 2"),
    Unit("SN-1303", "sw-c9300", "acme-plant", "warehouse", LAPSED),
    Unit("SN-1304", "san-me5", "acme-plant", "control room", UNKNOWN),
    Unit("SN-2234", "ups-g200", "borealis-1", "server hall"),
    Unit("SN-2235", "ups-g200", "borealis-1", "cold store", LAPSED),
    Unit("SN-2236", "bat-vrla", "borealis-1", "battery room"),
    Unit("SN-2237", "gen-d500", "borealis-1", "yard", UNKNOWN),
    Unit("SN-2238", "rec-48", "borealis-1", "telecom room", DELIVERY),
    Unit("SN-3001", "srv-x6", "cathay-1", "hall 1, rack 2"),
    Unit("SN-3002", "srv-x6", "cathay-1", "hall 1, rack 5", LAPSED),
    Unit("SN-3003", "sw-s6730", "cathay-1", "building 3"),
    Unit("SN-3004", "sw-s6730", "cathay-1", "core room", UNKNOWN),
    Unit("SN-3005", "fw-f200", "cathay-1", "core room"),
    Unit("SN-3101", "erp-suite", "cathay-1", "finance", DELIVERY),
    Unit("SN-3102", "erp-suite", "cathay-1", "stock", LAPSED),
    Unit("SN-4001", "mcu-9000", "delta-1", "machine room"),
    Unit("SN-4002", "vc-room", "delta-1", "room Spree", LAPSED),
    Unit("SN-4003", "vc-room", "delta-1", "board room", LAPSED),
    Unit("SN-4004", "vc-rec", "delta-1", "machine room", UNKNOWN),
    Unit("SN-5001", "msg-gw", "acme-hq", "hall C, row 4"),
    Unit("SN-5002", "msg-gw", "acme-hq", "hall C, row 5"),
    Unit("SN-5003", "bill-core", "acme-hq", "hall C, row 1", LAPSED),
    Unit("SN-6001", "prn-z4", "acme-plant", "goods in", LAPSED),
    Unit("SN-6002", "scan-1", "acme-plant", "warehouse", DELIVERY),
)


@dataclass(frozen=True)
class Agreement:
    """`since` and `until`: days before today. `units` empty: everything of the organisation."""

    organisation: str
    number: str
    name: str
    scheme: str
    since: int
    until: int | None = None
    categories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


PLATFORM = ("SN-5001", "SN-5002", "SN-5003")
AGREEMENTS = (
    Agreement("acme", "ACM-24-017", "Maintenance of servers and network", "infrastructure", 640),
    Agreement("acme", "ACM-20-003", "First years of support", "general", 1800, 640),
    Agreement("borealis", "BOR-24-002", "Power equipment, all sites", "power", 520, -420),
    Agreement("cathay", "CAT-25-011", "Application software", "software", 400, categories=("software",)),
    Agreement("cathay", "CAT-25-013", "Finance suite, by licence", "software", 400, units=("SN-3101", "SN-3102")),
    Agreement("cathay", "CAT-25-012", "Server and network hardware", "hardware", 400),
    Agreement("acme", "ACM-24-018", "Message and billing platform", "telecom", 700, units=PLATFORM),
    Agreement("acme", "ACM-25-004", "Warehouse equipment, by unit", "general", 240, units=("SN-6001", "SN-6002")),
    Agreement("delta", "DEL-25-001", "Video conferencing, Berlin", "teleconference", 45, -320),
    Agreement("delta", "DEL-24-006", "Bridge and board room", "teleconference", 420, 60, units=("SN-4001", "SN-4003")),
)
# Unit -> the scheme of the contract that names it now.
NAMED = {serial: entry.scheme for entry in AGREEMENTS if (entry.until or 0) <= 0 for serial in entry.units}


def create(people: Mapping[str, User], today: date) -> None:
    owners = {code: Organisation(code=code, name=name, language=language) for code, name, language in ORGANISATIONS}
    Organisation.objects.bulk_create(owners.values())
    fields = ("code", "name", "address", "zone", "country", "travel_minutes", "has_local_loaner")
    sites: dict[str, Site] = {}
    for owner, *values in SITES:
        facts: dict[str, Any] = dict(zip(fields, values, strict=True))
        facts["access_notes"] = ACCESS.get(facts["code"], "")
        sites[facts["code"]] = Site.objects.create(organisation=owners[owner], **facts)
    products = {code: Product(code=code, name=name, family=family, maker=m) for code, name, family, m in PRODUCTS}
    Product.objects.bulk_create(products.values())
    units = {unit.serial: _unit(unit, products[unit.product], sites[unit.site], today) for unit in UNITS}
    Equipment.objects.bulk_create(units.values())
    for agreement in AGREEMENTS:
        _contract(agreement, owners[agreement.organisation], units, today)
    for person in PEOPLE:
        for place in person.places:
            owner, _, site = place.partition("/")
            Membership.objects.create(
                user=people[person.key], organisation=owners[owner], site=sites[site] if site else None
            )


def _unit(unit: Unit, product: Product, site: Site, today: date) -> Equipment:
    started = {RUNNING: 300, DELIVERY: 200, LAPSED: 1500}.get(unit.warranty)
    day = today - timedelta(days=started) if started else None
    return Equipment(
        serial_number=unit.serial,
        product=product,
        site=site,
        place=unit.place,
        importance=unit.importance,
        delivered_on=day - timedelta(days=20) if day else None,
        accepted_on=None if unit.warranty == DELIVERY else day,
        warranty_from="delivery" if unit.warranty == DELIVERY else "acceptance",
        warranty_months=None if unit.warranty == UNKNOWN else 12 if unit.warranty == DELIVERY else 36,
    )


def _contract(agreement: Agreement, owner: Organisation, units: Mapping[str, Equipment], today: date) -> None:
    contract = Contract.objects.create(
        organisation=owner,
        number=agreement.number,
        name=agreement.name,
        scheme_code=agreement.scheme,
        starts_on=today - timedelta(days=agreement.since),
        ends_on=None if agreement.until is None else today - timedelta(days=agreement.until),
        categories=list(agreement.categories),
    )
    contract.equipment.set(units[serial] for serial in agreement.units)
