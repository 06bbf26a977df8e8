"""How allauth's sign-in fits this house: accounts are made by an administrator or by a resident's registration."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from wangge.platform.access.models import User
from wangge.platform.clock import clock


class AccountAdapter(DefaultAccountAdapter):
    """Residents may register; an account alone shows nothing until it is bound to a person."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may register: the account holds no grant."""
        return True

    def new_user(self, request: HttpRequest) -> User:
        """A fresh account, dated by the domain clock."""
        return User(created_at=clock.now())
