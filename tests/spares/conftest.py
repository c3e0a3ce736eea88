"""A small store room: two depots near Acme, one of them regional, and parts with and without serial numbers."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from accounts.actors import SYSTEM, Actor
from accounts.models import User
from spares import services
from spares.kinds import Condition, Reason
from spares.models import Movement, Part, Store
from spares.services import Line, Spot
from spares.services.ledger import OUTSIDE, Cause

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai


@pytest.fixture
def room(db: None) -> SimpleNamespace:
    """`near` and `regional` (depots), `fan` (by quantity), `board` (by serial number); all empty."""
    return SimpleNamespace(
        near=Store.objects.create(code="kwai-chung", name="Kwai Chung", kind="depot"),
        regional=Store.objects.create(code="nanshan", name="Nanshan", kind="depot", is_regional=True),
        fan=Part.objects.create(number="FT-4", name="Fan tray"),
        board=Part.objects.create(number="GC-110-MB", name="Gate controller board", is_serialised=True),
    )


@pytest.fixture
def bring(room: SimpleNamespace) -> Callable[..., list[Movement]]:
    """`bring(part, store, 3)`, or with serial numbers: `bring(board, store, "S1", "S2")`; `condition=` new."""

    def into(part: Part, store: Store, *what: int | str, condition: str = Condition.NEW) -> list[Movement]:
        lines = [
            Line(part, quantity=it) if isinstance(it, int) else Line(part, piece=services.piece_of(part, it))
            for it in what
        ]
        cause = Cause(Reason.BOUGHT, SYSTEM, NOW, NOW)
        return services.move(lines=lines, source=OUTSIDE, target=Spot(store, condition), cause=cause)

    return into


@pytest.fixture
def keeper(storekeeper: User) -> Actor:
    return Actor(user=storekeeper)
