"""Documents: every refusal names its place, and an eighth scheme with its own levels works like the seven."""

import copy
from pathlib import Path
from typing import Any

import pytest

import sla.engine
from sla.engine import Case, Scheme, SchemeError
from sla.engine.shipped import shipped_documents
from tests.sla.engine.stories import automatic, briefs, played

MON = "2026-11-23"

# Levels are neither letters nor numbers in order, and the default is the middle one.
EIGHTH: dict[str, Any] = {
    "code": "lifts",
    "name": "Lifts",
    "default_level": "普通",
    "at_once": "PT10M",
    "warn_at_percent": 50,
    "levels": [
        {"code": "P9", "severity": 30, "name": "Looks bad"},
        {"code": "紧急", "severity": 1, "name": "People are stuck"},
        {"code": "普通", "severity": 7, "name": "Does not move"},
    ],
    "targets": [
        {"code": "respond", "name": "Answer", "from": "received", "to": "responded", "within": "at once"},
        {
            "code": "free_people", "name": "Doors open", "from": ["received", "level_confirmed"], "to": "restored",
            "within_by_level": {"紧急": "PT30M", "普通": "PT1H", "P9": "PT2H"}, "missed_raises_level": True,
            "applies_when": {"category": "lift"},
        },
        {
            "code": "second_opinion", "name": "Expert", "from": "loaner_requested", "to": "diagnosed",
            "within": {"travel_time_plus": "PT5M"}, "warn_at_percent": 90,
        },
    ],
    "consequences": [
        {"write": "loaner_requested", "when_used_up": {"target": "free_people", "percent": 80}, "once": "ticket"},
        {"write": "crisis_opened", "when_missed": "free_people", "once": "run"},
    ],
}  # fmt: skip


def broken(change):
    document = copy.deepcopy(EIGHTH)
    change(document)
    with pytest.raises(SchemeError) as refusal:
        Scheme.from_document(document)
    return refusal.value.path


def test_an_eighth_scheme_with_odd_levels_works():
    """
    10:00 received    10:48 80 %    11:00 missed      11:24       11:30 missed at the top
      |------ 普通, 1 h ---------------|------ 紧急, 30 min --------|
    """
    case = Case(category="lift", travel_minutes=20)
    story = played(Scheme.from_document(EIGHTH), (f"{MON} 10:00", "received"), until=f"{MON} 11:45", case=case)
    assert automatic(story) == [
        f"{MON} 10:05 clock_warned respond:1",
        f"{MON} 10:10 clock_missed respond:1",
        f"{MON} 10:30 clock_warned free_people:1",
        f"{MON} 10:48 loaner_requested",
        f"{MON} 11:00 clock_missed free_people:1",
        f"{MON} 11:00 level_raised 紧急",
        f"{MON} 11:00 crisis_opened free_people:1",
        f"{MON} 11:10:30 clock_warned second_opinion:1",
        f"{MON} 11:13 clock_missed second_opinion:1",
        f"{MON} 11:15 clock_warned free_people:2",
        f"{MON} 11:30 clock_missed free_people:2",
    ]
    assert briefs(story, "free_people") == [
        f"missed 普通 {MON} 10:00 > {MON} 11:00",
        f"missed 紧急 {MON} 11:00 > {MON} 11:30",
    ]


def test_a_target_that_does_not_apply_makes_no_clock():
    story = played(Scheme.from_document(EIGHTH), (f"{MON} 10:00", "received"), until=f"{MON} 10:01", case=Case())
    assert [clock.target for clock in story.plan.clocks] == ["respond"]


