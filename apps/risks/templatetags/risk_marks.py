"""The band badge for Django templates."""

from django import template

from apps.risks.presentation.bands import band_badge

register = template.Library()
register.simple_tag(band_badge, name="band_badge")
