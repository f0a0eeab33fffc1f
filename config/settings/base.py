"""What is so in every environment."""

import hashlib
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.templatetags.static import static

from config.paths import ANCHORS, CHECKOUT, VAR
from config.settings.databases import application_database, owner_database

env = environ.Env()

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without a trailing or leading slash; a path that is not guessed keeps the log free of probing.
ADMIN_PATH = env.str("ADMIN_PATH", default="admin").strip("/")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "simple_history",
    "django_celery_beat",
    "axes",
    "csp",
    "django_htmx",
    "apps.core",
    "apps.accounts",
    "apps.journal",
    "apps.safety",
    "apps.catalog",
    "apps.locations",
    "apps.ledger",
    "apps.valuation",
    "apps.workplace",
    "apps.incidents",
    "apps.tasks",
    "apps.supply",
    "apps.overrides",
    "apps.storage",
    "apps.compliance",
    "apps.shipping",
    "apps.purchasing",
    "apps.orders",
    "apps.counting",
    "apps.assembly",
    "apps.returns",
    "apps.transfers",
    "apps.rfid",
    "apps.losses",
    "apps.planning",
    "apps.traceability",
    "apps.epcis",
    "apps.food",
    "apps.scanner",
    "apps.insights",
    "apps.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PagePolicy",
    "apps.core.api.fallback.Gate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Unfold's lists are long pages of much the same markup; forms hold no secret beside reflected
    # input, and Django masks the CSRF token afresh in every answer.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.AdminScriptPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "apps.insights.blind.ClosedWhileCounting",
    "axes.middleware.AxesMiddleware",  # last: it reads what signing in left on the request
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Databases: the application's role and, for the same database, the owner's ----------------
# A bare `import config.settings` starts nothing and needs nothing: without an address there is no
# database, and the first query says so.
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
# Migrations run with the owner as `default`, so that whatever they ask of the ORM goes through the
# one connection that holds their transaction. config/runner.py sets this; a web process never does.
ACTS_AS_OWNER = env.str("STILLAGE_ROLE", default="application") == "owner"
DATABASES = {
    "default": owner_database(DATABASE_OWNER_URL) if ACTS_AS_OWNER else application_database(DATABASE_URL),
    "owner": owner_database(DATABASE_OWNER_URL),
}
# The role that migrations grant to and revoke from, whatever an installation calls it.
DATABASE_APPLICATION_ROLE = application_database(DATABASE_URL)["USER"] or "stillage_app"

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/stillage/locked.html"
# By name and address together: nobody can lock a colleague out from another machine.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

