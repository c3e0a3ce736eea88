"""Open tickets that wait for a part already get their card: needed, says the log, and not delivered since."""

from django.db import migrations

from tickets.kinds import OPEN_STATES


def give_cards(apps, schema_editor):
    request = apps.get_model("spares", "PartRequest")
    event = apps.get_model("tickets", "TicketEvent")
    told = event.objects.filter(type__in=["spare_needed", "spare_delivered"], ticket__state__in=list(OPEN_STATES))
    latest = {}
    for found in told.order_by("occurred_at", "seq"):
        latest[found.ticket_id] = found
    request.objects.bulk_create(
        request(
            ticket_id=pk,
            wanted=str(found.data.get("note", ""))[:200],
            asked_by_id=found.user_id,
            asked_at=found.occurred_at,
            asked_seq=found.seq,
        )
        for pk, found in latest.items()
        if found.type == "spare_needed"
    )


class Migration(migrations.Migration):
    dependencies = [("spares", "0002_balances_follow_the_ledger")]
    operations = [migrations.RunPython(give_cards, migrations.RunPython.noop)]
