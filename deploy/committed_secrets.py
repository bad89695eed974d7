"""Has anybody committed a secret? Looks through every file of the repository with detect-secrets.

    python deploy/committed_secrets.py

Exit status 1 where it finds one. Words beside "password" are left to ruff (S105 to S107), which reads
Python and not lines.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping

# Made up, and for nothing: why each stands where it does.
KNOWN: Mapping[str, str] = {
    ".env.example": "an address of a database with the password `password`",
    "docs/running.md": "the same, in an example",
    "lafse/environment.py": "the same, in what is said of a missing setting",
    "tests/enquiries/test_receive_mail.py": "an address of a database that nobody may enter",
    "tests/faults/mail.py": "log-ins of the mail server that the fault harness starts",
    "tests/lafse/test_health.py": "an address of a database that nobody may enter",
    "tests/lafse/test_services_children.py": "passwords that a test looks for in the environment of a program",
    "tests/outbox/test_hooks.py": "the key with which a test signs",
}
SCAN = (sys.executable, "-m", "detect_secrets", "scan", "--disable-plugin", "KeywordDetector")
GENERATED = ("--exclude-files", r"^requirements.*\.txt$", "--exclude-files", "^static/vendor/")


def main() -> int:
    found = list(unknown(scan()))
    for line in found:
        print(line)
    return 1 if found else 0


def scan() -> dict[str, list[dict[str, object]]]:
    """By file: what looks like a secret."""
    answer = subprocess.run([*SCAN, *GENERATED], capture_output=True, text=True, check=True)
    results: dict[str, list[dict[str, object]]] = json.loads(answer.stdout)["results"]
    return results


def unknown(results: Mapping[str, list[dict[str, object]]]) -> Iterator[str]:
    for path, secrets in results.items():
        if path not in KNOWN:
            yield from (f"{path}:{secret['line_number']}: {secret['type']}" for secret in secrets)


if __name__ == "__main__":
    sys.exit(main())
