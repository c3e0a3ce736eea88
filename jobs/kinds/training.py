"""Training: what kind, who came, with what material, the signature for it, and the certificates. Data only."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds.model import SIGNATURE, Field, From, Is, Signing, Step, Who, work

KINDS = (
    ("operation", _("Operation")),
    ("maintenance", _("Maintenance")),
    ("administration", _("Administration")),
    ("safety", _("Safety")),
)
YES, NO = "yes", "no"
ANSWERS = ((YES, _("Yes")), (NO, _("No")))
TRAINING = work(
    "training",
    Step(
        "plan",
        _("Plan"),
        Who.DESK,
        (From.FIRST, -7),
        (
            Field("kind", _("Kind of training"), Is.CHOICE, choices=KINDS),
            Field("topic", _("Topic")),
            Field("trainer", _("Trainer")),
            Field("at", _("Begins"), Is.MOMENT),
            Field("place", _("Place")),
        ),
    ),
    Step(
        "material",
        _("Material"),
        Who.ENGINEER,
        (From.FIRST, -1),
        (Field("list", _("What there is"), Is.LONG),),
        lead=_("Attach the slides or the handbook."),
        needs_papers=True,
    ),
    Step(
        "people",
        _("Who came"),
        Who.ENGINEER,
        (From.LAST, 0),
        (
            Field(
                "people",
                _("People"),
                Is.LINES,
                columns=(
                    Field("name", _("Name")),
                    Field("role", _("Role at work"), is_required=False),
                    Field("certified", _("Gets a certificate"), Is.CHOICE, choices=ANSWERS),
                ),
            ),
        ),
    ),
    Step(
        SIGNATURE,
        _("Signature of the customer"),
        Who.CUSTOMER,
        (From.LAST, 0),
        lead=_("The customer signs that the training took place and who came. Then the certificates are issued."),
        signing=Signing(_("Sign the attendance"), _("The training took place, and these people came.")),
    ),
    Step(
        "certificate",
        _("Certificate"),
        Who.ENGINEER,
        (From.LAST, 3),
        (Field("issued_on", _("Issued on"), Is.DAY), Field("hours", _("Hours"), Is.NUMBER)),
        lead=_("Once it is issued, the certificates can be printed here."),
    ),
)
