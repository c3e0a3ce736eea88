"""A published scheme version is never edited or removed; timers are vacuumed early because they change all the time."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER schemeversion_stays BEFORE UPDATE OR DELETE ON sla_schemeversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE sla_timer SET (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80);
ALTER TABLE sla_clock SET (autovacuum_vacuum_scale_factor = 0.05, fillfactor = 80);
"""
BACKWARD = """
ALTER TABLE sla_clock RESET (autovacuum_vacuum_scale_factor, fillfactor);
ALTER TABLE sla_timer RESET (autovacuum_vacuum_scale_factor, fillfactor);
DROP TRIGGER schemeversion_stays ON sla_schemeversion;
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial"), ("tickets", "0002_append_only_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
