"""The resources of RFID."""

from rest_framework.routers import SimpleRouter

from apps.rfid.api.views import AssetViewSet, ReaderViewSet, ReadEventViewSet

router = SimpleRouter(trailing_slash=False)
router.register("readers", ReaderViewSet)
router.register("assets", AssetViewSet)
router.register("read-events", ReadEventViewSet)

urlpatterns = router.urls
