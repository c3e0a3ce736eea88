"""How mail leaves this desk, as the settings say; never a password. Reads only."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Facts:
    """`is_real` false: mails are written to the terminal or kept, and reach nobody."""

    is_real: bool
    host: str
    port: int
    security: str
    account: str
    sender: str


def settings_in_force() -> Facts:
    security = _("TLS from the start") if settings.EMAIL_USE_SSL else _("STARTTLS")
    return Facts(
        is_real=not any(f".{name}." in settings.EMAIL_BACKEND for name in ("console", "dummy", "locmem", "filebased")),
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        security=security if settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS else _("none"),
        account=settings.EMAIL_HOST_USER,
        sender=settings.DEFAULT_FROM_EMAIL,
    )
