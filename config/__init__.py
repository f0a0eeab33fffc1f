"""How Stillage is put together: settings, URLs, Celery, and the servers of a bare machine."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
