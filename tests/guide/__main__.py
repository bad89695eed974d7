"""Started by `make guide-pictures`: a hub of its own with the demonstration's people, a browser, and the pictures."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # whatever the launcher says: the site knows its quick hashes
django.setup()

from tests.guide.making import make_pictures  # noqa: E402  # after django.setup

make_pictures()
