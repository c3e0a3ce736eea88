"""Balances, the place of each serial number and what is reserved follow from rows that are only ever added.

`spares_apply_movement` is the one writer of balances and pieces, `spares_apply_reservation` of what is reserved. Rows
are taken in the order of their keys, so that two movements between the same stores never wait for each other in a ring.
Errors carry the name of a constraint, as those of CHECK do: `spares.services.ledger` turns it into a sentence.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION spares_refuse(broken text, said text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', said USING ERRCODE = 'check_violation', CONSTRAINT = broken;
END $$;

CREATE FUNCTION spares_apply_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change record;
    serialised boolean;
BEGIN
    PERFORM 1 FROM spares_store WHERE id IN (NEW.from_store_id, NEW.to_store_id) ORDER BY id FOR SHARE;
    IF EXISTS (SELECT 1 FROM spares_store
               WHERE id IN (NEW.from_store_id, NEW.to_store_id) AND frozen_at IS NOT NULL) THEN
        PERFORM spares_refuse('store_is_being_counted', 'the store is being counted');
    END IF;
    SELECT is_serialised INTO serialised FROM spares_part WHERE id = NEW.part_id;
    IF serialised <> (NEW.piece_id IS NOT NULL) THEN
        PERFORM spares_refuse('piece_where_serialised', 'a serial number exactly where the part has them');
    END IF;
    FOR change IN
        SELECT * FROM (VALUES (NEW.from_store_id, NEW.from_condition, -NEW.quantity),
                              (NEW.to_store_id, NEW.to_condition, NEW.quantity)) AS v(store, condition, delta)
        WHERE store IS NOT NULL ORDER BY store, condition
    LOOP
        INSERT INTO spares_balance (store_id, part_id, condition) VALUES (change.store, NEW.part_id, change.condition)
            ON CONFLICT (store_id, part_id, condition) DO NOTHING;
        UPDATE spares_balance SET quantity = quantity + change.delta
            WHERE store_id = change.store AND part_id = NEW.part_id AND condition = change.condition;
    END LOOP;
    IF NEW.piece_id IS NOT NULL THEN
        UPDATE spares_piece SET store_id = NEW.to_store_id, condition = NEW.to_condition
            WHERE id = NEW.piece_id AND part_id = NEW.part_id
              AND store_id IS NOT DISTINCT FROM NEW.from_store_id
              AND (NEW.from_store_id IS NULL OR condition = NEW.from_condition);
        IF NOT FOUND THEN
            PERFORM spares_refuse('piece_is_where_it_leaves', 'this serial number is somewhere else');
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION spares_apply_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept spares_reservation := coalesce(NEW, OLD);
BEGIN
    UPDATE spares_balance
        SET reserved = reserved + CASE WHEN TG_OP = 'INSERT' THEN kept.quantity ELSE -kept.quantity END
        WHERE store_id = kept.store_id AND part_id = kept.part_id AND condition = kept.condition;
    IF NOT FOUND THEN
        PERFORM spares_refuse('balance_keeps_what_is_reserved', 'there is none to reserve');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION spares_follows_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% follows from the ledger', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER movement_applies AFTER INSERT ON spares_movement
    FOR EACH ROW EXECUTE FUNCTION spares_apply_movement();
CREATE TRIGGER movement_append_only BEFORE UPDATE OR DELETE ON spares_movement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER movement_no_truncate BEFORE TRUNCATE ON spares_movement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reservation_applies AFTER INSERT OR DELETE ON spares_reservation
    FOR EACH ROW EXECUTE FUNCTION spares_apply_reservation();
CREATE TRIGGER reservation_stays BEFORE UPDATE ON spares_reservation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER balance_follows BEFORE INSERT OR UPDATE OR DELETE ON spares_balance
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION spares_follows_ledger();
CREATE TRIGGER piece_follows BEFORE UPDATE OF store_id, condition ON spares_piece
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION spares_follows_ledger();
CREATE TRIGGER piece_begins_outside BEFORE INSERT ON spares_piece
    FOR EACH ROW WHEN (NEW.store_id IS NOT NULL) EXECUTE FUNCTION spares_follows_ledger();
"""
BACKWARD = """
DROP TRIGGER piece_begins_outside ON spares_piece;
DROP TRIGGER piece_follows ON spares_piece;
DROP TRIGGER balance_follows ON spares_balance;
DROP TRIGGER reservation_stays ON spares_reservation;
DROP TRIGGER reservation_applies ON spares_reservation;
DROP TRIGGER movement_no_truncate ON spares_movement;
DROP TRIGGER movement_append_only ON spares_movement;
DROP TRIGGER movement_applies ON spares_movement;
DROP FUNCTION spares_follows_ledger();
DROP FUNCTION spares_apply_reservation();
DROP FUNCTION spares_apply_movement();
DROP FUNCTION spares_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("spares", "0001_parts_and_ledger"), ("tickets", "0002_append_only_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
