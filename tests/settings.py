"""The project's settings, with what only a test needs. The launcher gives the addresses of PostgreSQL and Valkey."""

import os

os.environ |= {
    "SECRET_KEY": "for-tests-only-0123456789-0123456789-0123456789-0123456789",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "BASE_URL": "http://localhost:8000",
    "PLAIN_STATIC": "1",
    "DEV_MAILBOX": "1",
    "EMAIL_URL": "consolemail://",
}

from lafse.settings import *
from lafse.settings import MIDDLEWARE as ALL_MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: no test is about the hash
MIDDLEWARE = [name for name in ALL_MIDDLEWARE if not name.startswith("whitenoise")]  # nothing is collected to be served
