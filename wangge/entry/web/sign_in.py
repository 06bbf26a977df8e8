"""How allauth's sign-in fits this house: accounts are made by an administrator or by a resident's registration."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse

from wangge.entry.web import limits
from wangge.platform.clock import clock

PREFIX = "_allauth/browser/v1/"
SHUT = (
    "account/email",
    "account/phone",
    "auth/code/confirm",
    "auth/email/verify",
    "auth/email/verify/resend",
    "auth/password/request",
    "auth/password/reset",
    "auth/phone/verify",
    "auth/phone/verify/resend",
)
"""Addresses of allauth's for accounts that have a mail address or a number. Ours have neither: open, these end in an error of the
server for whoever asks, and keep an address that nobody looks after.
"""


def shut(request: HttpRequest) -> HttpResponse:
    """There is no such thing here."""
    raise Http404


class AccountAdapter(DefaultAccountAdapter):
    """Residents may register; an account alone shows nothing until it is bound to a person."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may register: the account holds no grant."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which wrong passwords are counted: behind our own proxies not theirs, else one visitor shuts everybody out."""
        return limits.address_of(request)

    def new_user(self, request: HttpRequest) -> AbstractBaseUser:
        """A fresh account, dated by the domain clock."""
        return get_user_model()(created_at=clock.now())
