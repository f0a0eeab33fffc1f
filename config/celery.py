"""The Celery application: jobs are found in each app's jobs.py."""

from celery import Celery

# Settings are read at first use, from DJANGO_SETTINGS_MODULE; importing this reads none.
app = Celery("stillage")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
