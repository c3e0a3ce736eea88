"""The schema is generated from the code; the snapshot in the repository is what clients have been told."""

from pathlib import Path

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
