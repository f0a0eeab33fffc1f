"""People, roles, who holds which device, and sign-ins that failed. Devices are cared for where they are used."""

from __future__ import annotations

from typing import Any, ClassVar

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from apps.accounts.access import MACHINERY, PEOPLE
from apps.accounts.models import Enrolment, SignOn, SignOnFailure, User
from apps.accounts.operations import end_access
from apps.core import clock
from apps.core.admin import Access, DeskAdmin, ReadOnlyAdmin, worker_of
from apps.core.admin.cells import NOTHING

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, DeskAdmin):  # type: ignore[misc, type-arg]
    """People who sign in."""

    access: Access = PEOPLE
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "role_names", "badge", "is_staff", "is_active", "last_login")
    first_step = "Add the people who work here, give each a role, and say at which warehouses they work."
    list_filter = ("groups", "is_staff", "is_active")
    search_fields = ("username", "first_name", "last_name", "email", "badge")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": (("first_name", "last_name"), ("email", "badge"))}),
        (
            "What they may do",
            {
                "fields": (("is_active", "is_staff", "is_superuser"), "groups"),
                "description": "Staff may sign in here; the roles say what they see and do.",
            },
        ),
        ("Since when", {"fields": (("last_login", "date_joined"),)}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With their roles, in one more query for the whole page."""
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Only a superuser makes a superuser."""
        return self.readonly_fields if worker_of(request).is_superuser else (*self.readonly_fields, "is_superuser")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Whoever is switched off lets go of handhelds and browsers at once."""
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            end_access(user_id=obj.pk, at=clock.now())

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A superuser, password included, is in superusers' hands alone."""
        may = super().has_change_permission(request, obj)
        if isinstance(obj, User) and obj.is_superuser:
            return bool(may) and worker_of(request).is_superuser
        return bool(may)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """People stay, switched off: the ledger and the audit trail name them."""
        del request, obj
        return False

    @admin.display(description="name")
    def full_name(self, user: User) -> str:
        """First and last name."""
        return user.get_full_name() or NOTHING

    @admin.display(description="roles")
    def role_names(self, user: User) -> str:
        """What they are at work."""
        return ", ".join(group.name for group in user.groups.all()) or NOTHING


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ReadOnlyAdmin):  # type: ignore[misc]
    """The roles, which the program defines; who holds which is said on the person's page."""

    access = PEOPLE
    list_display = ("name",)
    fields = ("name",)
    search_fields = ("name",)


@admin.register(SignOn)
class SignOnAdmin(ReadOnlyAdmin):
    """Who held which device, and when."""

    access = PEOPLE
    list_display = ("device", "user", "started_at", "ended_at")
    first_step = "People sign on to a handheld with their PIN: enrol a device first."
    list_select_related = ("device", "user")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    search_fields = ("device__number", "user__username")
    date_hierarchy = "started_at"


@admin.register(SignOnFailure)
class SignOnFailureAdmin(ReadOnlyAdmin):
    """Wrong badges and PINs at devices."""

    access = PEOPLE
    list_display = ("device", "user", "address", "at")
    first_step = "Wrong PINs on handhelds are kept here."
    list_select_related = ("device", "user")
    search_fields = ("device__number", "user__username", "address")


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    """Codes by which devices got their tokens: who made them, and whether and when they were used."""

    access = PEOPLE
    list_display = ("device", "made_at", "made_by", "expires_at", "used_at", "ended_at")
    first_step = "Add a handheld under Devices: the code that it scans is noted here."
    list_select_related = ("device", "made_by")
    list_filter = (("used_at", admin.EmptyFieldListFilter),)
    search_fields = ("device__number", "made_by__username")
    date_hierarchy = "made_at"


for model in (AccessAttempt, AccessFailureLog, AccessLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Sign-ins that failed, and what is locked out."""

    access = MACHINERY
    list_display = ("attempt_time", "username", "ip_address", "failures_since_start")
    first_step = "Wrong passwords are kept here; after five, the door is locked for a quarter of an hour."
    search_fields = ("username", "ip_address")


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    """Who signed in, from where."""

    access = MACHINERY
    list_display = ("attempt_time", "username", "ip_address", "logout_time")
    first_step = "Everyone who signs in at the desk is kept here."
    search_fields = ("username", "ip_address")
