from lafse.settings import *  # noqa: F403  # the project's settings with a few values changed
from lafse.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [*ALL_APPS, "tests.lafse.breaking"]
ROOT_URLCONF = "tests.lafse.breaking.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
