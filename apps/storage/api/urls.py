"""Where putaways are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.storage.api import views

router = SimpleRouter(trailing_slash=False)
router.register("putaways", views.PutawayViewSet)
urlpatterns = router.urls
