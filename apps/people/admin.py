"""Accounts, made and kept by administrators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from apps.people.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People with the language and time zone of their mails."""

    list_display = ("username", "display_name", "email", "language", "is_active", "is_staff")
    search_fields = ("username", "display_name", "email")
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("okrtrack"), {"fields": ("display_name", "language", "time_zone", "is_system")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (None, {"fields": ("display_name", "email", "language", "time_zone")}),
    )
