"""Where putaways and replenishments are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.storage.api import views

router = SimpleRouter(trailing_slash=False)
router.register("putaways", views.PutawayViewSet)
router.register("replenishments", views.ReplenishmentViewSet)
urlpatterns = router.urls
