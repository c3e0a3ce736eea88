"""A report is accepted whatever else is broken: the broker, the scheme, the file store, a double press."""

import threading

import pytest
from django.db import connection
from django.test import Client

from sla import library
from sla.models import SchemeVersion
from tests.flows import reporting
from tests.tickets.files import upload
from tickets.models import Ticket


@pytest.mark.django_db
def test_the_broker_is_down(browser, acme, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert reporting.by_customer(browser, acme.unit).status_code == 200
    assert Ticket.objects.count() == 1


@pytest.mark.django_db
def test_the_scheme_cannot_be_read(browser, acme, django_capture_on_commit_callbacks):
    broken = {**SchemeVersion.objects.get(code="infrastructure", version=1).document, "targets": "nonsense"}
    version = SchemeVersion.objects.get(code="infrastructure", version=1)
    SchemeVersion.objects.create(
        code="infrastructure", version=9, name="x", document=broken,
        effective_at=version.effective_at, published_at=version.published_at,
    )  # fmt: skip
    library.forget()
    walk = reporting.Walk(browser)
    page = walk.equipment(unit=acme.unit.pk).content.decode()
    assert "decide at once how urgent it is" in page
    walk.fault()
    answer = walk.check(**reporting.CONTACT)
    assert reporting.reported().reference in answer.content.decode()
    assert "being worked out" in answer.content.decode()


@pytest.mark.django_db
def test_the_contract_names_a_scheme_that_does_not_exist(browser, acme):
    type(acme.contract).objects.update(scheme_code="nowhere")
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault()
    assert walk.check(**reporting.CONTACT).status_code == 200
    assert reporting.reported().scheme_code == "nowhere"


@pytest.mark.django_db
def test_the_file_store_is_down_but_the_text_is_kept(browser, acme, settings, tmp_path):
    (tmp_path / "attachments").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    page = walk.fault(level="3", uploads=[upload("plan.txt")], description="Words to keep").content.decode()
    assert "We could not keep the file plan.txt" in page
    assert "Words to keep" in page
    walk.fault(level="3", description="Words to keep")
    assert walk.check(**reporting.CONTACT).status_code == 200
    assert reporting.reported().title == "Words to keep"


@pytest.mark.django_db
def test_an_empty_and_a_huge_file_are_said_by_name(browser, acme, settings):
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    huge = upload("huge.bin", b"x" * (1024 * 1024 + 1))
    page = walk.fault(level="3", uploads=[huge, upload("void.txt", b"")]).content.decode()
    assert "huge.bin is larger than 1 MB" in page
    assert "void.txt is empty" in page


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_the_same_moment_make_one_ticket(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="3", uploads=[upload("log.txt")])
    gate, codes = threading.Barrier(10), []

    def press():
        own = Client()
        own.cookies = browser.cookies
        gate.wait()
        codes.append(own.post(f"/report/{walk.draft}/check/", reporting.CONTACT).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(10)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert codes == [302] * 10
    assert Ticket.objects.count() == 1
    assert reporting.reported().attachments.count() == 1
