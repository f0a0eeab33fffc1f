"""What gunicorn serves."""

import os
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

from config.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")


class Utf8Request(WSGIRequest):
    """A request whose parameters are read as UTF-8 whatever it says: the gate answers what says otherwise.

    Django would decode them as told while it makes the request, where nothing answers a charset like rot13.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


application = get_wsgi_application()
application.request_class = Utf8Request
keep_what_is_loaded()
