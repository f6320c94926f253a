"""Addresses of the app."""

from django.urls import path

from apps.front.views import health, home, plan_page

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("plans/<slug:plan_key>/", plan_page.plan_page, name="plan_page"),
]
