"""The log is read in the order of its ticket's key, which needs no join with the tickets."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_counts_of_the_views")]

    operations = [
        migrations.AlterModelOptions(
            name="ticketevent",
            options={
                "ordering": ["ticket_id", "seq"],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
    ]
