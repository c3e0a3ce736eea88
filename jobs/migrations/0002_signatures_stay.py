"""A signature is never edited or removed: the warranty counts from it."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER acceptance_stays BEFORE UPDATE OR DELETE ON jobs_acceptance
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACKWARD = "DROP TRIGGER acceptance_stays ON jobs_acceptance;"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs"), ("tickets", "0002_append_only_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
