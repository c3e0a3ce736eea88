"""Internal notes that were written before they could be searched for, under the weight that customers leave out."""

from itertools import groupby

from django.db import migrations
from django.db.models import F
from django.db.models.expressions import CombinedExpression

from tickets import search


def add_notes(apps, schema_editor):
    notes = apps.get_model("tickets", "Note").objects.order_by("ticket_id", "pk").values_list("ticket_id", "body")
    tickets = apps.get_model("tickets", "Ticket").objects
    for ticket, found in groupby(notes.iterator(chunk_size=1000), key=lambda row: row[0]):
        words = search.vector(*(body for _ticket, body in found), is_internal=True)
        tickets.filter(pk=ticket).update(search=CombinedExpression(F("search"), "||", words))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0016_counts_of_what_is_over")]

    operations = [migrations.RunPython(add_notes, migrations.RunPython.noop)]
