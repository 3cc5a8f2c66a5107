"""Settings. Every variable is TONGMUN_*, typed, refused when bad, and described in docs/reference/settings.md."""

import re
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from tongmun.config.mail_server import mail_server

env = Env(prefix="TONGMUN_")

# Places

ROOM = Path(__file__).resolve().parent.parent
DATA = Path(env.str("DATA", default="var")).absolute()
KEYS = Path(env.str("KEYS", default=str(DATA / "keys"))).absolute()
CACHED_PDFS = DATA / "pdf"

# Who may ask, and under which address

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=32))
PUBLIC_URL = env.str(
    "PUBLIC_URL",
    default="http://127.0.0.1:8000",
    validate=[
        validate.URL(schemes={"http", "https"}, require_tld=False),
        validate.Regexp(r"[^:]+://[^/?#@]+/?\Z", error="More than a scheme, a host and a port."),
    ],
).rstrip("/")
PUBLIC_HOST = re.sub(r":\d+\Z", "", PUBLIC_URL.partition("://")[2])
ALLOWED_HOSTS = [PUBLIC_HOST, *env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])]
HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Who is responsible for the data of those who sign: a name and a way to reach them, as it stands beside the button.
CONTROLLER = env.str("CONTROLLER", default="")

# Rooms

INSTALLED_APPS = [
    "tongmun.config",
    "tongmun.web",
    "tongmun.desk",
    "tongmun.look",
    "tongmun.deliveries",
    "tongmun.bundles",
    "tongmun.imports",
    "tongmun.signatures",
    "tongmun.papers",
    "tongmun.signons",
    "tongmun.counts",
    "tongmun.events",
    "tongmun.letters",
    "tongmun.campaigns",
    "tongmun.missions",
    "tongmun.outbox",
    "tongmun.people",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tongmun.web.middleware.content_security_policy",
    "tongmun.desk.middleware.kept_nowhere",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tongmun.config.urls"
WSGI_APPLICATION = "tongmun.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Data

DATABASES = {"default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'tongmun.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL: an acknowledged signature survives a power cut. secure_delete: an erased one is erased from the file.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; "
            # Each of the many threads has a connection of its own: a megabyte each, not two.
            "PRAGMA cache_size=-1024;"
        ),
    }
# Opening a connection costs more than most pages; one that broke is noticed before it is used again.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.dj_cache_url("CACHE_URL", default="locmem://")}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "tongmun.look.finders.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# Mail. The queue is the outbox; this is only the way out of it.

MAIL_FOLDER = DATA / "mail"
MAIL_URL = env.str("MAIL_URL", default="")
MAIL_FROM = env.str(
    "MAIL_FROM",
    default=f"post@{PUBLIC_HOST}",
    validate=validate.Regexp(r"[^\s@<>]+@[^\s@<>]+\Z", error="Not an e-mail address."),
)
if MAIL_URL:
    _mail = mail_server(MAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.host
    EMAIL_PORT = _mail.port
    EMAIL_HOST_USER = _mail.user
    EMAIL_HOST_PASSWORD = _mail.password
    EMAIL_USE_TLS = _mail.use_tls
    EMAIL_USE_SSL = _mail.use_ssl
    EMAIL_TIMEOUT = 30

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOM / "look" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Accounts and sessions: only the desk has them

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:overview"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_PATH = "/desk/"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "tongmun.web.views.errors.csrf_failure"

# The transport

SECURE_SSL_REDIRECT = env.bool("HTTPS_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Not no-referrer: with that, browsers send our own forms with "Origin: null", and the form token is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The log says what broke, never who asked: django.request would write paths, and a path can hold a token.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        "tongmun": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}

# Letters

# Days after which the check of a claim has to be made again before the letter is frozen.
CLAIM_DAYS = env.int("CLAIM_DAYS", default=180, validate=validate.Range(min=1, max=3650))

# Signing

PENDING_HOURS = 24
# Seconds between two looks at what waits to be counted, and how many have to wait before less than a day has gone.
COUNT_EVERY = env.int("COUNT_EVERY", default=3600, validate=validate.Range(min=1, max=3600))
COUNT_LEAST = env.int("COUNT_LEAST", default=5, validate=validate.Range(min=1, max=1000))

# Freezing

# Days after which the address or the head of a mission has to be checked again before a letter can be frozen for it.
CHECKED_WITHIN = env.int("CHECKED_WITHIN", default=60, validate=validate.Range(min=1, max=3650))