REFUSALS = [
    (lambda d: d.pop("code"), "code"),
    (lambda d: d.pop("levels"), "levels"),
    (lambda d: d["levels"][1].update(severity=7), "levels[2].severity"),
    (lambda d: d["levels"][1].update(severity="1"), "levels[1].severity"),
    (lambda d: d["levels"][1].update(severity=True), "levels[1].severity"),
    (lambda d: d["levels"][1].update(code="P9"), "levels[1].code"),
    (lambda d: d["levels"][0].pop("name"), "levels[0].name"),
    (lambda d: d.update(default_level="X"), "default_level"),
    (lambda d: d.update(on_raise="never"), "on_raise"),
    (lambda d: d.update(at_once="5 minutes"), "at_once"),
    (lambda d: d.update(warn_at_percent=100), "warn_at_percent"),
    (lambda d: d.update(colour="red"), "colour"),
    (lambda d: d.update(targets={"code": "x"}), "targets"),
    (lambda d: d["targets"][0].update(code="Respond!"), "targets[0].code"),
    (lambda d: d["targets"][0].update(within="P2D"), "targets[0].within"),
    (lambda d: d["targets"][0].update(within="P1M"), "targets[0].within"),
    (lambda d: d["targets"][0].update(within=5), "targets[0].within"),
    (lambda d: d["targets"][0].update(within={"working_days": 0}), "targets[0].within.working_days"),
    (lambda d: d["targets"][0].update(within={"days": 2}), "targets[0].within"),
    (lambda d: d["targets"][0].update(within={"working_days": 1, "months": 1}), "targets[0].within.months"),
    (lambda d: d["targets"][0].pop("within"), "targets[0].within"),
    (lambda d: d["targets"][0].update(within_by_level={"P9": "PT1H"}), "targets[0].within"),
    (lambda d: d["targets"][1]["within_by_level"].update(Z="PT1H"), "targets[1].within_by_level.Z"),
    (lambda d: d["targets"][1]["within_by_level"].update(P9="1h"), "targets[1].within_by_level.P9"),
    (lambda d: d["targets"][0].update({"from": "recieved"}), "targets[0].from"),
    (lambda d: d["targets"][0].update(to=[]), "targets[0].to"),
    (lambda d: d["targets"][0].update(starts_on="5x9"), "targets[0].starts_on"),
    (lambda d: d["targets"][0].update(counts_on="working-days"), "targets[0].counts_on"),
    (lambda d: d["targets"][0].update(within={"working_days": 1}, counts_on="5x8"), "targets[0].counts_on"),
    (lambda d: d["targets"][0].update(repeats=True, within={"months": 1}), "targets[0].repeats"),
    (lambda d: d["targets"][0].update(pauses=False), "targets[0].pauses"),
    (lambda d: d["targets"][0].update(paused_while_waiting="no"), "targets[0].paused_while_waiting"),
    (lambda d: d["targets"][1]["applies_when"].update(kind="incident"), "targets[1].applies_when.kind"),
    (lambda d: d["consequences"][0].update(write="closed"), "consequences[0].write"),
    (lambda d: d["consequences"][0].pop("once"), "consequences[0].once"),
    (lambda d: d["consequences"][0].update(after="arrived"), "consequences[0].write"),
    (lambda d: d["consequences"][0]["when_used_up"].update(target="x"), "consequences[0].when_used_up.target"),
    (lambda d: d["consequences"][1].update(when_missed="x"), "consequences[1].when_missed"),
    (lambda d: d.update(ladder=[{"level": "Q"}]), "ladder[0].level"),
]


@pytest.mark.parametrize(("change", "path"), REFUSALS, ids=[f"{n} {path}" for n, (_, path) in enumerate(REFUSALS)])
def test_a_wrong_document_is_refused_at_the_wrong_place(change, path):
    assert broken(change) == path


@pytest.mark.parametrize("document", [None, [], "x", {"levels": "x"}, {"levels": [1]}, {"levels": [{}]}])
def test_nonsense_is_refused_and_not_an_error_of_ours(document):
    with pytest.raises(SchemeError):
        Scheme.from_document(document)


def test_seven_schemes_ship_and_read_as_a_policy():
    found = {code: Scheme.from_document(document) for code, document in shipped_documents().items()}
    assert set(found) == {"power", "infrastructure", "teleconference", "general", "telecom", "software", "hardware"}
    for scheme in found.values():
        assert scheme.text.summary
        assert all(level.name != level.code for level in scheme.levels)
        assert all(target.name and target.description for target in scheme.targets)
    assert len(found["infrastructure"].text.exclusions) == 4
    assert found["infrastructure"].gravest.name == "Stopped completely"


def test_no_scheme_or_level_is_named_in_the_engine():
    source = "".join(path.read_text() for path in Path(sla.engine.__file__).parent.glob("*.py"))
    for code in (*shipped_documents(), "restore", "crisis_record", "fault_report"):
        assert f'"{code}"' not in source
