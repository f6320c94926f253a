"""The words of a risk, and how it is rated: a look-up grid of probability and impact, no product.

Both scales run from 1 (rare, slight) to 5 (almost certain, severe). A risk that nobody has rated
has no band: it is shown in grey and never counts as low.
"""

from enum import StrEnum


class RiskState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Strategy(StrEnum):
    """The four ways to respond to a threat."""

    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    ACCEPT = "accept"


class Band(StrEnum):
    """How much attention a risk asks for."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"
    NOT_RATED = "not_rated"

    @property
    def rank(self) -> int:
        """4 for extreme down to 1 for low; 0 for not rated."""
        return RANKS[self]


RANKS = {Band.NOT_RATED: 0, Band.LOW: 1, Band.MODERATE: 2, Band.HIGH: 3, Band.EXTREME: 4}
SCALE = range(1, 6)

_L, _M, _H, _X = Band.LOW, Band.MODERATE, Band.HIGH, Band.EXTREME

# GRID[probability - 1][impact - 1]; a severe impact is never low, however rare it is.
GRID: tuple[tuple[Band, ...], ...] = (
    (_L, _L, _L, _M, _H),
    (_L, _L, _M, _M, _H),
    (_L, _M, _M, _H, _X),
    (_M, _M, _H, _H, _X),
    (_M, _H, _H, _X, _X),
)


def band_of(probability: int | None, impact: int | None) -> Band:
    """The band of a rating; NOT_RATED unless both are given.

    Raises ValueError for a number outside 1 to 5.
    """
    if probability is None or impact is None:
        return Band.NOT_RATED
    if probability not in SCALE or impact not in SCALE:
        raise ValueError("Probability and impact run from 1 to 5.")
    return GRID[probability - 1][impact - 1]


def ratings_in(band: Band) -> list[tuple[int, int]]:
    """Every (probability, impact) of a band; empty for NOT_RATED."""
    return [
        (probability, impact)
        for probability in SCALE
        for impact in SCALE
        if band_of(probability, impact) is band
    ]
