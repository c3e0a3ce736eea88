"""Who sees which inspections."""

import pytest

pytestmark = pytest.mark.django_db


def test_staff_see_inspections_and_nothing_else(client, agent, report):
    planned, fault = report(kind="inspection", title="Yearly check"), report(title="Broken fan")
    client.force_login(agent)
    page = client.get("/inspections/").content.decode()
    assert planned.reference in page
    assert fault.reference not in page


def test_a_customer_sees_those_of_his_sites(client, alice, bob, report):
    planned = report(kind="inspection")
    client.force_login(alice)
    page = client.get("/inspections/").content.decode()
    assert f"/portal/{planned.reference}/" in page
    assert "not promised" in page
    assert "no clock runs" not in page
    client.force_login(bob)
    assert planned.reference not in client.get("/inspections/").content.decode()


def test_an_empty_list_says_what_will_stand_there(client, agent):
    client.force_login(agent)
    assert "No inspections" in client.get("/inspections/").content.decode()


def test_without_sign_in_one_is_asked_to(client, db):
    assert client.get("/inspections/").status_code == 302


def test_statements_do_not_grow(client, agent, report, django_assert_max_num_queries):
    client.force_login(agent)
    for _ in range(10):
        report(kind="inspection")
    client.get("/inspections/")  # the first visit of a session is written down
    with django_assert_max_num_queries(8):
        client.get("/inspections/")
