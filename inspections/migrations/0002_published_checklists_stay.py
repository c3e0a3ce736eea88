"""A published version of a checklist is never edited or removed: reports are read by it."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER checklistversion_stays BEFORE UPDATE OR DELETE ON inspections_checklistversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACKWARD = "DROP TRIGGER checklistversion_stays ON inspections_checklistversion;"


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_checklists"), ("tickets", "0002_append_only_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
