"""Storage labels of zones and bins. Data in, bytes out."""

from apps.storage.pdf.labels import Said, StorageLabel, storage_labels

__all__ = ["Said", "StorageLabel", "storage_labels"]
