"""Commissioning and training that is under way gets the step in which the customer signs; what is over stays as it was."""

from django.db import migrations
from django.db.models import F

AFTER = {"commissioning": "result", "training": "people"}  # kind -> the step that comes before it


def add(apps, schema_editor):
    job_model, step_model = apps.get_model("jobs", "Job"), apps.get_model("jobs", "Step")
    open_ones = step_model.objects.filter(done_at=None).values("job")
    for job in job_model.objects.filter(kind__in=AFTER, pk__in=open_ones).exclude(steps__code="signature"):
        before = job.steps.get(code=AFTER[job.kind])
        later = job.steps.filter(position__gt=before.position)
        later.update(position=F("position") + 1)
        step_model.objects.create(
            job=job, code="signature", position=before.position + 1, due_on=before.due_on
        )


class Migration(migrations.Migration):
    dependencies = [("jobs", "0006_how_it_was_signed")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
