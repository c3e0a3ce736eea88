"""Event assurance: standing by in an important period. Data only."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds.model import PASS, RESULTS, Field, From, Is, Step, Who, work

ASSURANCE = work(
    "assurance",
    Step(
        "plan",
        _("Plan"),
        Who.DESK,
        (From.FIRST, -14),
        (
            Field("engineers", _("Senior engineers"), Is.SENIORS, hint=_("One, or two for a very important period.")),
            Field("approach", _("What we do"), Is.LONG, hint=_("What we watch, where we stand, how to reach us.")),
        ),
        lead=_("When the plan is made, a check of every device of the site is asked for."),
    ),
    Step(
        "pre-check",
        _("Check of all devices"),
        Who.ENGINEER,
        (From.FIRST, -3),
        (Field("summary", _("What was found"), Is.LONG),),
        lead=_("It is done when every device has been visited."),
    ),
    Step(
        "rehearsal",
        _("Rehearsal"),
        Who.ENGINEER,
        (From.FIRST, -1),
        (
            Field(
                "runs",
                _("Rehearsals"),
                Is.LINES,
                hint=_("The last one must have passed."),
                columns=(
                    Field("at", _("When"), Is.MOMENT),
                    Field("what", _("What was tried")),
                    Field("result", _("Result"), Is.CHOICE, choices=RESULTS),
                    Field("remark", _("Remark"), is_required=False),
                ),
                last_be=("result", PASS),
            ),
        ),
    ),
    Step(
        "spares",
        _("Spare sets"),
        Who.ENGINEER,
        (From.FIRST, -1),
        (
            Field(
                "sets",
                _("Spare sets at failing points"),
                Is.LINES,
                is_required=False,
                hint=_("Where something may fail, a spare set stands ready. No line: there is no such point."),
                columns=(
                    Field("point", _("Failing point")),
                    Field("part", _("Spare set")),
                    Field("place", _("Where it stands")),
                ),
            ),
        ),
    ),
    Step(
        "attendance",
        _("Attendance"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "log",
                _("Log"),
                Is.LINES,
                columns=(
                    Field("at", _("When"), Is.MOMENT),
                    Field("who", _("Who")),
                    Field("what", _("What happened")),
                ),
            ),
        ),
    ),
    Step(
        "report",
        _("Report"),
        Who.ENGINEER,
        (From.LAST, 3),
        (Field("summary", _("Summary"), Is.LONG), Field("advice", _("What we advise"), Is.LONG, is_required=False)),
    ),
)
