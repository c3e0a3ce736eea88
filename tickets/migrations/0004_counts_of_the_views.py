"""What the queue's views count is an index scan in every state."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("tickets", "0003_orderings_of_the_list")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["state", "next_due_at", "id"], name="ticket_by_state"),
        ),
    ]
