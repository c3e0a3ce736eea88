"""Links and merging: nothing is the duplicate of another organisation's work, and no chain comes back to itself."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from accounts.actors import GUEST, Actor
from common.errors import Invalid
from tickets import services
from tickets.models import Link

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def by(agent):
    return Actor(user=agent)


def refused(write, field, **what):
    with pytest.raises(Invalid) as refusal:
        write(now=NOW, **what)
    assert list(refusal.value.errors) == [field]


def test_a_ticket_is_not_merged_into_one_of_another_organisation(report, borealis, by):
    ours, theirs = report(), report(organisation=borealis.organisation, site=borealis.site)
    refused(services.merge, "into", ticket=ours, into=theirs, by=by)
    refused(services.link, "target", ticket=ours, target=theirs, kind="duplicate_of", by=by)
    ours.refresh_from_db()
    assert (ours.state, ours.merged_into) == ("new", None)
    assert not Link.objects.exists()


def test_a_report_of_nobody_known_is_merged_into_a_known_one(report, by):
    unknown = services.report(intake=services.Intake(title="Down", level="urgent"), by=GUEST, at=NOW, now=NOW)
    known = report()
    assert services.merge(ticket=unknown, into=known, by=by, now=NOW).merged_into == known


@pytest.mark.parametrize("kind", ["parent", "duplicate_of"])
@pytest.mark.parametrize("length", [2, 4])
def test_a_chain_that_comes_back_to_itself_is_refused(report, by, kind, length):
    chain = [report() for _ in range(length)]
    for one, next_one in pairwise(chain):
        services.link(ticket=one, target=next_one, kind=kind, by=by, now=NOW)
    refused(services.link, "target", ticket=chain[-1], target=chain[0], kind=kind, by=by)
    services.link(ticket=chain[-1], target=chain[0], kind="related", by=by, now=NOW)


def test_merging_does_not_close_a_circle_of_duplicates(report, by):
    one, other = report(), report()
    services.link(ticket=one, target=other, kind="duplicate_of", by=by, now=NOW)
    refused(services.merge, "into", ticket=other, into=one, by=by)
