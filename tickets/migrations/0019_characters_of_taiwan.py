"""Words of Taiwan were stored by their translation alone (離線 as 脱机); their characters are added, so that a piece of
a word is found and both scripts find both.
"""

from collections import defaultdict

from django.db import migrations
from django.db.models import F
from django.db.models.expressions import CombinedExpression

from tickets import search

REPORT = (
    "title", "description", "contact_name", "organisation_text",
    "organisation__name", "site__name", "equipment__product__name", "equipment__serial_number",
)  # fmt: skip
BATCH = 1000


def missing(texts):
    """Those that read differently by their words, which is all that was stored."""
    return [text for text in texts if text and len(search.readings(text[: search.LONGEST_TEXT])) > 1]


def batches(rows):
    first = 0
    while found := list(rows.filter(pk__gt=first).order_by("pk")[:BATCH]):
        yield found
        first = found[-1]


def bodies(model, numbers):
    found = defaultdict(list)
    rows = model.objects.filter(ticket_id__in=numbers).order_by("pk").values_list("ticket_id", "body")
    for ticket, body in rows.iterator(chunk_size=BATCH):
        found[ticket].append(body)
    return found


def add_characters(apps, schema_editor):
    tickets, reply, note = (apps.get_model("tickets", name) for name in ("Ticket", "Reply", "Note"))
    for numbers in batches(tickets.objects.values_list("pk", flat=True)):
        replies, notes = bodies(reply, numbers), bodies(note, numbers)
        for pk, tags, *texts in tickets.objects.filter(pk__in=numbers).values_list("pk", "tags", *REPORT):
            public, internal = missing([*texts, *replies[pk]]), missing([*tags, *notes[pk]])
            if public or internal:
                words = CombinedExpression(search.vector(*public), "||", search.vector(*internal, is_internal=True))
                tickets.objects.filter(pk=pk).update(search=CombinedExpression(F("search"), "||", words))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0018_tags")]

    operations = [migrations.RunPython(add_characters, migrations.RunPython.noop)]
