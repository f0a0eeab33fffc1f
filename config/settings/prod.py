"""For production: everything that must be decided comes from the environment, or nothing starts."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403 - settings are layered
from config.settings.base import env

_REQUIRED = {
    "SECRET_KEY": "50 or more random characters, kept secret",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas",
    "DATABASE_URL": "the application's role, postgresql://user:password@host/stillage",
    "DATABASE_OWNER_URL": "the role that owns the tables and migrates, on the same database",
    "REDIS_URL": "the job broker, redis://host:6379/0",
}
_missing = [name for name in _REQUIRED if not env.str(name, default="").strip()]
if _missing:
    raise ImproperlyConfigured(
        "Production needs these in the environment:\n" + "\n".join(f"  {name}: {_REQUIRED[name]}" for name in _missing)
    )

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # the load balancer asks in plain HTTP
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Only behind a proxy that sets the header itself: else a client could claim to speak TLS.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
