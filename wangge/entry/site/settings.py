"""The one settings file, driven by the environment. Every variable is described in docs/settings.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from wangge.entry.screens.built import immutable
from wangge.platform.stores import database


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in ("1", "true", "yes", "on")


WANGGE_HOME = Path(os.environ.get("WANGGE_HOME", "var")).resolve()
"""All state of an installation: database, batches, files, keys, caches."""

DEMO = _flag("WANGGE_DEMO")
"""One-click sign-in and the guide. Refused unless the server listens on loopback (``site.serve``)."""

DEBUG = _flag("WANGGE_DEBUG")
WANGGE_UPLOAD_LIMIT = int(os.environ.get("WANGGE_UPLOAD_LIMIT", str(1 << 30)))
WANGGE_CLOCK_MOVABLE = DEMO or _flag("WANGGE_CLOCK_MOVABLE")
WANGGE_PROXIES = int(os.environ.get("WANGGE_PROXIES", "0"))
WANGGE_LIMIT_REPORTS = os.environ.get("WANGGE_LIMIT_REPORTS", "30/10m 300/1d")
WANGGE_LIMIT_PHOTOS = os.environ.get("WANGGE_LIMIT_PHOTOS", "60/10m 600/1d")
WANGGE_LIMIT_CODES = os.environ.get("WANGGE_LIMIT_CODES", "30/10m 200/1d")
WANGGE_SMS = os.environ.get("WANGGE_SMS", "outbox")


def _secret_key() -> str:
    """The key from the environment, else one that the installation made for itself and keeps with mode 0600."""
    given = os.environ.get("WANGGE_SECRET_KEY")
    if given:
        return given
    path = WANGGE_HOME / "keys" / "django"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f"django.{os.getpid()}")
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(aside, path)  # the first process wins; the others read what it made
        except FileExistsError:
            pass
        finally:
            aside.unlink()
        return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("WANGGE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [one for one in os.environ.get("WANGGE_ORIGINS", "").split(",") if one]

ROOMS = [
    "wangge.platform.connectors",
    "wangge.platform.stores",
    "wangge.platform.audit",
    "wangge.platform.city",
    "wangge.platform.elements",
    "wangge.platform.access",
    "wangge.ground.areas",
    "wangge.ground.registry",
    "wangge.ground.workforce",
    "wangge.work.todos",
    "wangge.work.hub",
    "wangge.work.services",
    "wangge.work.cases",
    "wangge.work.residents",
    "wangge.work.planning",
    "wangge.oversight.assessment",
    "wangge.entry.field",
    "wangge.entry.jobs",
    "wangge.entry.web",
    "wangge.entry.screens",
    "wangge.entry.demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    *(room for room in ROOMS if (Path(__file__).parents[3] / room.replace(".", "/") / "apps.py").exists()),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Answers only (files were squeezed when they were built): a grid's bundle travels in a ninth of its size.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "wangge.entry.web.sign_in.small_bodies",
]
ROOT_URLCONF = "wangge.entry.site.urls"
WSGI_APPLICATION = "wangge.entry.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


WANGGE_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
(WANGGE_HOME / "static").mkdir(exist_ok=True)  # whitenoise warns where there is none
DATABASES = {"default": database.configured(WANGGE_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # What is counted here must not be pushed out by whoever comes from many addresses.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "wangge.entry.web.sign_in.AccountAdapter"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS: dict[str, str] = {}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("WANGGE_TLS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    # Ninja's page of the API starts itself with a script in the page; it is for developers, who may switch it off.
    "EXCLUDE_URL_PREFIXES": ["/api/docs"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        # blob: a photo just taken is shown before it is sent.
        "img-src": ["'self'", "data:", "blob:"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = os.environ.get("WANGGE_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = WANGGE_HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = immutable
FILE_UPLOAD_HANDLERS = ["wangge.platform.stores.spool.SpooledUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WANGGE_LOG", "WARNING")},
}
