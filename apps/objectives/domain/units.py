"""What the unit of a key result says about its values."""

from collections.abc import Iterable
from decimal import Decimal

from apps.core.forms.numbers import plain_unit

# Counts and times: there are never fewer than none.
COUNTED_WORDS = """
day days week weeks month months year years hour hours minute minutes person people customer
customers user users provider providers partner partners store stores project projects item items
piece pieces case cases time times order orders product products course courses
天 日 周 星期 月 个月 年 小时 分钟 人 名 位 人次 家 个 件 次 项 户 套 台 单 例 门 店 款
"""
COUNTED = frozenset(COUNTED_WORDS.split())


def may_be_negative(unit: str, known: Iterable[Decimal | None] = ()) -> bool:
    """Whether a minus makes sense: not for counts and times, unless the plan has one itself."""
    if any(value is not None and value < 0 for value in known):
        return True
    return plain_unit(unit) not in COUNTED
