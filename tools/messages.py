"""The catalogues in `locale/`: collects the messages of code and templates, updates, compiles, checks and counts them.

Needs Babel only, no gettext programs. `python tools/messages.py update | check | report`; see CONTRIBUTING.md.
A message of templates is read by Django's own reader of templates, so that `trimmed`, contexts and plurals are as the
page will ask for them.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

TOP = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant", "th": "th"}
SOURCE = "en"  # its catalogue holds only what Django says otherwise, and is written by hand
HEAD = "# Words of Service Desk. Native check still due before these become final copy."
LEFT_OUT = {".venv", "var", "tests", "benchmarks", "tools", "migrations", "node_modules", ".git", "__pycache__"}
NOT_READ_BY_PEOPLE = ("servicedesk/demo/", "servicedesk/launch/", "templates/screens/gallery")
# What a customer or a guest can read: complete in every language, which tests/guards/test_catalogues.py holds.
FOR_CUSTOMERS = (
    "accounts/adapter.py", "accounts/forms/own.py", "accounts/forms/sign_in.py", "accounts/roles.py",
    "accounts/services", "common/",
    "customers/coverage.py", "customers/kinds.py", "inspections/forms/signing.py", "inspections/services/findings.py",
    "inspections/services/signing.py",
    "inspections/views/signing.py", "inspections/words.py", "notifications/reports/", "notifications/wording.py",
    "servicedesk/borrowed_words.py", "servicedesk/clockface.py", "servicedesk/handlers.py",
    "servicedesk/middleware.py", "servicedesk/papers/", "servicedesk/screens/errors.py",
    "servicedesk/screens/levels.py", "servicedesk/service_levels/selection.py",
    "servicedesk/screens/policy/", "servicedesk/screens/portal", "servicedesk/screens/report/",
    "servicedesk/screens/settings/setup.py", "servicedesk/screens/unsent.py",
    "servicedesk/screens/uploading.py", "servicedesk/streams/words.py",
    "templates/screens/uploads/", "templates/screens/writing/session_over.html",
    "servicedesk/templatetags/desk/", "servicedesk/wording.py", "sla/policy_text.py", "sla/wording.py",
    "templates/40", "templates/429", "templates/50", "templates/account/", "templates/base",
    "templates/components/", "templates/inspections/list_public.html", "templates/inspections/table.html",
    "templates/inspections/plans_public.html", "templates/inspections/sign", "templates/inspections/tabs.html",
    "templates/inspections/year",
    "jobs/facts.py", "jobs/forms/new.py", "jobs/forms/periods.py", "jobs/forms/signing.py", "jobs/kinds/",
    "jobs/services/checking.py", "jobs/services/making.py", "jobs/services/periods.py", "jobs/services/rows.py",
    "jobs/services/signing.py", "jobs/views/making.py", "jobs/views/periods.py", "jobs/views/signing.py",
    "jobs/words.py",
    "templates/jobs/body.html", "templates/jobs/certificates.html", "templates/jobs/checks.html",
    "templates/jobs/job_public.html", "templates/jobs/list_public.html", "templates/jobs/period",
    "templates/jobs/sign_body.html", "templates/jobs/sign_public.html", "templates/jobs/table.html",
    "templates/jobs/tabs.html", "templates/jobs/values.html",
    "templates/papers/", "templates/screens/papers/analyses_", "templates/screens/papers/read.html",
    "templates/screens/papers/state.html", "templates/screens/readings/", "servicedesk/screens/papers/analyses.py",
    "templates/mail/", "templates/notifications/",
    "templates/refused.html", "templates/screens/accessibility.html", "templates/screens/due_cell.html",
    "servicedesk/screens/planner/announcing.py", "servicedesk/screens/planner/calendar.py",
    "servicedesk/screens/planner/feed.py", "servicedesk/visits/feed.py",
    "servicedesk/visits/words.py", "templates/screens/planner/subscribe.html",
    "templates/screens/planner/calendar_", "templates/screens/policy/",
    "templates/screens/portal", "templates/screens/privacy.html", "templates/screens/report/",
    "templates/screens/settings/setup.html",
    "tickets/event_types.py", "tickets/filenames.py", "tickets/filestore.py", "tickets/kinds.py",
    "tickets/models/survey.py", "tickets/refusals.py", "tickets/services/",
)  # fmt: skip
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
WHOLE = re.compile("(?<=วัน)(?=นี้)|(?<=พรุ่ง)(?=นี้)|(?<=เมื่อ)(?=วาน)")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\)(?:0?\d*)[ds]|%|$|[^(%])")


def sources() -> Iterator[Path]:
    for path in sorted([*TOP.rglob("*.py"), *(TOP / "templates").rglob("*.*")]):
        inside = path.relative_to(TOP)
        is_left_out = LEFT_OUT & set(inside.parts) or str(inside).startswith(NOT_READ_BY_PEOPLE)
        if not is_left_out and path.suffix in (".py", ".html", ".txt"):
            yield path


def collected() -> Catalog:
    """Every message of the product, with the files it is in."""
    catalog = Catalog(charset="utf-8")
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is not a message comes out as a row of X; the indentation means nothing.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
        name = str(path.relative_to(TOP))
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            catalog.add(message, None, [(name, 1)], context=context)
    return catalog


def path_of(locale: str) -> Path:
    return TOP / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def compiled(catalog: Catalog) -> bytes:
    """Without what is not translated yet: Babel would write the English singular for any number of things.

    Browsers end a line within a Thai "today": what must stay whole gets a word joiner, which nobody sees.
    """
    file, whole = BytesIO(), deepcopy(catalog)
    for message in list(messages(catalog)):
        if not any(message.string or ()):  # a sentence, or one for each number
            whole.delete(message.id, message.context)
    for message in messages(whole):
        said = tuple(WHOLE.sub("\u2060", text) for text in texts(message))
        message.string = said if isinstance(message.string, tuple | list) else said[0]
    write_mo(file, whole)
    return file.getvalue()


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def update() -> None:
    """New messages come in untranslated, gone ones go; what is translated stays as it is."""
    found = collected()
    for locale in LANGUAGES:
        catalog = read(locale)
        found.creation_date = catalog.creation_date  # a date of today would make every two branches clash
        catalog.update(found, no_fuzzy_matching=True)
        for message in catalog:
            if message.id:  # doubts of Babel about a word that got a plural: what it says stays true
                message.flags.discard("fuzzy")
        catalog.obsolete.clear()
        catalog.header_comment = HEAD
        with path_of(locale).open("wb") as file:
            write_po(file, catalog, width=120, no_location=False, include_lineno=False, sort_output=True)
    for locale in (*LANGUAGES, SOURCE):
        path_of(locale).with_suffix(".mo").write_bytes(compiled(read(locale)))


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def sources_of(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for name in PLACEHOLDER.findall(text) if name)


def is_for_customers(message: Message) -> bool:
    return any(file.startswith(FOR_CUSTOMERS) for file, _line in message.locations)


def faults(locale: str) -> Iterator[str]:
    """What would show a reader a broken sentence."""
    catalog = read(locale)
    if path_of(locale).with_suffix(".mo").read_bytes() != compiled(catalog):
        yield "the .mo is not made from the .po; run `python tools/messages.py update`"
    for message in messages(catalog):
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        # A plural may leave its number out ("one file"), so each text may use what the source has anywhere.
        allowed = frozenset().union(*(placeholders(source) for source in sources_of(message)))
        wanted = placeholders(sources_of(message)[-1])
        for text in filter(None, texts(message)):
            if not wanted <= placeholders(text) <= allowed:
                yield f"placeholders: {message.id!r} -> {text!r}"
            if message.python_format and "%" in re.sub(r"%%|%(\(\w+\)\d*)?[ds]", "", text):
                yield f"a lone per cent sign: {text!r}"


def missing(locale: str, found: Catalog) -> Iterator[Message]:
    """What the product says and the catalogue does not."""
    catalog = read(locale)
    for message in messages(found):
        known = catalog.get(message.id, message.context)
        if known is None or not all(texts(known)):
            yield message


def report() -> None:
    found = collected()
    everything = list(messages(found))
    ours = sum(is_for_customers(message) for message in everything)
    print(f"{len(everything)} messages, {ours} of them for customers")
    for locale in LANGUAGES:
        open_ = list(missing(locale, found))
        left = [message for message in open_ if is_for_customers(message)]
        print(f"{locale}: {len(everything) - len(open_)} translated; missing for customers: {len(left)}")
        for message in left:
            print("   ", repr(message.id))
    by_file = Counter(file for message in everything for file, _line in message.locations)
    for file, count in sorted(by_file.items()):
        print(f"{count:5} {file}")


def check() -> int:
    found = collected()
    wrong = [f"{locale}: {fault}" for locale in (*LANGUAGES, SOURCE) for fault in faults(locale)]
    wrong += [
        f"{locale}: not translated: {message.id!r}"
        for locale in LANGUAGES
        for message in missing(locale, found)
        if is_for_customers(message)
    ]
    print("\n".join(wrong) or "The catalogues are whole.")
    return 1 if wrong else 0


def main(arguments: Iterable[str]) -> int:
    settings.configure(USE_I18N=False)
    django.setup()
    word = next(iter(arguments), "check")
    if word == "check":
        return check()
    {"update": update, "report": report}[word]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
