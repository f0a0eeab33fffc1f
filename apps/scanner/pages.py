"""The handheld's page: one document that works the queue through the API; it shows nothing until a device is known."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.tasks.states import TaskKind

if TYPE_CHECKING:
    from django.http import HttpRequest

SHELL = "stillage/scan"
"""The folder of all that the page consists of."""
BESIDE = ("stillage/icon.svg",)


@require_safe
def scan_page(request: HttpRequest) -> HttpResponse:
    """The page, with the kinds of task that it may offer; who works, and where, is asked through the API."""
    return render(request, "scanner/scan.html", {"kinds": TaskKind.choices})


@require_safe
def scan_worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the page's shell for where no answer comes, and nothing that the API says.

    It names each file as this build does, so another build is another worker, and the shell changes as a whole.
    """
    names = _shell_files()
    page = scan_page(request).content
    digest = hashlib.sha256(page)
    for name in names:
        digest.update(Path(str(finders.find(name))).read_bytes())
    shell = [reverse("scan-page"), *(static(name) for name in names)]
    digest.update("\n".join(shell).encode())
    context = {"version": digest.hexdigest()[:16], "shell": shell}
    response = render(request, "scanner/worker.js", context, content_type="text/javascript")
    # Asked for at each visit: an old worker must not outlive its build.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = reverse("scan-page")
    return response


def _shell_files() -> list[str]:
    """By their names among the static files."""
    folder = Path(str(finders.find(SHELL)))
    inside = (f"{SHELL}/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file())
    return sorted([*inside, *BESIDE])
