"""Where items, parties and reasons are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.catalog.api.views import ItemViewSet, PartyViewSet, ReasonCodeViewSet

router = SimpleRouter(trailing_slash=False)
router.register("items", ItemViewSet)
router.register("parties", PartyViewSet)
router.register("reason-codes", ReasonCodeViewSet)
urlpatterns = router.urls
