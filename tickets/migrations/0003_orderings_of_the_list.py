"""The orderings the list offers are index scans, with the rows without a value last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("tickets", "0002_append_only_log")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(models.OrderBy(models.F("next_due_at"), nulls_last=True), "id", name="ticket_by_due"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(models.OrderBy(models.F("severity"), nulls_last=True), "id", name="ticket_by_severity"),
        ),
    ]
