"""What was said stays said: replies and notes refuse update and delete in the database itself, like the log."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER reply_append_only BEFORE UPDATE OR DELETE ON tickets_reply
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER note_append_only BEFORE UPDATE OR DELETE ON tickets_note
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER note_append_only ON tickets_note;
DROP TRIGGER reply_append_only ON tickets_reply;
"""


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_log_in_order_of_ticket")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
