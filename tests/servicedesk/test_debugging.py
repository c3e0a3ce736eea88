import pytest
from django.test import Client
from django.urls import include, path

from servicedesk.debugging import DEVELOPERS_PAGE


def fails(request):
    raise ZeroDivisionError


urlpatterns = [path("fails/", fails), path("", include("servicedesk.urls"))]


@pytest.fixture
def debugging(settings, db):
    settings.DEBUG = True
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_missing_page_looks_like_in_production(debugging):
    answer = debugging.get("/no/such/page/")
    assert answer.status_code == 404
    assert DEVELOPERS_PAGE not in answer.content


def test_failing_page_shows_no_traceback(debugging):
    answer = debugging.get("/fails/")
    assert answer.status_code == 500
    assert b"ZeroDivisionError" not in answer.content
