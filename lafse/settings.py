"""One settings file; everything that differs between machines comes from the environment (or `.env`).

A missing or misspelt setting stops the start with a sentence that says what to do about it.
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from lafse.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR / ".env")

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.required("SECRET_KEY", cure="Set it to 50 or more random characters.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", default="")  # old ones: second steps are encrypted with them
HASH_KEY = env.text("HASH_KEY", default="") or SECRET_KEY  # keyed hashes that must survive a change of SECRET_KEY
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default="localhost,127.0.0.1")
BASE_URL = env.text("BASE_URL", default="http://localhost:8000").rstrip("/")
DEFAULT_HUB = env.text("DEFAULT_HUB", default="lafse")
DATA_DIR = Path(env.text("DATA_DIR", default=str(BASE_DIR / ".run" / "data")))
HOSTED_BY = env.text("HOSTED_BY", default="")  # the company and country, for the page of who is responsible
DEV_MAILBOX = env.switch("DEV_MAILBOX", default=False)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=0)  # how many proxies of ours stand in front
SECURE = BASE_URL.startswith("https://")
FAILPOINTS = env.only_while_debugging("FAILPOINTS", debug=DEBUG)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's pages ask for it
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "crispy_forms",
    "councils",
    "outbox",
    "staff",
    "enquiries",
    "ambassadors",
    "campaigns",
    "dashboards",
    "lafse",
    "staff.site.StaffAdminConfig",
]

if DEV_MAILBOX and not SECURE:
    INSTALLED_APPS.append("lafse.demo")  # `demo_code`, which in production is not there

MIDDLEWARE = [
    "lafse.health.probes",
    "lafse.requests.identify",
    "django.middleware.security.SecurityMiddleware",
    "lafse.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lafse.requests.refuse_broken_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.sessions.staff_sessions",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "staff.scope.staff_scope",
]

ROOT_URLCONF = "lafse.urls"
WSGI_APPLICATION = "lafse.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "councils.context.hub",
                "enquiries.coming.carried",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL")}
if env.text("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")  # `migrate` only
if env.text("DATABASE_ERASER_URL", default=""):
    DATABASES["eraser"] = env.database("DATABASE_ERASER_URL")  # `erase` only: web and workers never hold it
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

REDIS_URL = env.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "lafse.cache.ValkeyCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"serializer": "lafse.cache.Json", "socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    }
}

AUTH_USER_MODEL = "councils.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Staff's log-in (allauth). Accounts come by invitation, which checks the address; a password alone opens nothing.
ACCOUNT_ADAPTER = "staff.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = False  # ours count by account and network together: staff.tries, staff.second_step
ACCOUNT_FORMS = {"reset_password": "staff.password_reset.NewPasswordForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a class
PASSWORD_RESET_TIMEOUT = 10 * 60  # seconds; ASVS 6.5.5
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "staff.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False  # ten a minute would stop a council's morning: staff.tries
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "staff.account_forms.EnterCode",
    "reauthenticate": "staff.account_forms.ConfirmByCode",
    "activate_totp": "staff.account_forms.SetUpApp",
    "add_webauthn": "staff.account_forms.AddPasskey",
    "edit_webauthn": "staff.account_forms.RenamePasskey",
    "authenticate_webauthn": "staff.second_step.PasskeyForm",
    "reauthenticate_webauthn": "staff.second_step.PasskeyAgainForm",
    "login_webauthn": "staff.second_step.PasskeyAloneForm",
}
MFA_TOTP_ISSUER = "Fostering enquiry hub"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # localhost
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to it
SOCIALACCOUNT_ADAPTER = "staff.sign_on.adapter.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "staff.sign_on.provider.SignOnProvider"}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.switch("PLAIN_STATIC", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
MAIL_DOMAIN = env.text("MAIL_DOMAIN", default="localhost")
INBOUND_DOMAIN = env.text("INBOUND_DOMAIN", default="") or MAIL_DOMAIN  # where answers to our mail arrive
HOOK_SECRET = env.text("HOOK_SECRET", default="")  # of what mail providers report to /hooks/; empty: refused
NOTIFY_API_KEY = env.text("NOTIFY_API_KEY", default="")  # GOV.UK Notify; empty: text messages cannot leave
NOTIFY_URL = env.text("NOTIFY_URL", default="https://api.notifications.service.gov.uk")
NOTIFY_EMAIL_TEMPLATE = env.text("NOTIFY_EMAIL_TEMPLATE", default="")  # empty: email leaves by EMAIL_URL
NOTIFY_SMS_TEMPLATE = env.text("NOTIFY_SMS_TEMPLATE", default="")
NOTIFY_CALLBACK_TOKEN = env.text("NOTIFY_CALLBACK_TOKEN", default="")
# Sending waits for the operator's word that this is no restored copy (outbox.release).
INSTANCE_ID, WITNESS_PATH = env.text("INSTANCE_ID", default=""), env.text("WITNESS_PATH", default="")
ERASURE_LEDGER = env.text("ERASURE_LEDGER", default="")  # which cases were erased, for `erase --replay` after a restore
MAIL_PER_SECOND = env.number("MAIL_PER_SECOND", default=0)  # what the provider takes; 0 is no limit
MAIL_PER_DOMAIN_PER_SECOND = env.number("MAIL_PER_DOMAIN_PER_SECOND", default=20)  # what one recipient's domain gets
MAILING_BATCH, MAILING_AHEAD = 500, 2000  # of an email to many: written in one transaction; waiting in the outbox
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="no-reply@example.org")

# Bodies over 256 kB and posts of over 200 fields are refused before they are parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# The public form, in ten minutes. A school or a council is one network.
POSTS_PER_NETWORK = env.number("POSTS_PER_NETWORK", default=1500)
FORMS_PER_NETWORK = env.number("FORMS_PER_NETWORK", default=150)
POSTS_PER_FORM = env.number("POSTS_PER_FORM", default=300)
LINKS_PER_NETWORK = env.number("LINKS_PER_NETWORK", default=30)  # new links to "Your enquiry" asked for
FILE_UPLOAD_HANDLERS: list[str] = []

STAFF_IDLE_MINUTES = env.number("STAFF_IDLE_MINUTES", default=60)
SESSION_ENGINE = "staff.session_store"  # which ends them after twelve hours in any case
SESSION_COOKIE_AGE = STAFF_IDLE_MINUTES * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "lafse.flashes.Flashes"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lafse.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING_CONFIG = "lafse.logs.configure"
LOGGING = {"level": env.text("LOG_LEVEL", default="INFO")}
