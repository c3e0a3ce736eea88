"""PATCH, replies, notes, files, links, merging, watchers: the same services, the same permissions."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Team
from tickets.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket):
    return f"tickets/{ticket.reference}/"


def test_patch_changes_what_is_named_and_nothing_else(api, agent, at):
    Team.objects.create(code="power", name="Power")
    changes = {"title": "New", "assignee": "AGENT@demo.test", "team": "power", "category": "hardware", "cause": "wear"}
    answer = api(agent).patch(at, changes)
    assert answer.status_code == 200
    body = answer.json()
    assert {name: body[name] for name in changes} == changes | {"assignee": agent.email}
    assert api(agent).patch(at, {"assignee": None, "team": None, "cause": None}).json()["assignee"] is None
    assert api(agent).get(at).json()["title"] == "New"


@pytest.mark.parametrize(
    "field", ["number", "state", "level", "organisation", "received_at", "next_due_at", "version", "clocks"]
)
def test_patch_refuses_what_only_events_change(api, agent, at, field):
    answer = api(agent).patch(at, {field: "x"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


@pytest.mark.parametrize(
    "changes", [{"assignee": "alice@demo.test"}, {"assignee": "x"}, {"team": "x"}, {"title": " "}, {"title": None}]
)
def test_patch_names_the_field_that_cannot_be(api, agent, alice, at, changes):
    answer = api(agent).patch(at, changes)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(changes))


def test_a_customer_cannot_patch(api, alice, at):
    assert api(alice).patch(at, {"title": "Mine"}).status_code == 403


def test_replies_are_a_conversation_both_read(api, agent, alice, at):
    assert api(agent).post(at + "replies/", {"body": "Please restart"}).status_code == 201
    assert api(alice).post(at + "replies/", {"body": "Done"}).json()["from_customer"] is True
    for reader in (agent, alice):
        replies = api(reader).get(at + "replies/").json()["results"]
        assert [(r["body"], r["from_customer"]) for r in replies] == [("Please restart", False), ("Done", True)]


def test_notes_are_for_staff(api, agent, alice, at):
    assert api(agent).post(at + "notes/", {"body": "He is angry"}).status_code == 201
    assert [n["body"] for n in api(agent).get(at + "notes/").json()["results"]] == ["He is angry"]
    assert api(alice).get(at + "notes/").status_code == 403
    assert api(alice).post(at + "notes/", {"body": "x"}).status_code == 403


@pytest.mark.parametrize("body", ["", "  ", None, 3, "\x00"])
def test_an_empty_message_is_refused(api, agent, at, body):
    for below in ("replies/", "notes/"):
        answer = api(agent).post(at + below, {"body": body})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["body"])


def upload(name="log.txt", content=b"one\ntwo", kind="text/plain"):
    return {"file": SimpleUploadedFile(name, content, kind)}


def test_a_file_comes_back_whole_and_never_inline(api, alice, at):
    answer = api(alice).upload(at + "attachments/", upload("page.html", b"<script>", "text/html"))
    assert answer.status_code == 201
    file = answer.json()
    assert (file["name"], file["size"], file["sha256"]) == ("page.html", 8, hashlib.sha256(b"<script>").hexdigest())
    fetched = api(alice).get(file["url"])
    assert b"".join(fetched.streaming_content) == b"<script>"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched["Content-Security-Policy"]
    assert [f["id"] for f in api(alice).get(at + "attachments/").json()["results"]] == [file["id"]]


def test_a_file_has_the_permission_of_its_ticket(api, agent, alice, bob, carol, at):
    url = api(alice).upload(at + "attachments/", upload()).json()["url"]
    for stranger in (bob, carol):
        assert api(stranger).get(url).status_code == 404
        assert api(stranger).upload(at + "attachments/", upload()).status_code == 404
    assert api(agent).get(url).status_code == 200


def test_a_file_that_came_with_a_note_is_not_for_the_customer(api, agent, alice, at):
    url = api(agent).upload(at + "attachments/", upload() | {"internal": "true"}).json()["url"]
    assert api(alice).get(url).status_code == 404
    assert api(alice).get(at + "attachments/").json()["results"] == []
    refused = api(alice).upload(at + "attachments/", upload() | {"internal": "true"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["internal"])


@pytest.mark.parametrize("body", [{}, {"file": "text"}, upload(content=b""), upload() | {"colour": "red"}])
def test_a_bad_upload_names_the_field(api, agent, at, body):
    answer = api(agent).upload(at + "attachments/", body)
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() <= {"file", "colour"}
    assert not Attachment.objects.exists()


def test_a_file_over_the_limit_is_refused(api, agent, at, settings):
    settings.MAX_ATTACHMENT_BYTES = 1024
    answer = api(agent).upload(at + "attachments/", upload(content=b"x" * 1025))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])


def test_an_upload_is_kept_once_under_one_key(api, agent, at):
    answers = [api(agent).upload(at + "attachments/", upload(), idempotency_key="u") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Attachment.objects.count() == 1


def test_links_go_both_ways_and_away(api, agent, at, report):
    other = report()
    body = {"kind": "caused_by", "target": other.reference.lower()}
    assert api(agent).post(at + "links/", body).status_code == 201
    for path in (at, f"tickets/{other.reference}/"):
        (link,) = api(agent).get(path + "links/").json()["results"]
        assert (link["kind"], link["target"]) == ("caused_by", other.reference)
    path = f"{at}links/caused_by/{other.reference}/"
    assert api(agent).delete(path).status_code == 204
    assert api(agent).delete(path).status_code == 404


@pytest.mark.parametrize("body", [{"kind": "friend", "target": "SD-1"}, {"kind": "related", "target": "SD-999999"}])
def test_a_link_to_nothing_or_of_no_kind_is_refused(api, agent, at, body):
    assert api(agent).post(at + "links/", body).status_code == 400


def test_a_customer_sees_no_link_to_what_he_may_not_see(api, agent, alice, at, report, acme):
    other = report(site=acme.plant)
    api(agent).post(at + "links/", {"kind": "related", "target": other.reference})
    assert api(alice).get(at + "links/").json()["results"] == []


def test_merging_cancels_the_duplicate(api, agent, at, report):
    into = report()
    answer = api(agent).post(at + "merge/", {"into": into.reference})
    assert answer.json() | {"number": ""} == {"number": "", "state": "cancelled", "merged_into": into.reference}
    assert api(agent).post(at + "events/", {"type": "responded"}).status_code == 409


def test_people_follow_a_ticket_and_stop(api, agent, alice, at):
    assert api(alice).post(at + "watchers/", {}).json()["user"] == alice.email
    assert api(agent).post(at + "watchers/", {"user": agent.email}).status_code == 201
    assert len(api(agent).get(at + "watchers/").json()["results"]) == 2
    assert [w["user"] for w in api(alice).get(at + "watchers/").json()["results"]] == [alice.email]
    assert api(alice).delete(f"{at}watchers/{agent.email}/").status_code == 404
    assert api(alice).delete(f"{at}watchers/{alice.email}/").status_code == 204


def test_who_cannot_see_a_ticket_cannot_follow_it(api, agent, bob, at):
    answer = api(agent).post(at + "watchers/", {"user": bob.email})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["user"])


def test_links_across_organisations_are_for_staff_only(api, agent, alice, carol, report, borealis):
    ours, theirs = report(), report(organisation=borealis.organisation, site=borealis.site)
    made = api(agent).post(f"tickets/{ours.reference}/links/", {"kind": "caused_by", "target": theirs.reference})
    assert made.status_code == 201
    for customer, ticket, other in ((alice, ours, theirs), (carol, theirs, ours)):
        for below in ("links/", "events/", ""):
            answer = api(customer).get(f"tickets/{ticket.reference}/{below}")
            assert (answer.status_code, other.reference in answer.content.decode()) == (200, False)


def test_a_duplicate_of_another_organisation_is_refused_beside_its_number(api, agent, at, report, borealis):
    other = report(organisation=borealis.organisation, site=borealis.site).reference
    for below, body in (("merge/", {"into": other}), ("links/", {"kind": "duplicate_of", "target": other})):
        answer = api(agent).post(at + below, body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(body)[-1:])


def test_cause_is_of_a_known_list(api, agent, at, acme):
    body = {"kind": "fault", "title": "Down", "organisation": "acme", "cause": "desing_defect"}
    for answer in (api(agent).post("tickets/", body), api(agent).patch(at, {"cause": "desing_defect"})):
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cause"])
        assert "design_defect" in answer.json()["errors"]["cause"][0]
    for value in ("design_defect", None, ""):
        assert api(agent).patch(at, {"cause": value}).json()["cause"] == (value or None)


def test_category_may_be_a_clients_own_word(api, agent, at):
    assert api(agent).patch(at, {"category": "franking machine"}).json()["category"] == "franking machine"
