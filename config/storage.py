"""How static files are named, so that a browser may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # ships none


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """Names bear a hash of the content; in our JavaScript modules too, so that a page never mixes two releases.

    Libraries' modules keep the imports that they came with: some name files that they do not ship.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("stillage/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),  # noqa: SLF001 - Django offers it for all files or none
    )
