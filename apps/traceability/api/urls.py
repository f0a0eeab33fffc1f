"""The resources of traces and recalls."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.traceability.api.views import LotTraceView, RecallViewSet

router = SimpleRouter(trailing_slash=False)
router.register("recalls", RecallViewSet)

urlpatterns = [path("lots/<int:pk>/trace", LotTraceView.as_view(), name="lot-trace"), *router.urls]
