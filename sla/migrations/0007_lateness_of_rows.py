"""Clock rows that know how late they are. Rows of open tickets are planned anew by the sweep; until then, and for good
in tickets that are over, they say what can be told from the row: wall time since they were due, and whole seconds.
"""

from datetime import timedelta

from django.db import migrations, models

FROM_WHAT_THE_ROWS_KNOW = """
UPDATE sla_clock SET over_since_at = due_at WHERE elapsed_seconds IS NULL AND due_at IS NOT NULL;
UPDATE sla_clock SET over = (elapsed_seconds - duration_seconds) * interval '1 second'
 WHERE state IN ('missed', 'missed_stopped') AND elapsed_seconds > duration_seconds;
UPDATE sla_sweep SET replan_from = 0;
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0006_scheme_texts")]

    operations = [
        migrations.AddField("clock", "over", models.DurationField(default=timedelta)),
        migrations.AddField("clock", "over_calendar", models.CharField(blank=True, max_length=60)),
        migrations.AddField("clock", "over_since_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FROM_WHAT_THE_ROWS_KNOW, migrations.RunSQL.noop),
    ]
