"""Guards in the source, and functions that live on without one of them.

A guard is one of: `raise PermissionDenied` or `raise Http404`; `….require(…)`; a filter by what the person may see. The
module is compiled again without it, and the code of the living function is exchanged: whoever imported it has it too.
"""

import ast
import copy
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("staff", "enquiries", "outbox", "ambassadors")
OF_SCOPE = ("council__in", "council_id__in", "pk__in")  # the end of a keyword
FROM_ACCESS = {"access", "access_of", "by", "managed", "managed_by", "mine", "councils", "councils_matched"}
NO_GUARDS = {"require_fresh", "_require_fresh", "require_post"}  # about versions and methods, not about people
TOUCHED: set[str] = set()  # functions with a guard that have run


@dataclass(frozen=True, order=True)
class Guard:
    file: str
    function: str
    sort: str
    line: int
    column: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.function}"

    def __str__(self) -> str:
        return f"{self.place}: {self.sort}"


@cache
def guards() -> tuple[Guard, ...]:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    return tuple(sorted(guard for path in files for guard in _of(str(path.relative_to(ROOT)))))


def _of(file: str) -> Iterator[Guard]:
    def visit(node: ast.AST, names: tuple[str, ...]) -> Iterator[Guard]:
        for child in ast.iter_child_nodes(node):
            inside = names
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                local = ("<locals>",) if names and isinstance(node, ast.FunctionDef) else ()
                inside = (*names, *local, child.name)
            elif names and (sort := _sort(child, names[-1])):
                yield Guard(file, ".".join(names), sort, child.lineno, child.col_offset)  # type: ignore[attr-defined]  # statements and calls have both
            yield from visit(child, inside)

    return visit(_tree(file), ())


def _sort(node: ast.AST, function: str) -> str:
    if isinstance(node, ast.Raise) and node.exc is not None:
        name = ast.unparse(node.exc).partition("(")[0]
        return f"raise {name}" if name in ("PermissionDenied", "Http404") else ""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value) if _requires(node.value) else ""
    if isinstance(node, ast.Return) and function.startswith(("has_view_perm", "has_change_perm")):
        return ast.unparse(node)
    if isinstance(node, ast.Call) and any(map(_filters, node.keywords)):
        return next(ast.unparse(keyword) for keyword in node.keywords if _filters(keyword))
    return ""


def _requires(call: ast.Call) -> bool:
    """`….require(…)`, or a function so named that is told who asks."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr == "require"
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    told = {each.id for each in ast.walk(call) if isinstance(each, ast.Name)}
    return name.lstrip("_").startswith("require") and name not in NO_GUARDS and bool(told & {"by", "request", "access"})


def _filters(keyword: ast.keyword) -> bool:
    names = {each.id for each in ast.walk(keyword.value) if isinstance(each, ast.Name)}
    names |= {each.attr for each in ast.walk(keyword.value) if isinstance(each, ast.Attribute)}
    return bool(keyword.arg and keyword.arg.endswith(OF_SCOPE) and names & FROM_ACCESS)


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text())


class _Without(ast.NodeTransformer):
    """What is left out stays behind a condition that is never met, so that the function keeps its closure."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def generic_visit(self, node: ast.AST) -> ast.AST:
        node = super().generic_visit(node)
        if (getattr(node, "lineno", 0), getattr(node, "col_offset", -1)) != (self.guard.line, self.guard.column):
            return node
        if _sort(node, self.guard.function.rpartition(".")[2]) != self.guard.sort:
            return node
        if isinstance(node, ast.Return):
            return ast.Return(value=ast.Constant(True))
        if isinstance(node, ast.Call):
            bare = copy.copy(node)
            bare.keywords = [keyword for keyword in node.keywords if not _filters(keyword)]
            return ast.IfExp(test=ast.Constant(True), body=bare, orelse=node)
        return ast.If(test=ast.Constant(False), body=[node], orelse=[])  # type: ignore[list-item]  # a statement


class _Told(ast.NodeTransformer):
    """Every function with a guard says that it ran."""

    def __init__(self, file: str, names: set[str]) -> None:
        self.file, self.names = file, names
        self.within: tuple[str, ...] = ()

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._into(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        name = ".".join((*self.within, node.name))
        before, self.within = self.within, (*self.within, node.name, "<locals>")
        self.generic_visit(node)
        self.within = before
        if name in self.names:
            said = f"__import__('tests.mutation.guards', fromlist=['x']).TOUCHED.add({f'{self.file}:{name}'!r})"
            node.body[:0] = ast.parse(said).body
        return node

    def _into(self, node: ast.ClassDef) -> ast.AST:
        before, self.within = self.within, (*self.within, node.name)
        self.generic_visit(node)
        self.within = before
        return node


@contextmanager
def told() -> Iterator[None]:
    names: dict[str, set[str]] = {}
    for guard in guards():
        names.setdefault(guard.file, set()).add(guard.function)
    codes: dict[tuple[str, str], CodeType] = {}
    for file, functions in names.items():
        module = _compiled(file, _Told(file, functions).visit(copy.deepcopy(_tree(file))))
        codes |= {(file, name): module[name] for name in functions}
    with _exchanged(codes):
        yield


@contextmanager
def without(*taken: Guard) -> Iterator[None]:
    codes: dict[tuple[str, str], CodeType] = {}
    for file in {guard.file for guard in taken}:
        here = frozenset(guard for guard in taken if guard.file == file)
        module = _compiled_without(file, here)
        codes |= {(file, guard.function): module[guard.function] for guard in here}
    with _exchanged(codes):
        yield


@cache
def _compiled_without(file: str, taken: frozenset[Guard]) -> dict[str, CodeType]:
    tree = copy.deepcopy(_tree(file))
    for guard in taken:
        _Without(guard).visit(tree)  # in place
    return _compiled(file, tree)


def _compiled(file: str, tree: ast.Module) -> dict[str, CodeType]:
    def inside(code: CodeType) -> Iterator[tuple[str, CodeType]]:
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                yield constant.co_qualname, constant
                yield from inside(constant)

    return dict(inside(compile(ast.fix_missing_locations(tree), str(ROOT / file), "exec")))


@contextmanager
def _exchanged(codes: dict[tuple[str, str], CodeType]) -> Iterator[None]:
    changed = [(function, code) for place, code in codes.items() for function in _living().get(place, ())]
    before = [(function, function.__code__) for function, _ in changed]
    for function, code in changed:
        function.__code__ = code
    try:
        yield
    finally:
        for function, code in before:
            function.__code__ = code


@cache
def _living() -> dict[tuple[str, str], list[FunctionType]]:
    """Also those that a decorator has made of one text."""
    found: dict[tuple[str, str], list[FunctionType]] = {}
    gc.unfreeze()  # what was imported before the first test is put away (tests/conftest.py), and not told
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__code__.co_filename.startswith(f"{ROOT}/"):
            file = function.__code__.co_filename.removeprefix(f"{ROOT}/")
            found.setdefault((file, function.__code__.co_qualname), []).append(function)
    gc.freeze()
    return found
