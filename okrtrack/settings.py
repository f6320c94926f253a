"""Settings, all from the environment. docs/settings.md lists them; a bad one stops the start."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from apps.core import env
from apps.core.languages import Language
from embedded import local

BASE_DIR = Path(__file__).resolve().parent.parent

# Without DATABASE_URL everything runs on this machine, out of one data folder.
DATABASE_URL = env.url("DATABASE_URL", schemes=("postgresql", "postgres"))
IS_EMBEDDED = not DATABASE_URL
DATA_FOLDER = Path(env.text("OKRTRACK_DATA", str(BASE_DIR / ".okrtrack"))).expanduser().resolve()

DEBUG = env.flag("OKRTRACK_DEBUG", default=False)
IS_DEMO = env.flag("OKRTRACK_DEMO", default=IS_EMBEDDED)
DEMO_PASSWORD = "demo"  # noqa: S105 - shown on the sign-in page of the demo, used nowhere else
SECRET_KEY = env.text("OKRTRACK_SECRET_KEY", local.secret_key(DATA_FOLDER) if IS_EMBEDDED else None)
SITE_URL = env.url("OKRTRACK_SITE_URL", schemes=("http", "https"), default="http://localhost:8000")
ALLOWED_HOSTS = env.words("OKRTRACK_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https") else []

INSTALLED_APPS = [
    "embedded",
    "apps.core",
    "apps.people",
    "apps.plans",
    "apps.outbox",
    "apps.approvals",
    "apps.objectives",
    "apps.milestones",
    "apps.risks",
    "apps.cadence",
    "apps.alerts",
    "apps.planfile",
    "apps.demo",
    "apps.front",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "django_structlog",
]

MIDDLEWARE = [
    "django_htmx.middleware.HtmxMiddleware",  # first: error pages ask it too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "apps.core.htmx.PartMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "apps.people.middleware.PersonMiddleware",
    "apps.plans.middleware.PlanMiddleware",
]

ROOT_URLCONF = "okrtrack.urls"
WSGI_APPLICATION = "okrtrack.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "django.template.context_processors.i18n",
    "apps.core.context.site",
    "apps.plans.context.plans",
    "apps.demo.context.demo",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "rows",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "apps.core.ui.jinja.environment"},
    },
]

DATABASES = {
    "default": (env.database(DATABASE_URL) if DATABASE_URL else local.database(DATA_FOLDER))
    | {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": env.integer("OKRTRACK_DATABASE_POOL", default=8, least=1, most=200),
                "timeout": 10,
            },
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("OKRTRACK_CACHE_URL", schemes=("redis", "rediss", "unix"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache"
        if REDIS_URL
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": REDIS_URL or "cache_entry",
    },
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:home"
ACCOUNT_ADAPTER = "apps.outbox.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL

LANGUAGE_CODE = Language.EN.value
LANGUAGES = [(Language.EN.value, _("English")), (Language.ZH_HANS.value, _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("OKRTRACK_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CSRF_FAILURE_VIEW = "apps.core.errors.csrf_failure"
IS_HTTPS = SITE_URL.startswith("https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

MAIL_URL = env.url("OKRTRACK_SMTP_URL", schemes=("smtp", "smtps", "smtp+tls"))
EMAIL_BACKEND = (
    "apps.outbox.smtp.EmailBackend"
    if MAIL_URL
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_TIMEOUT = 20
vars().update(env.smtp(MAIL_URL) if MAIL_URL else {})
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("OKRTRACK_MAIL_FROM", "okrtrack <okrtrack@localhost>")

BROKER_URL = env.url(
    "OKRTRACK_BROKER_URL", schemes=("redis", "rediss", "amqp", "amqps", "pgmq", "sentinel")
)
CELERY_BROKER_URL = BROKER_URL or local.BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {} if BROKER_URL else local.BROKER_OPTIONS

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.pagination.BoundedPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.parsers.BoundedJSONParser"],
    "EXCEPTION_HANDLER": "apps.core.problems.answer",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "okrtrack",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.core.problems.describe",
    ],
    "COMPONENT_SPLIT_PATCH": False,  # a change has its own shape, with the reason it needs
    "ENUM_NAME_OVERRIDES": {
        "LevelEnum": "apps.plans.models.item.LEVELS",
        "AlertLevelEnum": "apps.alerts.models.ALERT_LEVELS",
        "ItemStateEnum": "apps.plans.models.item.STATES",
        "ItemKindEnum": "apps.plans.models.ItemKind",
        "LinkKindEnum": "apps.plans.models.item.LINK_KINDS",
        "KeyResultKindEnum": "apps.objectives.models.key_result.KINDS",
        "TargetChangeKindEnum": "apps.objectives.presentation.target_changes.CHANGE_KINDS",
        "RiskStateEnum": "apps.risks.models.STATES",
        "NotificationStateEnum": "apps.outbox.models.NotificationState",
    },
}

LOGGING_CONFIG = "apps.core.logs.configure"
LOGGING = {
    "level": env.choice(
        "OKRTRACK_LOG_LEVEL", default="INFO", options=("DEBUG", "INFO", "WARNING", "ERROR")
    )
}
