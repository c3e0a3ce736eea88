"""What two phones answered differently: the office says which counts. After the sign-off only what was signed can."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, NotVisible
from inspections.models import Answer, Inspection
from inspections.policies import TABLE
from inspections.services import answering, visits


@transaction.atomic
def settle(*, inspection: Inspection, sheet: int, item: str, keep: UUID, by: Actor, now: datetime) -> None:
    """`keep`: the entry that counts; the other way round it is given once more, by who decides. Raises Forbidden,
    NotVisible for what is settled already, Illegal.
    """
    require(by, "inspection.settle", TABLE)
    row = visits.hold(inspection, by=by, is_open=False)
    answer = (
        Answer.objects.filter(sheet=sheet, sheet__inspection=row, item=item).select_related("entry", "other").first()
    )
    if answer is None or answer.other is None or keep not in (answer.entry_id, answer.other_id):
        raise NotVisible(_("This is settled already."))
    if keep == answer.other_id and visits.is_signed(row):
        raise Illegal(visits.signed_words())
    other = answer.other
    answer.other = None
    answer.save(update_fields=["other"])
    if keep == other.pk:
        again = answering.Entry(uuid4(), sheet, item, now, other.answer, answer.entry_id)
        answering.take(inspection=row, entries=[again], by=by, now=now)
