"""Reports count the clocks of a time from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sla", "0004_replanning")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clock_by_start"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["started_at"], include=("target", "level", "state", "due_at", "ticket"), name="clock_by_start"
            ),
        ),
    ]
