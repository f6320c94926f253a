"""Keys that other programs choose, so that what they send twice is made once."""

from collections.abc import Collection

from apps.objectives.models import KeyResult, Objective


class KeyTakenError(Exception):
    """The key that was asked for is that of ``standing``. ``is_same``: which says the same."""

    def __init__(self, standing: Objective | KeyResult, *, is_same: bool) -> None:
        self.standing, self.is_same = standing, is_same
        super().__init__(f"the key {standing.key} is taken")


def says_the_same(
    standing: Objective | KeyResult, asked: Objective | KeyResult, names: Collection[str]
) -> bool:
    """Whether two rows hold the same in these fields."""
    columns = [field.attname for field in standing._meta.concrete_fields if field.name in names]
    return all(getattr(standing, column) == getattr(asked, column) for column in columns)
