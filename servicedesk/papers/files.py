"""The file of an edition as it is handed out, and how far the edition is: for pages and REST."""

from dataclasses import dataclass

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext as _

from common.errors import NotVisible
from common.languages import BCP47
from inspections import services
from inspections.models import Analysis, Edition, Photo
from tickets import filestore, pictures

SENT_AS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True)
class Standing:
    """How far an edition is. `is_unchanged`: the file is still what was made; None where there is none yet."""

    row: Edition
    is_unchanged: bool | None

    @property
    def lang(self) -> str:
        return BCP47.get(self.row.language, self.row.language)


def standing(row: Edition) -> Standing:
    return Standing(row, services.is_unchanged(row) if row.key else None)


def name_of(row: Analysis) -> str:
    """Of the file of an analysis where it is kept by whoever fetched it."""
    return f"system-analysis-{row.contract.number}-{row.begins_on}-{row.number}.pdf"


def picture(photo: Photo | None) -> HttpResponseBase:
    """Our own drawing of a photo, never the file that was sent; raises NotVisible where there is none."""
    if photo is None:
        raise NotVisible(_("There is no such photo."))
    try:
        file = filestore.preview_path_of(photo.key).open("rb")
    except OSError:
        raise NotVisible(_("There is no such photo.")) from None
    response = FileResponse(file, content_type=pictures.CONTENT_TYPE)
    for header, value in {**SENT_AS, "Cache-Control": "private, max-age=3600"}.items():
        response[header] = value
    return response


def answer(row: Edition | None, name: str) -> HttpResponseBase:
    """The bytes as they were made; raises NotVisible where there are none."""
    if row is None or row.key is None:
        raise NotVisible(_("There is no such report."))
    try:
        file = filestore.path_of(row.key).open("rb")
    except OSError:
        raise NotVisible(_("The file of this report is lost.")) from None
    response = FileResponse(file, content_type="application/pdf", as_attachment=True, filename=name)
    for header, value in SENT_AS.items():
        response[header] = value
    return response
