"""Commissioning: who, until when, which devices, what is tested, the result, and its signature. Data only."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds.model import FAIL, PASS, RESULTS, SIGNATURE, Field, From, Is, Signing, Step, Who, work

OVERALL = (
    (PASS, _("Passed")),
    ("reserved", _("Passed with reservations")),
    (FAIL, _("Failed")),
)
COMMISSIONING = work(
    "commissioning",
    Step(
        "order",
        _("Order"),
        Who.DESK,
        (From.FIRST, -3),
        (
            Field(
                "people", _("People"), Is.LINES, columns=(Field("name", _("Name")), Field("role", _("Role at work")))
            ),
            Field("deadline", _("Time limit"), Is.DAY),
            Field(
                "devices",
                _("Devices"),
                Is.LINES,
                columns=(Field("kind", _("Kind of device")), Field("count", _("How many"), Is.NUMBER)),
            ),
        ),
    ),
    Step(
        "plan",
        _("Test plan"),
        Who.ENGINEER,
        (From.FIRST, -1),
        (
            Field(
                "tests",
                _("Tests"),
                Is.LINES,
                columns=(Field("test", _("Test")), Field("expected", _("What is expected"))),
            ),
        ),
    ),
    Step(
        "tests",
        _("Tests"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "results",
                _("Results"),
                Is.LINES,
                hint=_("One line for each test of the plan."),
                columns=(
                    Field("test", _("Test")),
                    Field("result", _("Result"), Is.CHOICE, choices=RESULTS),
                    Field("remark", _("Remark"), is_required=False),
                ),
                takes=("plan", "tests"),
            ),
        ),
    ),
    Step(
        "result",
        _("Result"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field("overall", _("Overall"), Is.CHOICE, choices=OVERALL),
            Field("commissioned_on", _("Commissioned on"), Is.DAY),
            Field("remark", _("Remark"), Is.LONG, is_required=False),
        ),
    ),
    Step(
        SIGNATURE,
        _("Signature of the customer"),
        Who.CUSTOMER,
        (From.LAST, 0),
        lead=_("The customer signs what was tested and how it came out."),
        signing=Signing(_("Sign the result"), _("We have read the result and take note of it.")),
    ),
)
