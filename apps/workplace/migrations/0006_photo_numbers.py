"""The number series of photos."""

from django.db import migrations

from apps.workplace.models import PHOTO_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("workplace", "0005_photos_and_other_actions"), ("accounts", "0002_grants")]
    operations = [PHOTO_NUMBERS.migration()]
