"""Rules of objectives and key results: no Django, no clock."""

from apps.objectives.domain.progress import Member, progress_share, shown_places, weighted_mean

__all__ = ["Member", "progress_share", "shown_places", "weighted_mean"]
