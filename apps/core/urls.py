"""Addresses of the app."""

from django.urls import path

from apps.core import views

app_name = "core"
urlpatterns = [
    path("theme/", views.theme_set, name="theme_set"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
