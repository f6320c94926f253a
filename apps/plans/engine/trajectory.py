"""The planned path of a key result: straight lines between dated points, and its inverse.

Everything is exact: days are integers, values and positions are fractions. Values are multiplied
by the direction (+1 rising, -1 falling) so that the path never falls.
Formula source: docs/delay.md, "Key results".
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import NamedTuple


class Segment(NamedTuple):
    """A straight piece of a path; values already multiplied by the direction."""

    start: int
    start_value: Fraction
    end: int
    end_value: Fraction

    @property
    def is_climb(self) -> bool:
        """Whether the value rises (else a plateau)."""
        return self.end_value > self.start_value

    def day_of(self, value: Fraction) -> Fraction:
        """Day on which a climb's line passes ``value``, also beyond its ends."""
        share = (value - self.start_value) / (self.end_value - self.start_value)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Dated points (day, raw value), days rising, values monotone in ``direction`` (+1 or -1)."""

    points: tuple[tuple[int, Fraction], ...]
    direction: int = 1

    @property
    def start(self) -> int:
        """Day of the baseline, tau0."""
        return self.points[0][0]

    def segments(self) -> list[Segment]:
        """The pieces of the path in date order."""
        sign = self.direction
        return [
            Segment(d0, sign * v0, d1, sign * v1) for (d0, v0), (d1, v1) in pairwise(self.points)
        ]

    def value(self, day: int) -> Fraction:
        """Plan value V(day) in the key result's unit; constant before and after the points."""
        if day <= self.start:
            return self.points[0][1]
        for (d0, v0), (d1, v1) in pairwise(self.points):
            if day <= d1:
                return v0 + (v1 - v0) * Fraction(day - d0, d1 - d0)
        return self.points[-1][1]

    def position(self, value: Fraction) -> Fraction:
        """e = sup{tau : V(tau) <= value}: the last day on which the plan asks no more than this.

        A value worse than the baseline extends the first climb backwards, by at most its own
        length. Not beyond the last point.
        """
        signed = self.direction * value
        segments = self.segments()
        if not segments:
            return Fraction(self.start)
        if signed < segments[0].start_value:
            return self._before_start(signed, segments)
        for segment in reversed(segments):
            if signed >= segment.end_value:
                return Fraction(segment.end)
            if signed >= segment.start_value:
                return segment.day_of(signed)
        raise AssertionError("a value not below the first point lies on some segment")

    def remaining(self, position: Fraction, finish: int) -> int:
        """r: days of climbing segments between ``position`` and day ``finish``, rounded up."""
        extension = max(self.start - position, Fraction(0))
        return ceil(extension + self._climb_days(position, finish))

    def earliest_finish(self, position: Fraction, known_on: int, finish: int) -> int:
        """a: known day + r, but no plateau from ``position`` on ends before its planned end."""
        candidates = [known_on + self.remaining(position, finish)]
        for segment in self.segments():
            if not segment.is_climb and position <= segment.end < finish:
                rest = self._climb_days(Fraction(segment.end), finish)
                candidates.append(segment.end + ceil(rest))
        return max(candidates)

    def _climb_days(self, position: Fraction, finish: int) -> Fraction:
        days = Fraction(0)
        for segment in self.segments():
            if segment.is_climb and segment.end <= finish:
                days += max(segment.end - max(position, Fraction(segment.start)), Fraction(0))
        return days

    def _before_start(self, signed: Fraction, segments: list[Segment]) -> Fraction:
        for climb in segments:
            if climb.is_climb:
                back = climb.start - climb.day_of(signed)
                return self.start - min(back, Fraction(climb.end - climb.start))
        return Fraction(self.start)
