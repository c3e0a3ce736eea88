"""Contingency drill: a scenario, what happened when, and what is learnt from it. Data only."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds.model import Field, From, Is, Step, Who, work

DRILL = work(
    "drill",
    Step(
        "scenario",
        _("Scenario"),
        Who.DESK,
        (From.FIRST, -7),
        (
            Field("scenario", _("What has failed"), Is.LONG),
            Field("goal", _("What is to be reached"), Is.LONG),
            Field("at", _("Begins"), Is.MOMENT),
            Field("people", _("Who takes part")),
        ),
    ),
    Step(
        "timeline",
        _("Timeline"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "entries",
                _("Timeline"),
                Is.LINES,
                columns=(
                    Field("at", _("When"), Is.MOMENT),
                    Field("what", _("What happened")),
                    Field("who", _("Who")),
                ),
            ),
        ),
    ),
    Step(
        "lessons",
        _("Lessons"),
        Who.ENGINEER,
        (From.LAST, 5),
        (
            Field(
                "lessons",
                _("Lessons"),
                Is.LINES,
                columns=(
                    Field("lesson", _("Lesson")),
                    Field("owner", _("Who sees to it")),
                    Field("by", _("Until"), Is.DAY),
                ),
            ),
            Field("reached", _("Was the goal reached?"), Is.LONG),
        ),
    ),
)
