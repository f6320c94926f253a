"""The band badge for Django templates."""

from django import template

from apps.risks.markup import band_badge

register = template.Library()
register.simple_tag(band_badge, name="band_badge")
