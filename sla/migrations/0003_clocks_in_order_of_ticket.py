"""Clocks are read in the order of their ticket's key, which needs no join with the tickets."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sla", "0002_published_schemes_stay")]

    operations = [
        migrations.AlterModelOptions(
            name="clock",
            options={
                "ordering": ["ticket_id", "target", "run"],
                "verbose_name": "clock",
                "verbose_name_plural": "clocks",
            },
        ),
    ]
