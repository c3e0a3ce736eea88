"""The log refuses update, delete and truncate in the database itself, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ticketevent_append_only BEFORE UPDATE OR DELETE ON tickets_ticketevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ticketevent_no_truncate BEFORE TRUNCATE ON tickets_ticketevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER ticketevent_no_truncate ON tickets_ticketevent;
DROP TRIGGER ticketevent_append_only ON tickets_ticketevent;
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
