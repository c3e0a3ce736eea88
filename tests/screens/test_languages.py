"""The pages of customers and guests, walked in each language: no English is left but names and what people wrote."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from tests import english
from tests.flows import reporting
from tickets import follow, services

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "zh-hant", "th")
CAST = ("Alice", "Acme")  # in fields of forms; elsewhere names are marked as what they are
# The marks of levels with long codes are codes too: the same in every language, as 1 and A are.
MARKS = {"general": ("U", "N"), "telecom": ("MA", "MI")}
STORY = (
    "responded", "diagnosed", "remote_requested", "remote_granted", "remote_started", "remote_failed",
    "departed", "visit_failed", "spare_needed", "spare_dispatched", "departed", "arrived", "spare_delivered",
    "loaner_installed", "waiting", "resumed", "level_confirmed", "restored", "report_sent", "resolved",
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request, settings):
    settings.HELP_PHONE = "+852 5555 0100"
    return request.param


@pytest.fixture
def reader(client, alice, language):
    """Alice at her browser; `reads(path)` fails on what is left in English."""
    alice.language = language
    alice.save()
    client.force_login(alice)
    return Reader(client, language)


class Reader:
    def __init__(self, client, language):
        self.client, self.language = client, language

    def reads(self, path, data=None, status=200, known=()):
        answer = self.client.get(path) if data is None else self.client.post(path, data, follow=True)
        assert answer.status_code == status, path
        self.has_read(answer, known)
        return answer

    def has_read(self, answer, known=()):
        page = answer.content.decode()
        assert f'<html lang="{self.language}"' in page
        assert answer.headers["Content-Language"] == self.language
        assert english.left_on_page(page, self.language, (*CAST, *known)) == []


def test_the_story_of_a_case(reader, report, agent, alice, acme):
    """Told at every step; the lines of what happened stay on the page."""
    ticket = report(
        at=datetime.now(UTC) - timedelta(minutes=40), equipment=acme.unit, reporter=alice, level="3", language="en"
    )
    services.reply(ticket=ticket, body="Please wait", by=Actor(user=agent), now=datetime.now(UTC), language="en")
    for number, kind in enumerate(STORY):
        at = datetime.now(UTC) - timedelta(minutes=len(STORY) - number)
        fields = {"level": "2"} if kind == "level_confirmed" else {}
        services.record(ticket=ticket, type=kind, by=Actor(user=agent), at=at, now=at, fields=fields)
        reader.reads(f"/portal/{ticket.reference}/")
    reader.reads("/portal/")
    reader.reads(f"/portal/{ticket.reference}/survey/")
    reader.reads(f"/portal/{ticket.reference}/survey/", {}, 400)
    reader.reads(f"/portal/{ticket.reference}/survey/", {"works": "yes", "score": "4"})


@pytest.mark.parametrize("level", ["1", "4"])
def test_a_late_case(reader, report, alice, level):
    ticket = report(at=datetime.now(UTC) - timedelta(days=3), reporter=alice, level=level, language="en")
    reader.reads(f"/portal/{ticket.reference}/")
    reader.reads("/portal/")


@pytest.mark.parametrize("kind", ["question", "complaint", "change", "inspection"])
def test_cases_of_other_kinds(reader, report, alice, kind):
    ticket = report(kind=kind, reporter=alice, language="en")
    reader.reads(f"/portal/{ticket.reference}/")


def test_a_cancelled_and_a_merged_case(reader, report, agent, alice):
    one, other = (report(reporter=alice, language="en") for _ in range(2))
    services.merge(ticket=one, into=other, by=Actor(user=agent), now=datetime.now(UTC))
    reader.reads(f"/portal/{one.reference}/")
    now = datetime.now(UTC)
    services.record(ticket=other, type="cancelled", by=Actor(user=agent), at=now, now=now)
    reader.reads(f"/portal/{other.reference}/")
    reader.reads("/portal/?q=123")
    reader.reads("/portal/?show=done")


def test_the_fault_form(reader, acme):
    walk = reporting.Walk(reader.client)
    reader.reads("/report/")
    reader.reads("/report/?q=789")
    reader.has_read(walk.equipment())
    reader.has_read(walk.equipment(unit=acme.unit.pk))
    reader.reads(f"/report/{walk.draft}/fault/", {"level": "", "description": ""}, 400)
    reader.reads(f"/report/{walk.draft}/fault/", {"level": "1", "description": "警报 123", "files": [upload()]})
    reader.reads(f"/report/{walk.draft}/check/", {"name": "", "phone": ""}, 400)
    reader.reads(f"/report/{walk.draft}/check/", reporting.CONTACT)
    reader.reads("/portal/")


def upload():
    return SimpleUploadedFile("123.txt", b"123")


def test_the_fault_form_of_a_guest(client, language):
    client.cookies["django_language"] = language
    guest = Reader(client, language)
    walk = reporting.Walk(client)
    guest.reads("/report/")
    guest.has_read(walk.equipment(thing="", place=""))
    guest.has_read(walk.equipment(thing="123", place="456"))
    guest.reads(f"/report/{walk.draft}/fault/", {"level": "normal", "description": "警报 123"})
    guest.reads(f"/report/{walk.draft}/check/", {"name": "", "email": "x", "phone": "1"}, 400)
    guest.reads(f"/report/{walk.draft}/check/", {"name": "林", "email": "lin@example.com"})
    ticket = reporting.reported()
    guest.reads(f"/portal/follow/{follow.token(ticket.pk)}/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/account/", 200), ("/account/password/change/", 200), ("/account/sign-out/", 200), ("/notifications/", 200),
        ("/schemes/", 200), ("/schemes/infrastructure/", 200), ("/accessibility/", 200), ("/privacy/", 200),
        ("/inspections/", 200), ("/nonesuch/SD-20418/", 404), ("/portal/SD-99999/", 404), ("/schemes/power/", 404),
        ("/status/", 403), ("/tickets/?q=%00", 400),
    ],
)  # fmt: skip
def test_account_policy_and_errors(reader, report, path, status):
    reader.reads(path, status=status)


@pytest.mark.parametrize(
    "code", ["general", "hardware", "infrastructure", "power", "software", "telecom", "teleconference"]
)
def test_every_scheme_reads_to_the_end(reader, acme, code):
    acme.contract.scheme_code = code
    acme.contract.save()
    reader.reads(f"/schemes/{code}/", known=MARKS.get(code, ()))


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/account/sign-in/", None, 200), ("/account/sign-in/", {"login": "", "password": ""}, 200),
        ("/account/sign-in/", {"login": "x@example.com", "password": "wrong"}, 200),
        ("/account/password/reset/", None, 200), ("/account/password/reset/", {"email": "x"}, 200),
        ("/account/password/reset/", {"email": "x@example.com"}, 200),
        ("/account/password/reset/key/1-nonsense/", None, 200), ("/account/password/reset/key/done/", None, 200),
        ("/account/inactive/", None, 200), ("/accessibility/", None, 200), ("/privacy/", None, 200),
        ("/nonesuch/", None, 404), ("/portal/follow/nonsense/", None, 404), ("/", None, 302),
    ],
)  # fmt: skip
def test_a_guests_pages(client, administrator, language, path, data, status):
    client.cookies["django_language"] = language
    if status == 302:
        path, status = client.get(path)["Location"], 200
    Reader(client, language).reads(path, data, status)


ASKED = {"zh-hans": "电子邮件地址：请填写此项。", "zh-hant": "電子郵件地址：請填寫此欄。", "th": "อีเมล: โปรดกรอกช่องนี้"}


def test_what_packages_ask_for_is_asked_in_our_words(client, administrator, language):
    """Their own Thai has two words for a field, and calls an address by another name than the label beside it."""
    client.cookies["django_language"] = language
    page = client.post("/account/sign-in/", {"login": "", "password": ""}).content.decode()
    assert ASKED[language] in page


HOURS = {
    "zh-hans": ("工作时间", "非工作时间"),
    "zh-hant": ("工作時間", "非工作時間"),
    "th": ("เวลาทำการ", "นอกเวลาทำการ"),
}


def test_the_key_of_the_simulator_speaks_of_hours_and_not_of_cases(client, agent, language):
    agent.language = language
    agent.save()
    client.force_login(agent)
    page = client.get("/schemes/general/", {"at": "2026-11-27T10:00"}).content.decode()
    for words, kind in zip(HOURS[language], ("open", "shut"), strict=True):
        assert f'strip__key--{kind}"></i>{words}</li>' in page


def test_wrong_answers_on_the_account_page(reader):
    reader.reads("/account/", {"name": "", "language": "7", "zone": "8"}, 400)
    reader.reads("/account/", {"action": "make_key", "name": "", "scopes": "7", "days": "9"}, 400)
    reader.reads("/account/password/change/", {"oldpassword": "wrong", "password1": "1", "password2": "2"})


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("zh-HK", "zh-hant"), ("zh-TW,zh;q=0.9", "zh-hant"), ("zh-MO", "zh-hant"), ("zh-Hant-HK", "zh-hant"),
        ("zh-CN", "zh-hans"), ("zh-SG", "zh-hans"), ("zh-Hans-CN", "zh-hans"), ("zh", "zh-hans"), ("th-TH", "th"),
        ("th;q=0.4, de", "th"), ("de-DE", "en"), ("", "en"), ("en-GB,zh-HK;q=0.8", "en"), ("x" * 600, "en"),
    ],
)  # fmt: skip
def test_a_guests_browser_says_which_language(client, header, spoken):
    answer = client.get("/report/", headers={"accept-language": header})
    assert f'<html lang="{spoken}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == spoken
    assert "Accept-Language" in answer.headers["Vary"]
    assert "Cookie" in answer.headers["Vary"]
