from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0015_message_drafts")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed"])),
                fields=["updated_at"],
                name="ticket_over_by_update",
            ),
        ),
    ]
