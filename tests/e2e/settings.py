"""Settings of the web process that the browser meets: the project's own, told about the test database.

Static files are collected and hashed as in production. Only the passwords' hash is the tests' fast one, because the
test process makes the cast.
"""

from pathlib import Path

from lafse.settings import *
from lafse.settings import BASE_DIR, env
from lafse.settings import STORAGES as PROJECTS_STORAGES

STATIC_ROOT = Path(env.text("STATIC_ROOT", default=str(BASE_DIR / ".run" / "e2e-static")))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **PROJECTS_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
