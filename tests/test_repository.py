"""Rules about the source itself. Each has examples that break it, so that finding nothing means something."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from councils.tenancy import ScopedManager, Tenancy
from councils.tenancy.lists import models_on

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("councils", "outbox", "staff", "enquiries", "ambassadors", "campaigns", "dashboards", "lafse", "manage.py")
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".yml", ".yaml", ".sh", ".sql", ".css", ".js", ".json", ".csv", ""}


@dataclass(frozen=True)
class Rule:
    """What a line of our code may not hold. `allowed`: files that may, each with its reason."""

    pattern: str
    breaks: tuple[str, ...]
    keeps: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    suffix: str = ".py"


RULES = {
    "there is one clock": Rule(
        r"\b(datetime|date|timezone|dt)\.(now|today|utcnow)\(|\btime\.time\(|\bauto_now|functions import .*\bNow\b"
        r"|(?<!\w)now\(\)|CURRENT_TIMESTAMP",
        ("datetime.now(UTC)", "timezone.now()", "date.today()", "auto_now_add=True", "WHERE at < now()", "time.time()"),
        ("hub_now()", "time.monotonic()"),
        ("councils/tenancy/foundation.py",),  # defines hub_now()
    ),
    "only tests move the clock": Rule(
        r"(?i)\btesting\.|\b(TABLE|SCHEMA) testing\b|\bFUNCTION\s+(public\.)?hub_now\b",
        ("INSERT INTO testing.clock", "CREATE SCHEMA testing", "CREATE OR REPLACE FUNCTION public.hub_now()"),
        ("SELECT hub_now()",),
        ("councils/tenancy/foundation.py",),  # as above
    ),
    "nothing is put off in Redis": Rule(
        r"\b(eta|countdown)\s*=", ("task.apply_async(eta=at)", "self.retry(countdown=5)"), ("theta=1", "beta == 2")
    ),
    "nothing typed is declared safe": Rule(
        r"\bmark_safe\b|SafeString\([^)]|__html__",
        ("mark_safe(text)", "SafeString(text)"),
        ("-> SafeString:", "return SafeString()"),
    ),
    "a scope lives as long as its transaction": Rule(
        r"\bSET\s+(SESSION\s+|LOCAL\s+)?app\.|set_config\(\W*app\.",
        ("SET app.councils = '1'", "set_config('app.councils', '1', false)"),
        ("ALTER TABLE x SET NOT NULL", "set_config('synchronous_commit', 'off', true)"),
        ("councils/tenancy/scope.py",),  # the one place, transaction-local
    ),
    "a bug crashes": Rule(
        r"\bexcept\s*(:|\(?\s*(Base)?Exception\b)",
        ("except Exception:", "except:", "except BaseException as e:", "except (Exception, OSError):"),
        ("except ExceptionGroup:", "except ValueError:"),
        (
            "outbox/sending.py",  # the sender's step for one message: those behind it must go on
            "outbox/rounds.py",  # one case, one job of a minute: the same
        ),
    ),
    "households are looked up in one place": Rule(
        r"\bHouseholdKey\b|householdkey\b",
        ("HouseholdKey.objects.all()", 'apps.get_model("councils", "householdkey")'),
        ("household_of(council)",),
        (
            "councils/households.py",
            "councils/models/households.py",
            "councils/models/__init__.py",
        ),
    ),
    "saving and deleting are Django's own": Rule(
        r"def (save|delete)\(self\b",
        ("    def save(self, *args):", "def delete(self):"),
        ("def save(request):",),
        (
            "lafse/cache.py",  # a cache's key
            "staff/password_reset.py",  # a form that allauth's view sends off
        ),
    ),
    "SQL by hand passes by the managers": Rule(
        r"\.cursor\(\)|\.raw\(|\bRawSQL\b|\.extra\(|\brun_in\(",
        ("connection.cursor()", "Enquiry.objects.raw(sql)", "run_in(scope, sql, params)"),
        ("cursor.execute(sql)",),
        (
            "councils/clock.py",  # the time
            "councils/doors.py",  # a door is a system row, taken before any scope
            "enquiries/drafts.py",  # a setting of the transaction
            "enquiries/actions/joining.py",  # a lock of the transaction
            "councils/routing.py",  # the version of shared tables
            "dashboards/actions/folding.py",  # a lock of the transaction
            "dashboards/actions/release_making.py",  # the same
            "dashboards/reading.py",  # a million cases with what happened to them, for councils in scope
            "dashboards/actions/recounting.py",  # counts of rows, for councils in scope
            "dashboards/actions/writing.py",  # counts are added to in one statement, for councils in scope
            "campaigns/actions/fixing.py",  # an audience in one INSERT … SELECT, under the policy
            "councils/tenancy/scope.py",  # the scope itself
            "councils/tenancy/statement.py",  # a scope and one statement in one round trip
            "lafse/health.py",  # the role
            "outbox/release.py",  # the cluster itself
            "outbox/claiming.py",  # a batch is leased and given back in one statement each, inside the sender's scope
            "outbox/handover.py",  # from one message to the next in one round trip, with its scope
            "outbox/rates.py",  # tokens: a system table
            "lafse/demo/seed/loading.py",  # COPY, and one INSERT a table, in a scope and under the policy
            "lafse/demo/seed/filling.py",  # a setting of the transaction
            "lafse/isolation/traces.py",  # fingerprints of scratch rows, each council in its scope
        ),
    ),
    "numbers in bulk are for workers": Rule(
        r"^\s*(from|import) (numpy|scipy)\b",
        ("import numpy as np", "from scipy.optimize import linear_sum_assignment", "    import scipy"),
        ("from ambassadors.pairing import pair",),
        (
            "ambassadors/pairing.py",  # a round
            "ambassadors/scoring.py",  # the same
            "councils/postcodes/borders.py",  # building an index
            "councils/postcodes/building.py",  # the same
            "councils/postcodes/sources.py",  # the same
            "dashboards/disclosure/masking.py",  # making a release
        ),
    ),
    "an exemption says which and why": Rule(
        r"#\s*(noqa|type: ignore)(?!(: [A-Z]+\d+(, ?[A-Z]+\d+)*|\[[\w-]+(, ?[\w-]+)*\])\s+(#|\()\s*\S)",
        ("x = 1  # noqa", "x = 1  # type: ignore", "x = 1  # noqa: S101", "x = 1  # type: ignore[misc]"),
        ("x = 1  # noqa: S101  # a reason", "x = 1  # type: ignore[misc]  # a reason"),
    ),
    "templates escape": Rule(
        r"\|\s*safe\b|autoescape off", ("{{ name|safe }}", "{% autoescape off %}"), ("{{ name }}",), suffix=".html"
    ),
}

EVERYWHERE = {
    "no path or host of a machine": Rule(
        r"(?<![\w.])/(root|home|Users)/[\w.]|\b(pythonhosted|pypi)\.org|index-url",
        ("see /home/me/x", "--index-url https://x", "/Users/me"),
        ("framework/x", "/homes/"),
    ),
    "the history of the work stays out of it": Rule(
        r"(?i)\b(issue|ticket) ?#?\d+\b|\bissue #", ("see issue 12", "Fixes issue #3"), ("an issue of the paper",)
    ),
}


@cache
def files() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return tuple(name for name in listed if name and (ROOT / name).is_file())


def ours(suffix: str) -> Iterator[str]:
    """What runs in production and was written by us, by path from the root."""
    places = (*ROOMS, "templates") if suffix == ".html" else ROOMS
    for name in files():
        if name.endswith(suffix) and name.startswith(places) and "/migrations/" not in name:
            yield name


def broken_in(name: str, rule: Rule) -> Iterator[str]:
    pattern = re.compile(rule.pattern)
    for number, line in enumerate((ROOT / name).read_text(errors="replace").splitlines(), 1):
        if pattern.search(line):
            yield f"{name}:{number}: {line.strip()[:100]}"


@pytest.mark.parametrize("title", RULES)
def test_our_code_keeps_the_rule(title: str) -> None:
    rule = RULES[title]
    assert [found for name in ours(rule.suffix) if name not in rule.allowed for found in broken_in(name, rule)] == []


@pytest.mark.parametrize("title", EVERYWHERE)
def test_every_file_keeps_the_rule(title: str) -> None:
    texts = [name for name in files() if Path(name).suffix in TEXT and not name.startswith("static/vendor/")]
    assert texts
    found = [
        line for name in texts if name != "tests/test_repository.py" for line in broken_in(name, EVERYWHERE[title])
    ]
    assert found == []


@pytest.mark.parametrize("title", RULES | EVERYWHERE)
def test_the_rule_knows_what_breaks_it(title: str) -> None:
    rule = (RULES | EVERYWHERE)[title]
    assert [line for line in rule.breaks if not re.search(rule.pattern, line)] == []
    assert [line for line in rule.keeps if re.search(rule.pattern, line)] == []


@pytest.mark.parametrize("title", RULES)
def test_an_allowance_that_nobody_needs_is_withdrawn(title: str) -> None:
    assert [name for name in RULES[title].allowed if not list(broken_in(name, RULES[title]))] == []


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert [name for name in wanted if not re.search(rf'"{re.escape(name)}",\s*# \w', text)] == []


def test_a_file_fits_on_a_few_screens() -> None:
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in ours(".py")}
    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_functions_are_short() -> None:
    lengths = [node.end_lineno - node.lineno + 1 for node in functions() if node.end_lineno]
    assert len(lengths) > 500
    assert max(lengths) <= 40
    assert sum(length <= 25 for length in lengths) / len(lengths) > 0.98
    assert sum(lengths) / len(lengths) < 9


def functions() -> Iterator[ast.FunctionDef]:
    for name in ours(".py"):
        yield from (
            node for node in ast.walk(ast.parse((ROOT / name).read_text())) if isinstance(node, ast.FunctionDef)
        )


def test_a_module_is_named_after_what_it_holds() -> None:
    vague = re.compile(r"(^|/)(utils?|helpers?|common|managers?|handlers?|misc)(\.py|/)")
    assert [name for name in ours(".py") if vague.search(name)] == []


def test_every_manager_of_a_councils_rows_is_scoped() -> None:
    owned = list(models_on(Tenancy.COUNCIL))
    assert owned
    for model in owned:
        assert isinstance(model._base_manager, ScopedManager)
        assert all(isinstance(manager, ScopedManager) for manager in model._meta.managers)


def test_locked_requirements_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
        assert "--hash=sha256:" in (ROOT / name).read_text()
