"""Addresses of the app."""

from django.urls import path

from apps.risks import views

app_name = "risks"
urlpatterns = [
    path("plans/<slug:plan_key>/risks/", views.risk_list, name="risk_list"),
    path("plans/<slug:plan_key>/risks/summary/", views.risk_summary, name="risk_summary"),
    path("plans/<slug:plan_key>/risks/of/<int:item_pk>/", views.item_risks, name="item_risks"),
    path(
        "plans/<slug:plan_key>/risks/of-key-result/<slug:key>/",
        views.key_result_risks,
        name="key_result_risks",
    ),
    path("plans/<slug:plan_key>/risks/<slug:key>/", views.risk_detail, name="risk_detail"),
]
