"""A written report is recorded with the report: a file or words, which the customer gets with it."""

import pytest

from tests.screens.conftest import happen
from tests.tickets.files import upload
from tickets.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, lead):
    client.force_login(lead)
    return client


def send(desk, case, **data):
    return desk.post(f"{case.get_absolute_url()}events/", {"type": "report_sent", **data})


def test_without_a_file_and_without_words_there_is_no_report(desk, case, lead):
    happen(case, lead, "restored")
    form = desk.get(f"{case.get_absolute_url()}?act=report_sent").content.decode().split('id="act"')[1]
    assert 'enctype="multipart/form-data"' in form
    assert 'type="file" name="files"' in form
    answer = send(desk, case, note="It is on its way")
    assert answer.status_code == 400
    assert "Add the report as a file, or write it." in answer.content.decode().split('id="id_files_error"')[1]
    assert not case.events.filter(type="report_sent").exists()


@pytest.mark.parametrize("earlier", [("restored",), ("restored", "resolved", "closed")])
def test_its_file_stands_beside_the_step_for_the_customer_also_after_closing(desk, page, alice, case, lead, earlier):
    happen(case, lead, *earlier)
    desk.force_login(lead)
    assert send(desk, case, files=upload("report.pdf"), message="The fan was worn.").status_code == 302
    file = Attachment.objects.get()
    assert (file.event.type, file.is_internal) == ("report_sent", False)
    desk.force_login(alice)
    told = page().split("Our written report was sent.")[1].split("</li>")
    assert "report.pdf" in told[0] + told[1]
    assert "The fan was worn." in page()
    assert "We added files." not in page()
    assert desk.get(f"/attachments/{file.key}/").status_code == 200


def test_a_file_alone_will_do_and_one_that_is_refused_leaves_nothing_behind(desk, case, lead):
    happen(case, lead, "restored")
    empty = send(desk, case, files=upload("report.pdf", b""))
    assert empty.status_code == 400
    assert "The submitted file is empty." in empty.content.decode().split('id="id_files_error"')[1]
    assert not case.events.filter(type="report_sent").exists()
    assert send(desk, case, files=upload("report.pdf")).status_code == 302
    assert case.events.filter(type="report_sent").exists()
