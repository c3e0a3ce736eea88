"""Every component draws from its partial, says its state in words, and lets nothing through unescaped."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from accounts.models import Team
from common.editing import DayField
from servicedesk.screens import errors, gallery
from servicedesk.screens.gallery import sample_context
from servicedesk.screens.ticket_forms import MomentField

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PARTIALS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html"))
SHELL_ONLY = {
    "live_case.html",
    "session_over.html",
    "sidebar_open.html",
    "sidebar_close.html",
    "person_menu.html",
    "phone_search.html",
    "tabbar.html",
}
SHELL_ONLY |= {"languages.html", "mark.html", "toasts.html", "notices.html", "help_phone.html", "way_on.html"}


def draw(source: str, **context: Any) -> str:
    with override("en"):
        return engines["django"].from_string("{% load desk %}" + source).render(context)


@pytest.fixture
def page():
    with override("en"):
        return render_to_string("screens/gallery_cards.html", sample_context())


def test_gallery_uses_every_component(page, monkeypatch):
    drawn = " ".join(
        (TEMPLATES / "screens" / name).read_text() for name in ("gallery_cards.html", "gallery_timeline.html")
    )
    tags = {
        "clock": "clock_chip",
        "clocks": "clocks_panel",
        "errsum": "error_summary",
        "pf": "pass_fail",
        "newpill": "new_pill",
        "chip": "filter_chip",
        "empty": "empty_state",
        "message": "message_entry",
        "event": "event_entry",
        "day": "day_entry",
        "tags": "tag_list",
    }
    names = [name.removesuffix(".html") for name in PARTIALS if name not in SHELL_ONLY]
    assert [name for name in names if f"{{% {tags.get(name, name)} " not in drawn] == []


def test_every_icon_used_is_in_the_sprite():
    sprite = set(re.findall(r'id="i-([\w-]+)"', (TEMPLATES / "components" / "icons.svg").read_text()))
    used = set()
    for path in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r'{% icon "([\w-]+)"|#i-([\w-]+)"', path.read_text()))
    assert {one or other for one, other in used} <= sprite


def test_no_inline_handlers_and_only_measures_as_inline_style():
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\son\w+=", text), path
        assert set(re.findall(r'style="(--\w+|[\w-]+):', text)) <= {"--used", "--v", "--t", "--n", "--unit"}, path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_level_has_a_name_for_those_who_do_not_see_it():
    html = draw("{% level 'B' 2 'serious limits' as b %}{% lvl b %}")
    assert 'data-rank="2"' in html
    assert 'aria-label="Level B, serious limits"' in html


def test_ledger_sum_can_be_checked_by_eye(page):
    totals = re.findall(r'<td class="num">(\d+:\d\d)</td></tr>', page)
    assert totals == ["0:10", "2:30", "6:25", "12:00", "12:00"]


def test_time_over_agrees_with_its_period_and_is_none_of_the_sum():
    at = datetime(2026, 11, 13, 14, 0, tzinfo=UTC)
    marks = [at, at + timedelta(minutes=6, seconds=40), at + timedelta(hours=2, seconds=10)]
    rows = [
        {"start": marks[0], "end": marks[1], "kind": "counted"},
        {"start": marks[1], "end": marks[2], "kind": "over"},
    ]
    html = draw("{% ledger rows 'Due' 'UTC' %}", rows=rows)
    assert re.search(r'14:06–16:00, over by 1:54</th><td class="num">–</td><td class="num"></td>', html)
    assert re.findall(r'<td class="num">(\d+:\d\d)</td>', html) == ["0:06", "0:06", "0:06"]


def test_error_stands_above_its_field_and_in_the_summary():
    form = gallery.SampleForm({"serial": "x", "time": "09:10", "level": "a", "site": "1"})
    html = draw("{% error_summary form %}{% field form.time %}", form=form)
    assert '<a href="#id_time">Enter a time after 10:24</a>' in html
    assert 'aria-describedby="id_time_error"' in html
    assert html.index('id="id_time_error"') < html.index('name="time"')
    assert 'value="09:10"' in html


class ManyKinds(forms.Form):
    day = DayField(label="Day of the report")
    at = forms.DateTimeField(label="Since when?")
    often = forms.IntegerField(label="How often: we compare it", max_value=9)
    words = forms.CharField(label="Words", max_length=3)
    site = forms.ChoiceField(label="Site", choices=[("1", "Admiralty")])
    name = forms.CharField(label="Name", error_messages={"required": "Enter your name."})
    planned = MomentField(label="Planned for", required=False)
    token = forms.UUIDField(label="Token", widget=forms.HiddenInput)

    def clean_planned(self) -> None:
        raise forms.ValidationError("This time is before the report.")


def test_what_is_said_of_any_field_names_it_in_the_summary_and_no_name_is_said_twice():
    typed = {"day": "soon", "at": "now", "often": "10", "words": "many", "site": "2", "token": "none"}
    form = ManyKinds(typed | {"planned": "2026-11-20T10:00"})
    form.fields["planned"].summary_label = "Event 3, planned or agreed for"
    html = draw("{% error_summary form %}", form=form)
    assert re.findall(r'<a href="#id_\w+">(.*?)</a>', html) == [
        "Day of the report: Enter a day, such as 2026-11-27.",
        "Since when: Enter a day and a time, such as 2026-11-27 17:50.",
        "How often: Ensure this value is less than or equal to 9.",
        "Words: Ensure this value has at most 3 characters (it has 4).",
        "Site: Choose one from the list; 2 is not in it.",
        "Enter your name.",
        "Event 3, planned or agreed for: This time is before the report.",
        "Enter a valid UUID.",
    ]


def test_what_the_record_behind_a_form_says_of_any_field_names_it_too():
    class TeamForm(forms.ModelForm):
        name = forms.CharField(label="Name of the team")

        class Meta:
            model = Team
            fields = ("name",)

    html = draw("{% error_summary form %}", form=TeamForm({"name": "x" * 999}))
    assert "Name of the team: Ensure this value has at most" in html


def test_composer_keeps_what_was_typed_and_its_kind():
    html = draw("{% composer address='/x/' kind='note' text=text error='Too long' %}", text="<b>half a thought")
    assert "&lt;b&gt;half a thought" in html
    assert re.search(r'value="note"[^>]*checked', html)
    assert "Too long" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% tag evil %}",
        "{% avatar evil %}",
        "{% toast evil %}",
        "{% new_pill evil %}",
        "{% filter_chip evil evil '?' %}",
        "{% choice 'a' 'b' evil more=evil promise=evil %}",
        "{% level evil 1 evil as x %}{% lvl x %}",
        "{% steps 1 2 evil %}",
        "{% banner title=evil %}{{ evil }}{% endbanner %}",
        "{% card title=evil %}{{ evil }}{% endcard %}",
        "{% message_entry author=evil at=now via=evil %}{{ evil }}{% endmessage_entry %}",
        "{% event_entry at=now %}{{ evil }}{% endevent_entry %}",
        "{% fold title=evil %}{{ evil }}{% endfold %}",
        "{% empty_state title=evil %}{{ evil }}{% endempty_state %}",
        "{% dialog id='d' title=evil %}{% enddialog %}",
        "{% slot as s %}{{ evil }}{% endslot %}{% banner title='x' acts=s %}{% endbanner %}",
        "{% banner title='x' acts=evil %}{% endbanner %}",
        "{% fold title='x' mark=evil %}{% endfold %}",
    ],
)
def test_words_of_people_are_escaped(source):
    html = draw(source, evil='<script>"x"', now=gallery.NOW)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
def test_gallery_draws_in_every_language(language):
    with override(language):
        assert "data-state" in render_to_string("screens/gallery_cards.html", sample_context())


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def test_error_pages_that_may_not_ask_the_database(django_db_blocker):
    with django_db_blocker.block():
        assert errors.server_error(request_for("/")).status_code == 500
        assert errors.service_unavailable(request_for("/"))["Retry-After"] == "10"


def test_server_error_shows_the_number_that_the_log_has(caplog):
    html = errors.server_error(request_for("/tickets/")).content.decode()
    reference = re.search(r'class="mono">([0-9A-F]{8})<', html)
    assert reference is not None
    assert reference[1] in caplog.text


@pytest.mark.parametrize("answer", [errors.server_error, errors.service_unavailable])
def test_a_page_that_failed_is_asked_for_again_and_a_form_is_not_sent_again(answer, settings):
    settings.HELP_PHONE = "+852 5555 0100"
    page, form = (answer(request) for request in (request_for("/"), RequestFactory().post("/report/", {"a": "b"})))
    assert '<a class="btn btn--primary btn--lg" href="">Try again</a>' in page.content.decode()
    assert "what you typed may still be in the form" in form.content.decode()
    assert "Try again</a>" not in form.content.decode()
    assert 'http-equiv="refresh"' not in form.content.decode()
    assert all('href="tel:+85255550100"' in answer.content.decode() for answer in (page, form))


@pytest.mark.parametrize(
    ("seconds", "words"), [(20, "Wait 1 minute,"), (240, "Wait 4 minutes,"), (None, "a few minutes")]
)
def test_too_many_requests_says_in_words_how_long(seconds, words):
    assert words in errors.too_many_requests(request_for("/report/"), seconds).content.decode()


def test_a_signed_link_that_does_not_work_says_so():
    page = errors.page_not_found(request_for("/portal/follow/abc/")).content.decode()
    assert "The one in our latest mail works." in page
    assert 'href="/account/sign-in/">Sign in' in page


@pytest.mark.parametrize(
    ("path", "words"), [("/tickets/sd-20418/", "SD-20418"), ("/equipment/fan-tray/", "fan tray"), ("/", "")]
)
def test_not_found_guesses_what_was_looked_for(path, words):
    assert errors.guess(path) == words


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.csrf_failure, 403),
        (errors.page_not_found, 404),
        (errors.too_many_requests, 429),
    ],
)
def test_error_pages_draw_for_a_stranger(answer, status):
    response = answer(request_for("/tickets/SD-1/"))
    assert response.status_code == status
    assert b"<h1>" in response.content


class PickerForm(forms.Form):
    at = forms.DateTimeField(widget=forms.DateTimeInput({"type": "datetime-local"}))
    day = forms.DateField(widget=forms.DateInput({"type": "date"}))
    hour = forms.TimeField(widget=forms.TimeInput({"type": "time"}))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("at", "2026-11-25T11:45", "Wed 25 Nov 2026 11:45"),
        ("at", datetime(2026, 11, 25, 11, 45), "Wed 25 Nov 2026 11:45"),  # noqa: DTZ001  as a picker holds it
        ("day", "2026-11-25", "Wed 25 Nov 2026"),
        ("day", date(2026, 11, 25), "Wed 25 Nov 2026"),
        ("hour", "23:05", "23:05"),
        ("day", "2026-02-31", ""),
        ("at", "<script>", ""),
        ("at", "", ""),
    ],
)
def test_a_picker_repeats_in_words_what_it_holds(name, value, words):
    drawn = draw("{% field bound %}", bound=PickerForm(initial={name: value})[name])
    assert f'id="id_{name}_words" for="id_{name}">{words}</output>' in drawn


def test_a_picker_speaks_the_language_of_the_page():
    with override("th"):
        source = engines["django"].from_string("{% load desk %}{% field bound %}")
        assert "พ. 25 พ.ย. 2569</output>" in source.render({"bound": PickerForm(initial={"day": "2026-11-25"})["day"]})
