"""Levels of one scheme are told apart by their badge, in every scheme that is shipped."""

import pytest

from servicedesk.screens.levels import badge
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents


@pytest.mark.parametrize("code", sorted(shipped_documents()))
def test_no_two_levels_have_the_same_badge(code):
    scheme = Scheme.from_document(shipped_documents()[code])
    codes = [level.code for level in scheme.levels]
    labels = [badge(level.code, level.severity, level.name, codes).label for level in scheme.levels]
    assert len(set(labels)) == len(labels)
    assert all(1 <= len(label) <= 2 for label in labels)


def test_a_badge_is_no_word():
    assert [badge(code, 2, "", ("urgent", "normal")).label for code in ("urgent", "normal")] == ["U", "N"]
    telecom = ("critical", "major", "minor")
    assert [badge(code, 2, "", telecom).label for code in telecom] == ["C", "MA", "MI"]
