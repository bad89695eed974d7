#!/bin/sh
# receive_mail.sh RECIPIENT SENDER < mail: for a mail server's pipe. Whatever goes wrong, also before our program has
# begun, is 75 (EX_TEMPFAIL): the server keeps the mail and tries again. Any other number would bounce it.
cd "$(dirname "$0")/.." || exit 75
"${PYTHON:-.venv/bin/python}" manage.py receive_mail --to="$1" --from="$2" || exit 75
