"""The sentences that the script of live pages shows, by the name under which it asks for them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def words() -> dict[str, str]:
    return {
        "live": _("Live, updated %(time)s"),
        "wait": _("Reconnecting"),
        "off": _("Offline since %(time)s"),
        "out": _("Signed out"),
        "viewing": _("%(name)s is viewing"),
        "writing": _("%(name)s is writing"),
        "reply": _("%(name)s is writing a reply"),
        "noteto": _("Write %(name)s a note"),
        # The script knows one and more, which is what our languages tell apart.
        "entry": ngettext("%(count)d new entry", "%(count)d new entries", 1),
        "entries": ngettext("%(count)d new entry", "%(count)d new entries", 2),
    }
