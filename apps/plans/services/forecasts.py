"""Stores what the engine computed: one statement each, however many items there are."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Field
from django.dispatch import Signal
from psycopg.types.json import Jsonb

from apps.plans.models import Item

FORECAST = (
    "forecast_a",
    "forecast_b",
    "start_a",
    "start_b",
    "level",
    "next_change_on",
    "silent_on",
    "driver_id",
    "root_id",
    "stall_driver_id",
    "stall_root_id",
)
SETTLED = ("level", "next_change_on")

# Sent within the transaction of a change that leaves items of ``plan_id`` on another level than
# the one last told: higher apps act on it.
levels_changed = Signal()


def forecasts_store(items: Sequence[Item], columns: Sequence[str]) -> None:
    """Write what a change made of these items, and say that levels differ from those told."""
    items_store(items, columns)
    levels_announce(items)


def levels_announce(items: Iterable[Item]) -> None:
    """Send ``levels_changed`` for each plan of which an item's level is pending. No query."""
    for plan_id in {item.plan_id for item in items if item.is_level_pending}:
        levels_changed.send(sender=Item, plan_id=plan_id)


def items_store(items: Sequence[Item], columns: Sequence[str]) -> None:
    """Write these columns of these items, as arrays in a single UPDATE."""
    if not items:
        return
    names = ["id", *columns]
    arrays = ", ".join(f"%s::{_column_type(name)}[]" for name in names)
    assignments = ", ".join(f"{name} = new.{name}" for name in columns)
    sql = (
        f"UPDATE plans_item SET {assignments} "  # noqa: S608 - our own column names
        f"FROM unnest({arrays}) AS new ({', '.join(names)}) WHERE plans_item.id = new.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_column_values(items, name) for name in names])


def _column_values(items: Sequence[Item], name: str) -> list[object]:
    """The values of a column; JSON as the driver takes it."""
    values = [getattr(item, name) for item in items]
    if name == "last_report":
        return [Jsonb(value) for value in values]
    return values


def _column_type(name: str) -> str:
    """The database's name of a column's type, without its length."""
    field: Field[object, object] = Item._meta.get_field(name.removesuffix("_id"))  # type: ignore[assignment]
    if field.is_relation or field.primary_key:
        return "bigint"
    # A cast to varchar(n) cuts off what is too long in silence; the column itself refuses it.
    return str(field.db_type(connection)).partition("(")[0]
