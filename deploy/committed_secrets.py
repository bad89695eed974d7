"""Has anybody committed a secret? Looks through every file of the repository with detect-secrets.

    python deploy/committed_secrets.py

Exit status 1 where it finds one. Words beside "password" are left to ruff (S105 to S107), which reads
Python and not lines.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha1

HEX, BASE64 = "Hex High Entropy String", "Base64 High Entropy String"
# Made up, and for nothing: the word itself or its sort, and why it stands there. Whatever else is in the file is told.
KNOWN: Mapping[str, tuple[str, str]] = {
    ".env.example": ("password", "an address of a database"),
    "docs/running.md": ("password", "the same, in an example"),
    "lafse/environment.py": ("password", "the same, in what is said of a missing setting"),
    "tests/enquiries/test_receive_mail.py": ("nothing", "an address of a database that nobody may enter"),
    "tests/faults/mail.py": ("secret", "log-ins of the mail server that the fault harness starts"),
    "tests/keeping/test_notices.py": (HEX, "digests of texts that have landed"),
    "tests/lafse/test_demo_code.py": ("none", "an address of a database that there is not"),
    "tests/lafse/test_health.py": ("app", "an address of a database that nobody may enter"),
    "tests/lafse/test_services_children.py": (
        "password",
        "passwords that a test looks for in the environment of a program",
    ),
    "tests/outbox/test_hooks.py": (BASE64, "the key with which a test signs"),
}
SCAN = (sys.executable, "-m", "detect_secrets", "scan", "--disable-plugin", "KeywordDetector")
# Spares what is assigned from a call or an index: it lets more through, and takes a third of the time.
STRICTER = ("--disable-filter", "detect_secrets.filters.heuristic.is_indirect_reference")
GENERATED = ("--exclude-files", r"^requirements.*\.txt$", "--exclude-files", "^static/vendor/")


def main() -> int:
    found = list(unknown(scan()))
    for line in found:
        print(line)
    return 1 if found else 0


def scan() -> dict[str, list[dict[str, object]]]:
    """By file: what looks like a secret."""
    answer = subprocess.run([*SCAN, *STRICTER, *GENERATED], capture_output=True, text=True, check=True)
    results: dict[str, list[dict[str, object]]] = json.loads(answer.stdout)["results"]
    return results


def unknown(results: Mapping[str, list[dict[str, object]]]) -> Iterator[str]:
    for path, secrets in results.items():
        known, _ = KNOWN.get(path, ("", ""))
        word = sha1(known.encode(), usedforsecurity=False).hexdigest()  # as detect-secrets tells it
        for secret in secrets:
            if known != secret["type"] and word != secret["hashed_secret"]:
                yield f"{path}:{secret['line_number']}: {secret['type']}"


if __name__ == "__main__":
    sys.exit(main())
