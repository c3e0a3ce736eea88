"""Holds the balances, the pieces and what is reserved against the ledger they follow from. Empty: all is well."""

from collections.abc import Iterator

from django.db import connection

SUMS = """
WITH moved AS (
    SELECT to_store_id AS store, part_id AS part, to_condition AS condition, quantity FROM spares_movement
        WHERE to_store_id IS NOT NULL
    UNION ALL
    SELECT from_store_id, part_id, from_condition, -quantity FROM spares_movement WHERE from_store_id IS NOT NULL
), sums AS (SELECT store, part, condition, sum(quantity) AS quantity FROM moved GROUP BY 1, 2, 3),
kept AS (SELECT store_id AS store, part_id AS part, condition, sum(quantity) AS reserved FROM spares_reservation
    GROUP BY 1, 2, 3),
pieces AS (SELECT store_id AS store, part_id AS part, condition, count(*) AS pieces FROM spares_piece
    WHERE store_id IS NOT NULL GROUP BY 1, 2, 3)
SELECT s.code, p.number, coalesce(b.condition, sums.condition), b.quantity, b.reserved,
       coalesce(sums.quantity, 0), coalesce(kept.reserved, 0), coalesce(pieces.pieces, 0), p.is_serialised
FROM spares_balance b
FULL JOIN sums ON (sums.store, sums.part, sums.condition) = (b.store_id, b.part_id, b.condition)
LEFT JOIN kept ON (kept.store, kept.part, kept.condition) = (b.store_id, b.part_id, b.condition)
LEFT JOIN pieces ON (pieces.store, pieces.part, pieces.condition) = (b.store_id, b.part_id, b.condition)
JOIN spares_store s ON s.id = coalesce(b.store_id, sums.store)
JOIN spares_part p ON p.id = coalesce(b.part_id, sums.part)
WHERE b.quantity IS DISTINCT FROM coalesce(sums.quantity, 0)
   OR b.reserved IS DISTINCT FROM coalesce(kept.reserved, 0)
   OR b.quantity < 0 OR b.reserved > b.quantity
   OR (p.is_serialised AND b.quantity IS DISTINCT FROM coalesce(pieces.pieces, 0))
ORDER BY 1, 2, 3
"""
ELSEWHERE = """
SELECT p.number, piece.serial_number,
       coalesce(last.to_store_id::text, 'outside'), coalesce(piece.store_id::text, 'outside')
FROM spares_piece piece JOIN spares_part p ON p.id = piece.part_id
JOIN LATERAL (SELECT to_store_id, to_condition FROM spares_movement m WHERE m.piece_id = piece.id
              ORDER BY id DESC LIMIT 1) last ON true
WHERE (last.to_store_id, last.to_condition) IS DISTINCT FROM (piece.store_id, piece.condition)
ORDER BY 1, 2
"""


def differences() -> Iterator[str]:
    """One line for each store, part and condition, and for each serial number, that is not what the ledger makes it."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        for store, part, condition, has, kept, should, should_keep, pieces, is_serialised in cursor.fetchall():
            serials = f", {pieces} serial numbers" if is_serialised else ""
            yield f"{store} {part} {condition}: {has} ({kept} reserved), ledger {should} ({should_keep}){serials}"
        cursor.execute(ELSEWHERE)
        for part, serial, should_be, store in cursor.fetchall():
            yield f"{part} {serial}: in {store}, ledger {should_be}"
