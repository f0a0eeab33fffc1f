"""One app a bounded context; an app imports only what stands below it (docs/ARCHITECTURE.md)."""
