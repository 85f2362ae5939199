"""Django's settings, made from the one configuration. There is only this file."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from yike.house import config as house_config

YIKE = house_config.read()
ROOT = house_config.ROOT


def _secret(name: str) -> str:
    """A secret of this installation, made once, kept with mode 0600."""
    file = YIKE.state_dir / "secrets" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()


def _database() -> dict[str, Any]:
    """The connection of this process: the app role, or the owner for migrations."""
    owner = os.environ.get("YIKE_DB_ROLE") == "owner"
    base: dict[str, Any] = {
        "ENGINE": "yike.house.backend",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # Prepared statements (core.prepared): a pooler in between must keep them (PgBouncer 1.21).
        "OPTIONS": {"client_encoding": "UTF8", "prepare_threshold": 2},
    }
    url = YIKE.database_url if owner else (YIKE.app_database_url or YIKE.database_url)
    if url:
        if not owner and not YIKE.app_database_url:
            base["OPTIONS"]["options"] = "-c role=yike_app"
        return base | _parts(url, base["OPTIONS"])
    from yike.house import postgres

    return base | {
        "NAME": os.environ.get("YIKE_DB_NAME", "yike"),
        "USER": "yike_owner" if owner else "yike_app",
        "HOST": str(
            postgres.socket_dir(YIKE.state_dir, name=os.environ.get("YIKE_DB_SERVER", "pg"))
        ),
        "PORT": "5432",
    }


def _parts(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """An office's URL in Django's words; what Django has no word for (sslmode, …) is an option."""
    given = conninfo_to_dict(url)
    words = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    known = {word: str(given.pop(key, "") or "") for word, key in words.items()}
    known["PORT"] = str(given.pop("port", "") or "")
    return known | {"OPTIONS": given | options}


SECRET_KEY = _secret("django")
DEBUG = YIKE.debug
ALLOWED_HOSTS = [host.strip() for host in YIKE.allowed_hosts.split(",")]
ROOT_URLCONF = "yike.house.urls"
WSGI_APPLICATION = "yike.house.asgi.pages"

ROOMS = [
    "trail",
    "guard",
    "clocks",
    "files",
    "regions",
    "people",
    "providers",
    "notices",
    "places",
    "plans",
    "catalogue",
    "duty",
    "reach",
    "observation",
    "matters",
    "booking",
    "quality",
    "exchange",
]
DOORS = ["kit", "portal", "desk", "command", "wire"]

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    *[f"yike.rooms.{room}" for room in ROOMS],
    *[f"yike.doors.{door}" for door in DOORS],
    "yike.house.apps.HouseConfig",
]

MIDDLEWARE = [
    "yike.doors.kit.errors.RefuseTooLarge",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yike.doors.kit.gate.GateMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["yike.doors.kit.context.house"],
            "builtins": ["yike.doors.kit.templatetags.kit"],
        },
    }
]

DATABASES = {"default": _database()}
#: Each room keeps its jobs in jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = YIKE.state_dir / "static"
NODE_MODULES = ROOT / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "yike.house.static.NpmFinder",
    "yike.doors.kit.bundle.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "yike.house.static.Storage"},
}
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "yike.doors.kit.session_store"
SESSION_COOKIE_NAME = "yike"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# On a shared telephone or counter the claim ends with the browser, not two weeks later.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = YIKE.https
CSRF_COOKIE_SECURE = YIKE.https
CSRF_FAILURE_VIEW = "yike.doors.kit.gate.expired_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Behind a proxy with TLS the server itself hears http: forms from the public address are trusted.
CSRF_TRUSTED_ORIGINS = [YIKE.public_url.rstrip("/")]
SECURE_HSTS_SECONDS = 31_536_000 if YIKE.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A photo may have 20 MB; text fields are limited by their forms.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = YIKE.smtp_host
EMAIL_PORT = YIKE.smtp_port
EMAIL_HOST_USER = YIKE.smtp_user
EMAIL_HOST_PASSWORD = YIKE.smtp_password
EMAIL_USE_TLS = YIKE.smtp_tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = YIKE.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"yike": {"level": "INFO"}},
}

#: Where sealed papers lie.
FILES_DIR: Path = YIKE.state_dir / "files"
#: Where networks of roads lie, by digest, and where uploads wait for the job that reads them.
NETWORKS_DIR: Path = YIKE.state_dir / "networks"
INCOMING_DIR: Path = YIKE.state_dir / "incoming"
#: Where the reckoner listens that keeps networks loaded (0600).
RECKONER_SOCKET: Path = YIKE.state_dir / "reckoner.sock"
#: Seconds that a page waits for it; the first answer after a start loads a network.
RECKONER_SECONDS = 15.0
#: The same of a page that tells the straight line where no minutes come: a citizen does not wait.
RECKONER_SHORT_SECONDS = 1.5
#: Where the sealing keys lie (0600).
KEYS_FILE: Path = YIKE.state_dir / "secrets" / "keys.json"
#: Key and certificate of the authority that signs devices (0600).
DEVICE_AUTHORITY_FILE: Path = YIKE.state_dir / "secrets" / "devices.pem"
#: Heads of the sealed trail, outside the database; copy them daily to another office.
ANCHORS_DIR: Path = YIKE.state_dir / "anchors"
