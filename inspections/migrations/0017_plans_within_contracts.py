"""A plan begins within its contract. Looked at when either of the two is written, so that what stood before stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION plan_within_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.begins_on = OLD.begins_on AND NEW.contract_id = OLD.contract_id THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM customers_contract
        WHERE id = NEW.contract_id AND (NEW.begins_on < starts_on OR NEW.begins_on >= ends_on)
    ) THEN
        RAISE EXCEPTION 'a plan begins within its contract' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_within_contract BEFORE INSERT OR UPDATE ON inspections_plan
    FOR EACH ROW EXECUTE FUNCTION plan_within_contract();
"""
BACKWARD = """
DROP TRIGGER plan_within_contract ON inspections_plan;
DROP FUNCTION plan_within_contract();
"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0016_signed_without_signal"), ("customers", "0005_importance")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
