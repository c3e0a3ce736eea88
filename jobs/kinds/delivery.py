"""Delivery and acceptance: from the packing list to the signature that starts the warranty. Data only."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds.model import PASS, RESULTS, SIGNATURE, Field, From, Is, Signing, Step, Who, work

DELIVERY = work(
    "delivery",
    Step(
        "arrival",
        _("Arrival"),
        Who.ENGINEER,
        (From.FIRST, 0),
        (
            Field("arrived_on", _("Arrived on"), Is.DAY),
            Field(
                "packing",
                _("Packing list"),
                Is.LINES,
                columns=(
                    Field("item", _("Item")),
                    Field("ordered", _("Ordered"), Is.NUMBER),
                    Field("arrived", _("Arrived"), Is.NUMBER),
                    Field("damaged", _("Damaged"), Is.NUMBER),
                    Field("remark", _("Remark"), is_required=False),
                ),
                differs=("ordered", "arrived"),
            ),
        ),
        lead=_("Count what came against the packing list. Photograph what is damaged."),
    ),
    Step(
        "installation",
        _("Installation"),
        Who.ENGINEER,
        (From.LAST, -2),
        (
            Field("installed_on", _("Installed on"), Is.DAY),
            Field("units", _("Units installed"), Is.UNITS, hint=_("They are accepted with the signature.")),
            Field("remark", _("Remark"), Is.LONG, is_required=False),
        ),
    ),
    Step(
        "notice",
        _("Notice of the acceptance"),
        Who.DESK,
        (From.LAST, -1),
        (Field("at", _("Acceptance on"), Is.MOMENT), Field("place", _("Place"))),
        lead=_("The customer has a day's notice: 24 hours, and until the close of the working day before."),
    ),
    Step(
        "acceptance",
        _("System acceptance"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "tests",
                _("Tests"),
                Is.LINES,
                hint=_("Every test must have passed."),
                columns=(
                    Field("test", _("Test")),
                    Field("result", _("Result"), Is.CHOICE, choices=RESULTS),
                    Field("remark", _("Remark"), is_required=False),
                ),
                all_be=("result", PASS),
            ),
            Field("people", _("Who was there")),
        ),
    ),
    Step(
        "papers",
        _("Papers handed over"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "list",
                _("Papers"),
                Is.LINES,
                columns=(Field("title", _("Title")), Field("copies", _("Copies"), Is.NUMBER)),
            ),
        ),
    ),
    Step(
        "training",
        _("Training"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field("trainer", _("Trainer")),
            Field(
                "topics",
                _("Topics"),
                Is.LINES,
                columns=(
                    Field("topic", _("Topic")),
                    Field("hours", _("Hours"), Is.NUMBER),
                    Field("people", _("Who took part")),
                ),
            ),
        ),
    ),
    Step(
        SIGNATURE,
        _("Signature of the customer"),
        Who.CUSTOMER,
        (From.LAST, 0),
        lead=_("With the signature the units count as accepted. A warranty from acceptance begins that day."),
        signing=Signing(_("Sign the acceptance"), _("We accept what stands above."), accepts=True),
    ),
)
