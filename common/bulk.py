"""One statement for many rows: UPDATE from a list of values. Sweeps and rebuilds need it; single writes do not."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Each row is (pk, value of each field, in order). Returns the number changed. Empty input: no statement."""
    if not rows:
        return 0
    metas: list[Any] = [model._meta.get_field(name) for name in fields]
    pk: Any = model._meta.pk
    quote = connection.ops.quote_name
    columns = [quote(meta.column) for meta in metas]
    types = [meta.db_type(connection) for meta in metas]
    pk_type = pk.rel_db_type(connection)
    placeholder = "(" + ", ".join(f"%s::{kind}" for kind in [pk_type, *types]) + ")"
    names = ", ".join(["id_", *(f"v{i}" for i in range(len(metas)))])
    sets = ", ".join(f"{column} = new_.v{i}" for i, column in enumerate(columns))
    sql = (
        f"UPDATE {quote(model._meta.db_table)} AS old_ SET {sets} "  # noqa: S608 — names come from the model
        f"FROM (VALUES {', '.join([placeholder] * len(rows))}) AS new_({names}) "
        f"WHERE old_.{quote(pk.column)} = new_.id_"
    )
    values: list[Any] = []
    for row in rows:
        values.append(row[0])
        values.extend(meta.get_db_prep_save(value, connection) for meta, value in zip(metas, row[1:], strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
