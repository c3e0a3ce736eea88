"""Why a plan cannot be planned stands in its row, so that it is said once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0018_begins_taken_back")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="trouble",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="cannot be planned"),
        ),
    ]
