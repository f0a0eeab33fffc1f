"""Where everything is found. An app brings its own `urls` (pages) and `api/urls` (API)."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.health import healthz, readyz

OWN_APPS = [name for name in settings.INSTALLED_APPS if name.startswith("apps.")]
ALL_DAY = ("apps.scanner", "apps.tasks")


def api_urls() -> list[URLPattern | URLResolver]:
    """Put every app's API together; each names its own resources. What handhelds ask all day is looked for first."""
    return [
        path("", include(f"{name}.api.urls"))
        for name in sorted(OWN_APPS, key=lambda name: name not in ALL_DAY)
        if find_spec(f"{name}.api") and find_spec(f"{name}.api.urls")
    ]


def page_urls() -> list[URLPattern | URLResolver]:
    """Put every app's own pages together."""
    return [path("", include(f"{name}.urls")) for name in OWN_APPS if find_spec(f"{name}.urls")]


handler400 = "apps.core.api.fallback.bad_request"
handler403 = "apps.core.api.fallback.forbidden"
handler404 = "apps.core.api.fallback.not_found"
handler500 = "apps.core.api.fallback.broken"
urlpatterns: list[URLPattern | URLResolver] = [
    # Handhelds ask all day, and each line above theirs would be tried before it.
    path("api/v1/", include(api_urls())),
    # Before the admin, which answers for everything else below its own path.
    *page_urls(),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    # Split, so that its script is no inline one, which the content policy forbids.
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
]
