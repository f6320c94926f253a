"""Addresses of the app."""

from django.urls import path

from apps.alerts import views

app_name = "alerts"
ALERTS = "plans/<slug:plan_key>/alerts"
urlpatterns = [
    path(f"{ALERTS}/", views.alert_list, name="alert_list"),
    path(f"{ALERTS}/summary/", views.alert_summary, name="alert_summary"),
]
