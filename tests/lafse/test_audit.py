"""What `make check` asks about weaknesses and secrets would find them."""

import subprocess
from pathlib import Path

import pytest

from deploy import audit, committed_secrets

KNOWN_WEAK = {"name": "django", "version": "5.2.16", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.2.17"]}]}
KNOWN_WELL: dict[str, object] = {"name": "celery", "version": "5.7.0", "vulns": []}
UNKNOWN: dict[str, object] = {"name": "vine", "version": "5.1.0", "skip_reason": "not found"}


def test_a_known_weakness_is_told_with_its_cure() -> None:
    answer = audit.read([KNOWN_WEAK, KNOWN_WELL])
    assert answer.weak == ["django 5.2.16: PYSEC-2026-1, mended in 5.2.17"]


def test_a_requirement_of_which_nothing_is_known_counts_as_not_audited() -> None:
    answer = audit.read([KNOWN_WELL, UNKNOWN])
    assert (answer.asked, answer.answered, answer.weak) == (2, 1, [])


def test_where_nobody_answers_it_is_said_and_fails_a_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert audit.main(str(requirements)) == 0
    assert "NOT AUDITED" in capsys.readouterr().out
    monkeypatch.setenv("AUDIT_MUST_ANSWER", "1")
    assert audit.main(str(requirements)) == 1


@pytest.mark.parametrize("file", ["settings.py", ".env.example"])
def test_a_committed_key_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """Also beside something made up that is known."""
    key = "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n"
    (tmp_path / file).write_text(f"KEY = '''{key}'''\n")
    for command in (["git", "init", "-q"], ["git", "add", file]):
        subprocess.run(command, cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert list(committed_secrets.unknown(committed_secrets.scan())) == [f"{file}:1: Private Key"]


def test_nothing_is_found_here() -> None:
    assert list(committed_secrets.unknown(committed_secrets.scan())) == []


def test_what_is_known_to_be_made_up_is_still_there() -> None:
    assert [path for path in committed_secrets.KNOWN if not (Path(__file__).parents[2] / path).exists()] == []
