"""The project's settings, with what only a test needs. The launcher gives the addresses of PostgreSQL and Valkey."""

import os
from pathlib import Path

os.environ |= {
    "SECRET_KEY": "for-tests-only-0123456789-0123456789-0123456789-0123456789",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "BASE_URL": "http://localhost:8000",
    "PLAIN_STATIC": "1",
    "DEV_MAILBOX": "1",
    "INSTANCE_ID": "tests",
    "EMAIL_URL": "consolemail://",
    "DATA_DIR": str(Path(__file__).resolve().parent.parent / ".run" / "test-data"),  # the postcode index is kept there
}

from lafse.settings import *
from lafse.settings import MIDDLEWARE as ALL_MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: no test is about the hash
MIDDLEWARE = [name for name in ALL_MIDDLEWARE if not name.startswith("whitenoise")]  # nothing is collected to be served
CELERY_BROKER_URL = "memory://"  # a test wakes nobody