# --- Security headers -----------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # each warehouse has its own; storage has one

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
# A missing folder would be a warning of the staticfiles check.
STATICFILES_DIRS: list[Path] = [folder for folder in (CHECKOUT / "static",) if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}
MEDIA_URL = "media/"
MEDIA_ROOT = VAR / "media"
FIXTURE_DIRS = [CHECKOUT / "fixtures"]
_KEPT_UNDER = DATABASES["default"]["NAME"] or "stillage"  # the demo's and one's own apart
PAPER_DIR = VAR / "paper" / _KEPT_UNDER
# Heads of the ledger's sealed blocks, kept where the database cannot reach: best on another machine,
# or on storage that only grows (docs/sealing.md).
LEDGER_ANCHOR = Path(env.str("LEDGER_ANCHOR", default=str(ANCHORS / f"{_KEPT_UNDER}.txt")))
# Below this address our events name what has no key of GS1's. Nobody owns a name under .invalid (RFC 2606): give it one
# that the company owns before partners get events, and never change it, since the IDs of events are made of it.
EPCIS_ROOT = env.str("EPCIS_ROOT", default="https://own.invalid")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Cache and background jobs --------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "apps.core.counters.SharedCounters",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "stillage",
    },
}
# Celery names the transport of a unix socket otherwise than redis-py does.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
# Installations and databases that share a broker do not take each other's messages.
CELERY_TASK_DEFAULT_QUEUE = f"stillage-{hashlib.sha256(DATABASE_URL.encode()).hexdigest()[:12]}"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
# Longer than any job may run, else a second worker takes a job that is still at work.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- API ------------------------------------------------------------------------------------------
# A picker who scans five times a second, each scan three calls, makes 900 a minute.
API_RATES = {
    "device": env.str("API_RATE", default="1800/minute"),
    "user": env.str("API_USER_RATE", default=env.str("API_RATE", default="3600/minute")),
    "address": env.str("API_ADDRESS_RATE", default="300/minute"),
    "asking": env.str("API_ASKING_RATE", default=env.str("API_RATE", default="60/minute")),
}
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.api.authentication.DeviceTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["apps.accounts.api.permissions.IsSignedOn"],
    "DEFAULT_THROTTLE_CLASSES": ["apps.accounts.api.throttles.CallThrottle"],
    "DEFAULT_THROTTLE_RATES": API_RATES,
    # How many proxies of ours add to X-Forwarded-For. With none, the header is the caller's own invention.
    "NUM_PROXIES": env.int("PROXIES", default=0),
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.parsers.BoundedJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.api.pagination.CursorPage",
    "DEFAULT_SCHEMA_CLASS": "apps.journal.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "apps.core.api.problems.problem_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Stillage",
    "DESCRIPTION": "Inventory and warehouse operations.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Fields called state, status, kind or reason would else get names by accident.
    "ENUM_NAME_OVERRIDES": {
        "Authenticity": "apps.traceability.states.Authenticity",
        "RecallSource": "apps.traceability.states.RecallSource",
        "DoorEventKind": "apps.losses.states.DoorEventKind",
        "LossCaseState": "apps.losses.states.LossCaseState",
        "LossStepKind": "apps.losses.states.LossStepKind",
        "Oddity": "apps.losses.states.Oddity",
        "OverrideOf": "apps.overrides.states.OverrideOf",
        "OverrideState": "apps.overrides.states.OverrideState",
        "SuspectSource": "apps.traceability.states.SuspectSource",
        "SuspectStepKind": "apps.traceability.states.SuspectStepKind",
        "SuspectVerdict": "apps.traceability.states.SuspectVerdict",
        "RecallState": "apps.traceability.states.RecallState",
        "ContactMethod": "apps.traceability.states.ContactMethod",
        "LotOrigin": "apps.traceability.states.LotOrigin",
        "CheckResult": "apps.traceability.states.CheckResult",
        "EffectivenessLevel": "apps.traceability.states.EffectivenessLevel",
        "EpcisAction": "apps.epcis.states.EpcisAction",
        "EpcisEventType": "apps.epcis.states.EpcisEventType",
        "EpcisPart": "apps.epcis.states.EpcisPart",
        "AreaKind": "apps.safety.choices.AreaKind",
        "FillState": "apps.storage.choices.FillState",
        "AisleDirection": "apps.locations.choices.AisleDirection",
        "DockDirection": "apps.locations.choices.Direction",
        "HoldReason": "apps.ledger.states.HoldReason",
        "ItemKind": "apps.catalog.choices.ItemKind",
        "LocationKind": "apps.locations.choices.LocationKind",
        "ListingStatus": "apps.orders.models.listing.ListingStatus",
        "OrderHoldKind": "apps.orders.models.order.HoldKind",
        "ReservationState": "apps.ledger.states.ReservationState",
        "SiteKind": "apps.locations.choices.SiteKind",
        "StockStatus": "apps.ledger.states.StockStatus",
        "TransactionKind": "apps.ledger.states.TransactionKind",
        "UnitKind": "apps.ledger.states.UnitKind",
        "TaskKind": "apps.tasks.states.TaskKind",
        "TaskState": "apps.tasks.states.TaskState",
        "ConflictState": "apps.tasks.states.ConflictState",
        "PurchaseOrderState": "apps.purchasing.states.PurchaseOrderState",
        "SendMethod": "apps.purchasing.states.SendMethod",
        "ReceiptState": "apps.purchasing.states.ReceiptState",
        "ReceivedStatus": "apps.purchasing.operations.arrivals.RECEIVABLE",
        "ChannelKind": "apps.orders.models.order.ChannelKind",
        "ServiceKind": "apps.shipping.choices.ServiceKind",
        "CarrierEventKind": "apps.shipping.choices.EventKind",
        "LoadState": "apps.shipping.states.LoadState",
        "ParcelExceptionState": "apps.shipping.states.ExceptionState",
        "SalesOrderState": "apps.orders.states.SalesOrderState",
        "PickMethod": "apps.orders.states.PickMethod",
        "RoundState": "apps.orders.states.RoundState",
        "WalkKind": "apps.orders.states.WalkKind",
        "TagKind": "apps.rfid.states.TagKind",
        "BillKind": "apps.catalog.choices.BillKind",
        "BillState": "apps.catalog.states.BillState",
        "BillPartRole": "apps.catalog.choices.PartRole",
        "CostBasis": "apps.valuation.states.Basis",
        "CostEntryKind": "apps.valuation.states.EntryKind",
        "CostMethod": "apps.valuation.states.CostMethod",
        "LandedCostState": "apps.valuation.states.LandedCostState",
        "LandedKind": "apps.valuation.states.LandedKind",
        "AssemblyState": "apps.assembly.states.AssemblyState",
        "AssemblyLineRole": "apps.assembly.states.LineRole",
        "WorkKind": "apps.assembly.states.WorkKind",
        "CountState": "apps.counting.states.CountState",
        "VelocityEnum": "apps.locations.choices.Velocity",
        "CountScope": "apps.counting.states.CountScope",
        "CountProgramKind": "apps.counting.states.ProgramKind",
        "CountDoubtKind": "apps.counting.states.DoubtKind",
        "CountFindingKind": "apps.counting.states.FindingKind",
        "InventoryState": "apps.counting.states.InventoryState",
        "CustomerReturnState": "apps.returns.states.CustomerReturnState",
        "Disposition": "apps.returns.states.Disposition",
        "ReturnCondition": "apps.returns.states.ReturnCondition",
        "ReturnGrade": "apps.returns.states.Grade",
        "ReturnFault": "apps.returns.states.Fault",
        "ClaimKind": "apps.returns.states.ClaimKind",
        "ClaimState": "apps.returns.states.ClaimState",
        "ReturnToSupplierState": "apps.returns.states.ReturnToSupplierState",
        "ReturnToSupplierCause": "apps.returns.states.ReturnToSupplierCause",
        "TransferState": "apps.transfers.states.TransferState",
        "TransferStage": "apps.transfers.states.TransferStage",
        "TransitOutcome": "apps.transfers.states.TransitOutcome",
        "InspectionState": "apps.compliance.states.InspectionState",
        "InspectionDisposition": "apps.compliance.states.InspectionDisposition",
        "InspectionVerdict": "apps.compliance.states.Verdict",
        "InspectionSeverity": "apps.compliance.states.Severity",
        "ExcursionState": "apps.compliance.states.ExcursionState",
        "ExcursionVerdict": "apps.compliance.states.ClimateVerdict",
        "Measure": "apps.compliance.states.Measure",
        "CharacteristicKind": "apps.compliance.states.CharacteristicKind",
        "Steadiness": "apps.planning.states.Steadiness",
        "ProposalState": "apps.planning.states.ProposalState",
        "IncidentState": "apps.incidents.states.IncidentState",
        "IncidentKind": "apps.incidents.states.IncidentKind",
        "InjuryKind": "apps.incidents.states.InjuryKind",
        "RootCause": "apps.incidents.states.RootCause",
        "PrivacyReason": "apps.incidents.states.PrivacyReason",
        "LostKind": "apps.incidents.states.LostKind",
        "SevereKind": "apps.incidents.states.SevereKind",
        "CheckState": "apps.workplace.states.CheckState",
        "ActionState": "apps.workplace.states.ActionState",
        "CheckPeriod": "apps.workplace.states.Period",
        "CheckLineKind": "apps.workplace.states.LineKind",
        "WaveState": "apps.orders.states.WaveState",
        "PickState": "apps.orders.states.PickState",
        "ShipmentState": "apps.shipping.states.ShipmentState",
    },
}

