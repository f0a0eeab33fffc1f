"""The resources of the workplace."""

from rest_framework.routers import SimpleRouter

from apps.workplace.api import certificates, inspections

router = SimpleRouter(trailing_slash=False)
router.register("certificate-kinds", certificates.CertificateKindViewSet)
router.register("certificates", certificates.CertificateViewSet)
router.register("checklists", inspections.ChecklistViewSet)
router.register("site-assets", inspections.SiteAssetViewSet)
router.register("workplace-inspections", inspections.WorkplaceInspectionViewSet)
router.register("check-photos", inspections.CheckPhotoViewSet)
router.register("corrective-actions", inspections.CorrectiveActionViewSet)

urlpatterns = router.urls
