"""The project's own settings. What is different is in `shorter`: times, and in two rows a deliberate bug."""

from lafse.settings import *
from lafse.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [*ALL_APPS, "tests.faults.shorter.ShorterConfig"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast is made at every start