# --- Admin ----------------------------------------------------------------------------------------
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Stillage",
    "SITE_HEADER": "Stillage",
    "SITE_SYMBOL": "warehouse",
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "base": {
            "50": "#f8fafc",
            "100": "#f1f5f9",
            "200": "#e2e8f0",
            "300": "#cbd5e1",
            "400": "#94a3b8",
            "500": "#64748b",
            "600": "#475569",
            "700": "#334155",
            "800": "#1e293b",
            "900": "#0f172a",
            "950": "#020617",
        },
        "primary": {
            "50": "#f0fdfa",
            "100": "#ccfbf1",
            "200": "#99f6e4",
            "300": "#5eead4",
            "400": "#2dd4bf",
            "500": "#14b8a6",
            "600": "#0f766e",  # Unfold's buttons and links: 4.5 to 1 on white
            "700": "#115e59",
            "800": "#134e4a",
            "900": "#123f3c",
            "950": "#042f2e",
        },
    },
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _: static("stillage/icon.svg")},
    ],
    "STYLES": [lambda _: static("stillage/desk.css")],
    "SCRIPTS": [lambda _: static("stillage/desk.js")],
    "DASHBOARD_CALLBACK": "apps.insights.desk.dashboard",
    "SIDEBAR": {
        "show_search": False,  # the header's box finds what the menu's would, and everything else
        "show_all_applications": False,
        "navigation": "apps.insights.navigation.navigation",
    },
}
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- Logs: to standard error, a line each, for whoever runs the process to keep --------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refused command is the warehouse's ordinary business, and the command log has it.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
