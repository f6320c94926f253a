"""Who is in a plan, with which role, and its teams. Plans themselves come from a plan file."""

from django.contrib import admin

from apps.plans.models import Membership, Team


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "plan", "role", "team")
    list_filter = ("plan", "role")
    list_select_related = ("user", "plan", "team")
    autocomplete_fields = ("user",)


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "plan", "tier")
    list_filter = ("plan", "tier")
