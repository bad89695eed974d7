"""Are there known weaknesses in what we install? Asks pip-audit about each locked requirement.

    python deploy/audit.py requirements.txt

Exit status 1 where one has a known weakness. Where no advisory database can be reached nothing was audited: that is
said loudly, and is a failure only with AUDIT_MUST_ANSWER=1, which a release sets.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`asked`: how many there are; `answered`: of how many anything is known; `weak`: a line for each weakness."""

    asked: int
    answered: int
    weak: list[str]


def main(requirements: str) -> int:
    answer = ask(requirements)
    for line in answer.weak:
        print(line)
    if answer.weak:
        return 1
    if answer.asked and answer.answered == answer.asked:
        print(f"{answer.asked} requirements, no known weakness.")
        return 0
    print(f"NOT AUDITED: no advisory database answered for {answer.asked - answer.answered} of {answer.asked}.")
    return 1 if os.environ.get("AUDIT_MUST_ANSWER") == "1" else 0


PIP_AUDIT = (sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off")


def ask(requirements: str) -> Answer:
    command = [*PIP_AUDIT, "--format", "json", "--requirement", requirements]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return read(json.loads(asked.stdout)["dependencies"])
    except (ValueError, KeyError):
        print(asked.stderr.strip()[-400:])
        return Answer(locked(requirements), 0, [])


def read(dependencies: Iterable[dict[str, Any]]) -> Answer:
    """Of pip-audit's own format; a dependency of which nothing is known has a `skip_reason`."""
    every = list(dependencies)
    known = [each for each in every if "skip_reason" not in each]
    weak = [f"{each['name']} {each['version']}: {told(one)}" for each in known for one in each["vulns"]]
    return Answer(len(every), len(known), weak)


def told(weakness: dict[str, Any]) -> str:
    return f"{weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'no version yet'}"


def locked(requirements: str) -> int:
    return sum("==" in line for line in Path(requirements).read_text().splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
