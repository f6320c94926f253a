"""Addresses of the app."""

from django.urls import path

from apps.plans import views

app_name = "plans"
urlpatterns = [
    path("plans/<slug:plan_key>/items/<int:pk>/why/", views.item_explain, name="item_explain"),
]
