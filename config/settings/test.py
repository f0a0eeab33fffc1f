"""For tests and for tools that only look (mypy, import checks): needs no server to be imported."""

from config.settings.base import *  # noqa: F403 - settings are layered

SECRET_KEY = "not a secret: tests only"  # noqa: S105 - says so
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # made for speed, here only
AXES_ENABLED = False  # its backend wants a request, and tests sign in without one
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # static files come from the apps, nothing is collected
CACHES = {"default": {"BACKEND": "apps.core.counters.OwnCounters"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(
    ("device", "user", "address", "asking")
)  # the tests of throttling set their own
