"""The schema is generated from the code; the snapshot in the repository is what clients have been told."""

from pathlib import Path
from time import process_time

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--file", str(path), "--validate", "--fail-on-warn")
    return path.read_text()


def test_the_snapshot_is_up_to_date(written):
    hint = "run: python3 manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn"
    assert written == SNAPSHOT.read_text(), hint


def test_it_is_openapi_3_1_and_speaks_of_problems_everywhere(written):
    schema = yaml.safe_load(written)
    assert schema["openapi"].startswith("3.1")
    operations = [op for path in schema["paths"].values() for op in path.values() if isinstance(op, dict)]
    assert all("application/problem+json" in op["responses"]["default"]["content"] for op in operations)


@pytest.mark.django_db
def test_schema_and_docs_are_served_without_signing_in(client):
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/docs/").content.decode()
    assert "https://" not in page.replace("https://www.w3.org", "")


def test_what_is_served_is_the_snapshot_in_either_format(client):
    served = client.get("/api/v1/schema/")
    assert served["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert served.content.decode() == SNAPSHOT.read_text()
    as_json = client.get("/api/v1/schema/", headers={"accept": "application/json"})
    assert as_json["Content-Type"] == "application/json"
    assert as_json.json() == yaml.safe_load(served.content)


def test_whoever_has_it_already_gets_it_once(client):
    first = client.get("/api/v1/schema/")
    again = client.get("/api/v1/schema/", headers={"if-none-match": f'"other", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get("/api/v1/schema/", headers={"if-none-match": '"other"'}).content == first.content


def test_only_the_language_makes_another_one(client):
    def tags(*parameters):
        return {client.get("/api/v1/schema/", facts)["ETag"] for facts in parameters}

    english = {"lang": "en"}
    assert len(tags({}, english, {"lang": "\x00"}, {"lang": "xx"}, {"version": "9"}, {"q": "x" * 5000})) == 1
    assert len(tags(english, {"lang": "zh-hans"}, {"lang": "th"})) == 3


def test_it_is_written_once_however_often_it_is_asked_for(client):
    client.get("/api/v1/schema/")
    began = process_time()
    for _ in range(20):
        client.get("/api/v1/schema/", {"organisation": "nowhere"})
    assert process_time() - began < 2  # of the processor; it took 14 when each of them wrote it anew


def test_if_match_names_no_ticket_where_there_is_none(written):
    """The same words stand at people, teams, places and checklists."""
    paths = yaml.safe_load(written)["paths"].values()
    headers = [
        one for path in paths for op in path.values() for one in op.get("parameters", ()) if one["in"] == "header"
    ]
    told = {one["description"] for one in headers if one["name"] == "If-Match"}
    assert len(told) == 1
    assert "ticket" not in told.pop()
