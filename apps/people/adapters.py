"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators and by the plan file, never by strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
