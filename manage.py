#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from lafse.services import environment, wanted
from lafse.services.failures import CannotStart


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lafse.settings")
    if wanted():
        os.environ.update(environment())
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except (CannotStart, ImproperlyConfigured) as failure:
        sys.exit(str(failure))
