"""Accounts are made by administrators and by the plan file, never by strangers."""

import pytest
from django.test import Client

from apps.people.models import User


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    form = {"username": "eve", "email": "eve@example.org"}
    form |= dict.fromkeys(("password1", "password2"), "correct horse battery")
    for answer in (client.get("/accounts/signup/"), client.post("/accounts/signup/", form)):
        assert b'name="password1"' not in answer.content
    assert not User.objects.filter(username="eve").exists()
