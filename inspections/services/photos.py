"""Photos of checks: kept once under the id the device gave, checked like other files, removable until signing.

The bytes are whole in the store before a row speaks of them; a picture that nothing can draw is refused here, because
a photo that cannot be seen proves nothing.
"""

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from common.errors import Invalid, NotVisible
from inspections import facts
from inspections.checklists import judge
from inspections.models import Answer, Inspection, Photo
from inspections.services import findings, visits
from tickets import services as tickets
from tickets.services import KeptFile
from tickets.services.files import Upload, forget

MOST_PHOTOS = 20
NAMESPACE = UUID("0d1a1a53-5f0e-4f58-8d43-6f2c2f4d1c7e")


def form_key() -> str:
    """For a form that may be sent twice: its photos are known by it."""
    return str(uuid4())


def photo_id(form: str, item: str, number: int) -> UUID:
    """The id of a photo that came with a form, the same however often the form is sent."""
    return uuid5(NAMESPACE, f"{form}:{item}:{number}") if form else uuid4()


def add_photo(
    *, inspection: Inspection, id: UUID, sheet: int, item: str, upload: Upload, by: Actor, at: datetime, now: datetime
) -> Photo:
    """Sending it again gives the photo that is there. Raises Invalid beside `file`, Illegal, Unavailable."""
    visits.require_work(by)
    known = _known(inspection, id)
    if known is not None:
        return known
    try:
        tickets.check_files([upload])
        kept = tickets.stash(upload)
    except Invalid as error:
        raise Invalid({"file": error.errors.get("files", [error.detail])}) from error
    try:
        if not kept.has_preview:
            raise Invalid.field("file", _("%(name)s is no picture we can show. Take a photo.") % {"name": kept.name})
        photo = _keep(inspection, id, sheet, item, kept, by, at, now)
    except BaseException:
        forget(kept.key)
        raise
    if photo.key != kept.key:
        forget(kept.key)  # another request was faster with the same photo
    return photo


def _known(inspection: Inspection, id: UUID) -> Photo | None:
    photo = Photo.objects.select_related("sheet").filter(pk=id).first()
    if photo is not None and photo.sheet.inspection_id != inspection.pk:
        raise Invalid.field("id", _("This id is used already."))
    return photo


@transaction.atomic
def _keep(
    inspection: Inspection, id: UUID, sheet: int, item: str, file: KeptFile, by: Actor, at: datetime, now: datetime
) -> Photo:
    row = visits.hold(inspection, by=by)
    known = _known(row, id)
    if known is not None:
        return known
    check = facts.load(row).checks.get((sheet, item))
    if check is None or not check.is_asked:
        raise Invalid.field("item", _("There is no such check in this visit."))
    if len(check.photos) >= MOST_PHOTOS:
        raise Invalid.field("file", _("A check has at most %(most)d photos.") % {"most": MOST_PHOTOS})
    photo = Photo.objects.create(
        id=id,
        sheet=check.sheet,
        item=item,
        author=visits.person(by),
        taken_at=min(at, now),
        received_at=now,
        **vars(file),
    )
    if check.finding is not None and check.finding.ticket is not None:
        findings.hand_on(check.finding.ticket, [photo], by=by, now=now)
    _judge_again(row, check, len(check.photos) + 1, now)
    return photo


@transaction.atomic
def remove_photo(*, inspection: Inspection, id: UUID, by: Actor, now: datetime) -> None:
    """What a ticket has been given stays with the ticket. Raises NotVisible, Illegal after the sign-off."""
    row = visits.hold(inspection, by=by)
    photo = Photo.objects.filter(pk=id, sheet__in=row.sheets.all()).first()
    if photo is None:
        raise NotVisible(_("There is no such photo."))
    check = facts.load(row).checks.get((photo.sheet_id, photo.item))
    photo.delete()
    transaction.on_commit(lambda: forget(photo.key))
    if check is not None:
        _judge_again(row, check, len(check.photos) - 1, now)


def _judge_again(row: Inspection, check: facts.Check, photos: int, now: datetime) -> None:
    """A photo can be an answer, or what an answer lacked."""
    if check.answer is not None:
        result = judge(check.item, check.given.with_photos(photos), check.last).result.value
        Answer.objects.filter(pk=check.answer.pk).update(result=result)
    row.seen_at = now
    row.save(update_fields=["seen_at"])
    visits.refresh(row)
