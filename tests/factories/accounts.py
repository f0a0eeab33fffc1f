"""People and devices."""

import factory
from django.contrib.auth.models import Group

from apps.accounts.models import Device, DeviceKind, User
from apps.core import clock


class UserFactory(factory.django.DjangoModelFactory):
    """A person; `roles` are group names."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    is_staff = True

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        if extracted:
            self.groups.set(Group.objects.filter(name__in=extracted))


class DeviceFactory(factory.django.DjangoModelFactory):
    """A handheld; `plain_token` is kept on the instance for the test."""

    class Meta:
        model = Device

    number = factory.Sequence(lambda n: f"DEV-{n}")
    name = "Handheld"
    kind = DeviceKind.HANDHELD
    created_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        device = model_class(*args, **kwargs)
        device.plain_token = device.issue_token(clock.now())
        device.save()
        return device
