"""Addresses of the admin's pages."""

from django.contrib import admin
from django.urls import reverse

PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
