"""Many rows in one statement: COPY into a table, and an UPDATE from arrays."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Field, Model


def new_ids(model: type[Model], count: int) -> list[int]:
    """Take ``count`` primary keys from the table's own sequence."""
    if not count:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def rows_copy(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """COPY rows (values in the order of ``columns``, JSON as text) into the model's table.

    Constraints and triggers hold as with INSERT; model defaults do not apply. Without rows
    nothing is asked of the database.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    with connection.cursor() as cursor:
        statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
        with cursor.copy(statement) as copy:
            copy.write_row(first)
            for row in rows:
                copy.write_row(row)


def rows_update(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """UPDATE rows by primary key, in one statement; each row begins with its key."""
    if not rows:
        return
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), "id"
    names = [key, *columns]
    arrays = ", ".join(f"%s::{column_type(model, name)}[]" for name in names)
    assignments = ", ".join(f"{quote(name)} = new.{quote(name)}" for name in columns)
    listed = ", ".join(quote(name) for name in names)
    sql = (
        f"UPDATE {table} SET {assignments} "  # noqa: S608 - our own table and column names
        f"FROM unnest({arrays}) AS new ({listed}) WHERE {table}.{quote(key)} = new.{quote(key)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(values) for values in zip(*rows, strict=True)])


def column_type(model: type[Model], column: str) -> str:
    """The database's name of a column's type, without its length."""
    found = {field.column: field for field in model._meta.concrete_fields}
    field: Field[object, object] = found[column]
    if field.is_relation or field.primary_key:
        return "bigint"
    # A cast to varchar(n) cuts off what is too long in silence; the column itself refuses it.
    return str(field.db_type(connection)).partition("(")[0]
