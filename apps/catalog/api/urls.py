"""Where items and parties are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.catalog.api.views import ItemViewSet, PartyViewSet

router = SimpleRouter(trailing_slash=False)
router.register("items", ItemViewSet)
router.register("parties", PartyViewSet)
urlpatterns = router.urls
