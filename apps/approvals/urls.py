"""Addresses of the app."""

from django.urls import path

from apps.approvals import views

app_name = "approvals"
urlpatterns = [
    path("plans/<slug:plan_key>/requests/", views.request_list, name="request_list"),
    path("plans/<slug:plan_key>/requests/<int:pk>/", views.request_detail, name="request_detail"),
]
