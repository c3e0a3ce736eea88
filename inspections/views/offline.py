"""What a visit's page needs to work without signal: the worker that opens it, and the sentences its script shows.

The worker is served below the visits, because it may keep only what is there. It holds nothing of anybody, so it is
public: a phone whose session is over still learns of a new one.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SCRIPT = "js/visit-worker.js"


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    found = finders.find(SCRIPT)
    assert found is not None  # it is part of the product
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript")


def words() -> dict[str, str]:
    """By the names `static/js/visit*.js` has for them."""
    return {
        **refused_words(),
        **begun_words(),
        "count": _("%(done)s of %(total)s"),
        "one_open": _("Opens when every check is answered. 1 is still open."),
        "many_open": _("Opens when every check is answered. %(n)s are still open."),
        "none_open": _("Every check is answered."),
        "above": _("%(size)s above the limit"),
        "below": _("%(size)s below the limit"),
        "photo": _("Photo"),
        "remove_photo": _("Remove this photo"),
        "photo_stays": _("A photo that was sent can be removed only with signal."),
        "nothing": _("Nothing was found bad so far."),
        "outcome_none": _("No ticket yet."),
        "outcome_cured": _("Cured on the spot."),
        "outcome_watch": _("To be watched."),
        "outcome_ticket": _("A ticket is raised."),
        "ticket": _("Ticket"),
        "ticket_later": _("A ticket is raised. It gets its number when there is signal."),
        "kept_here": _("All answers are kept on this phone until they are sent."),
        "no_signal": _("No signal, %(n)s saved here"),
        "off": _("No signal"),
        "sending": _("Sending %(n)s"),
        "session": _("Sign in to send %(n)s"),
        **shared_words(),
        **unit_words(),
        "all_sent": _("All sent, %(at)s"),
        "go_to": _("Go to check %(n)s"),
        "go_to_open": _("Go to the open check"),
        "signed_here": _("Signed by %(name)s, %(at)s"),
        "absent_here": _("Finished %(at)s. Nobody was there to sign."),
        "signed_elsewhere": _("This inspection is signed. Its answers stay as they are."),
        "unbegun": _("Not sent: the begin of the visit was taken back."),
    }


def shared_words() -> dict[str, str]:
    """Of a phone that went from hand to hand."""
    return {
        "person": _("%(n)s kept until %(name)s signs in"),
        "one_of_other": _("1 thing of %(name)s is kept on this phone"),
        "many_of_other": _("%(n)s things of %(name)s are kept on this phone"),
        "other_signs_in": _(
            "It is sent when %(name)s signs in on this phone and opens this visit. Nothing of it is lost."
        ),
    }


def unit_words() -> dict[str, str]:
    """Of further units, and of the one it begins with."""
    return {
        "unit_here": _("It is added when there is signal. Its checks can be answered now."),
        "unit_later": _("It is added when there is signal; its checks come then."),
        "unit_unknown": _("This phone does not know it. It is asked for when there is signal."),
        "unit_not_here": _("%(unit)s is not in this visit yet. Press Add."),
        "unit_open": _("A unit is still to be added, or to be removed."),
        "whole_site": _("The site as a whole"),
    }


def begun_words() -> dict[str, str]:
    """Of a visit that began on the phone."""
    return {
        "begun_here": _("Begun on this phone, %(at)s"),
        "begun_by": _("%(name)s began this visit, %(at)s. What was answered here goes into the same visit."),
        "begun_moved": _(
            "The office has moved this visit: it is planned for %(at)s. It counts from when you began it."
        ),
        "begun_off": _("The office has called this visit off. Tell the desk that you were there."),
    }


def refused_words() -> dict[str, str]:
    """Of what the desk did not take, or would not."""
    return {
        "not_taken": _("%(n)s not taken"),
        "number": _("Enter a number, such as 31.5."),
        "photo_refused": _("A photo of this check was not taken: %(why)s"),
        "unsettled": _("Say what you found, or what comes of it."),
        "unraised": _("The ticket is not raised yet. Choose another level, or what else comes of it."),
        "result_passed": _("Pass"),
        "result_failed": _("Fail"),
        "result_not-applicable": _("N/A"),
    }


def signing_words() -> dict[str, str]:
    """Of the page that is signed, in the language of who signs."""
    return {
        "count": _("%(done)s of %(total)s"),
        "counts": _("%(passed)s passed, %(failed)s failed, %(not_applicable)s not applicable"),
        "outcome_none": "",
        "outcome_cured": _("Cured on the spot."),
        "outcome_watch": _("To be watched."),
        "outcome_ticket": _("A ticket is raised. It gets its number when there is signal."),
        "ticket": _("Ticket"),
        "twice": _("Answered twice, and not the same"),
        "twice_more": _(
            "Two phones gave different answers. You sign for the one that counts now; we settle the other before the "
            "report is sent."
        ),
        "advice": _("Advice"),
        "parts_wanted": _("Parts wanted"),
        "training": _("Training"),
        "attended": _("Who attended"),
        "signer": _("Enter the name of the person who signs."),
        "strokes": _("Sign in the field, or take the typed name as the signature."),
        "reason": _("Say in a few words why nobody can sign."),
        "not_kept": _("This phone could not keep the signature. Try again."),
    }
