"""The house's database, sessions and models under Django's own middleware: what ``startproject`` writes, and no more."""

from wangge.entry.site.settings import *  # noqa: F403
from wangge.entry.site.settings import INSTALLED_APPS as HOUSE

INSTALLED_APPS = [*HOUSE, "rest_framework"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # The house's sign-in insists on its own middleware wherever it is installed.
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "benchmarks.peers.urls"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
