"""How people get in at a site: where to report, permits, badges."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_ended_places_and_history")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="access_notes",
            field=models.TextField(blank=True, default="", verbose_name="access notes"),
        ),
    ]
