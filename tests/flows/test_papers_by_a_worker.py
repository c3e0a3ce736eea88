"""A report that is asked for is made by a real worker, which a real beat wakes."""

import pytest
from django.utils import timezone

from accounts.actors import Actor
from inspections import services
from inspections.models import Report
from tests.flows.workers import crew, eventually
from tests.inspections import papers
from tests.inspections.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row(report, acme, lead, engineer):
    checklist = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW)
    version = services.publish(checklist=checklist, seen=checklist.draft_number, by=Actor(lead), now=NOW)
    visit = papers.signed_visit(report, acme.unit, version, engineer, NOW)
    return services.begin_report(inspection=visit, by=Actor(engineer))


def test_a_worker_makes_it_soon(row, engineer, tmp_path):
    with crew() as hands:
        hands.worker()
        hands.beat(str(tmp_path))
        services.ask_report(report=row, by=Actor(engineer), now=timezone.now())
        made = Report.objects.filter(pk=row.pk, made_at__isnull=False, asked_at=None)
        assert eventually(made.exists, seconds=60)
    row.refresh_from_db()
    assert (row.made_by, row.failed_at, len(row.sha256)) == (engineer, None, 64)
    assert "Amber since noon." in str(row.document)
