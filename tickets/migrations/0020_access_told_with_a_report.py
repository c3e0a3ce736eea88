"""How people get in, as told with a report: a guest has no site whose notes he could write."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0019_characters_of_taiwan")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="access_notes",
            field=models.TextField(blank=True, default="", verbose_name="access notes"),
        ),
    ]
