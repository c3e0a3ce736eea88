"""A begin that is taken back sets its lists aside; they stay as a record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0017_plans_within_contracts")]

    operations = [
        migrations.RemoveConstraint(model_name="sheet", name="sheet_once"),
        migrations.AddField(
            model_name="sheet",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="set aside"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside_at", None)),
                fields=("inspection", "version", "unit"),
                name="sheet_once",
                nulls_distinct=False,
            ),
        ),
    ]
