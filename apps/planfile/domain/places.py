"""What hangs below what, by keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def milestones_above(
    inside: Mapping[str, str | None], milestones: Iterable[str]
) -> dict[str, str | None]:
    """The milestone at the top of each branch, None below a phase; ``inside``: key to parent.

    Each key is walked once, however deep it hangs; a circle ends nowhere.
    """
    found: dict[str | None, str | None] = {None: None, **{key: key for key in milestones}}
    for key in inside:
        path, above = [], key
        while above not in found:
            found[above] = None
            path.append(above)
            above = inside.get(above)  # type: ignore[assignment]
        found |= dict.fromkeys(path, found[above])
    return {key: found[key] for key in inside}
