"""A scheme in the reader's language: translations beside the version, which itself stays as it was published."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from common.errors import Invalid
from sla import checks, library, services, words
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import SchemeText, SchemeVersion

SCHEMES = {code: Scheme.from_document(document) for code, document in shipped_documents().items()}
LANGUAGES = ("zh-hans", "zh-hant", "th")
FACT = {"code": "power", "language": "th", "source": "Basic functions gone"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_the_shipped_schemes_are_whole_in_every_language(code, language):
    assert words.untranslated(SCHEMES[code], language, shipped_only=True) == []


def test_the_check_has_nothing_to_say_of_what_is_shipped():
    assert checks.shipped_words() == []


def test_a_text_that_left_its_scheme_is_named(monkeypatch):
    monkeypatch.setattr(words, "shipped", lambda language: {"power": {"No longer said": "…"}})
    assert any("No longer said" in warning.msg for warning in checks.shipped_words())


@pytest.mark.django_db
def test_reading_changes_texts_and_nothing_else():
    source = SCHEMES["infrastructure"]
    with translation.override("th"):
        read = words.translated(source)
    assert read.level("1").name == "หยุดทำงานทั้งหมด"
    assert read.gravest.severity == source.gravest.severity
    assert [target.within for target in read.targets] == [target.within for target in source.targets]
    assert words.translated(source) == source


@pytest.mark.django_db
def test_levels_are_named_in_the_language_that_is_active():
    with translation.override("zh-hant"):
        promise = library.promise("power", 1)
    assert promise.level_names["A"] == "基本功能喪失"
    assert library.promise("power", 1).level_names["A"] == "Basic functions gone"


@pytest.mark.django_db
def test_an_administrators_word_wins_and_can_be_taken_back(django_capture_on_commit_callbacks):
    for text, shown in (("ใช้งานไม่ได้เลย", "ใช้งานไม่ได้เลย"), ("", "ฟังก์ชันหลักใช้ไม่ได้")):
        with django_capture_on_commit_callbacks(execute=True):
            services.translate(**FACT, text=text)
        with translation.override("th"):
            assert words.say("power", "Basic functions gone") == shown


@pytest.mark.django_db
def test_a_text_nobody_translated_is_shown_as_it_is():
    with translation.override("th"):
        assert words.say("power", "Something new") == "Something new"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"language": "en"}, {"language": "fr"}, {"source": "Nobody says this"}])
def test_a_translation_nobody_could_read_is_refused(wrong):
    with pytest.raises(Invalid):
        services.translate(**(FACT | {"text": "…"} | wrong))


@pytest.mark.django_db
def test_a_text_has_one_translation_in_a_language():
    SchemeText.objects.create(**FACT, text="…")
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeText.objects.create(**FACT, text="another")


@pytest.mark.django_db
def test_an_own_scheme_without_words_is_named():
    document = shipped_documents()["power"] | {"code": "own", "name": "Our own promise"}
    now = SchemeVersion.objects.latest("published_at").published_at
    services.publish(document=document, effective_at=now, now=now)
    found = [warning.msg for warning in checks.published_words(databases=["default"])]
    assert len(found) == len(LANGUAGES)
    assert all("own" in text for text in found)


@pytest.mark.django_db
def test_the_policy_page_speaks_the_readers_language(client, agent):
    agent.language = "zh-hans"
    agent.save()
    client.force_login(agent)
    page = client.get("/schemes/infrastructure/").content.decode()
    assert "IT 基础设施维护" in page
    assert "报修人不是指定人员" in page
    assert "Stopped completely" not in page


@pytest.mark.django_db
def test_an_administrator_mends_a_word_in_the_browser(admin_client):
    form = FACT | {"text": "คำใหม่"}
    assert admin_client.post("/admin/sla/schemetext/add/", form).status_code == 302
    assert SchemeText.objects.get().text == "คำใหม่"
    refused = admin_client.post("/admin/sla/schemetext/add/", form | {"source": "Nobody says this"})
    assert refused.status_code == 200
    assert SchemeText.objects.count() == 1
