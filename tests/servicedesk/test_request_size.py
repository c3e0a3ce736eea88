"""A form that is too large is refused before anything reads it, with words."""

import pytest

pytestmark = pytest.mark.django_db


def test_too_much_at_once_is_said_in_words(client, settings):
    settings.MAX_REQUEST_BYTES = 1024 * 1024
    answer = client.post("/report/", {"thing": "x" * (1024 * 1024 + 1)})
    assert answer.status_code == 413
    assert "larger than 1 MB together" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "abc", "-1", "²"])
def test_a_strange_length_is_no_error_of_ours(client, length):
    assert client.get("/report/", CONTENT_LENGTH=length).status_code in (200, 400)
