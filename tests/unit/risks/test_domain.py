"""The matrix: every cell has a band, worse never means milder, unrated is never low."""

from itertools import product

import pytest

from apps.risks.domain import SCALE, Band, band_of, ratings_in


def test_a_risk_without_a_rating_is_not_rated() -> None:
    assert band_of(None, None) is Band.NOT_RATED
    assert band_of(3, None) is Band.NOT_RATED
    assert Band.NOT_RATED.rank < Band.LOW.rank


@pytest.mark.parametrize(("probability", "impact"), list(product(SCALE, SCALE)))
def test_a_worse_rating_is_never_milder(probability: int, impact: int) -> None:
    rank = band_of(probability, impact).rank
    assert rank >= Band.LOW.rank
    if probability < max(SCALE):
        assert band_of(probability + 1, impact).rank >= rank
    if impact < max(SCALE):
        assert band_of(probability, impact + 1).rank >= rank


def test_a_severe_impact_is_high_however_rare() -> None:
    assert band_of(1, 5) is Band.HIGH


def test_the_grid_is_no_product() -> None:
    assert band_of(1, 4) is Band.MODERATE
    assert band_of(2, 2) is Band.LOW
    assert band_of(3, 5) is Band.EXTREME
    assert band_of(5, 3) is Band.HIGH


def test_every_cell_belongs_to_one_band() -> None:
    cells = [cell for band in Band for cell in ratings_in(band)]
    assert sorted(cells) == sorted(product(SCALE, SCALE))
    assert ratings_in(Band.NOT_RATED) == []


@pytest.mark.parametrize(("probability", "impact"), [(0, 1), (1, 6)])
def test_numbers_off_the_scale_are_refused(probability: int, impact: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        band_of(probability, impact)
