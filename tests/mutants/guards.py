"""Source rewritten so that each of its statements can be left out while it runs.

A mutant is a number: every guarded statement first asks `_says(number)` whether it is to be carried out. So a module is
compiled once for all its mutants, and whoever asks is known to be reached.
"""

import ast
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

SAYS, SAYING = "_says", "_saying"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One statement, or one operand of `and` or `or`, left out."""

    module: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.name}"


class Guard:
    """Which mutants there are, which of them is on trial, and which have been reached since `reached` was emptied."""

    def __init__(self) -> None:
        self.mutants: list[Mutant] = []
        self.on_trial: int | None = None
        self.reached: set[int] = set()

    def says(self, number: int) -> bool:
        """Whether what the mutant leaves out is to be done."""
        self.reached.add(number)
        return number != self.on_trial

    def saying(self, number: int, say: Callable[[object], object]) -> Callable[[object], object]:
        """The entry of a table of rules, which says nothing when it is left out."""
        return lambda told: say(told) if self.says(number) else ()


class Guarding(ast.NodeTransformer):
    """Puts a guard before each call, `yield`, operand of a condition and entry of a table of rules."""

    def __init__(self, module: str, guard: Guard) -> None:
        self._module, self._guard = module, guard
        self._within: list[str] = []
        self._seen: Counter[str] = Counter()

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._named(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._named(node, node.name)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """A table such as `RULES` or `CHECKS`: what is under each key can be left out."""
        if not self._within and isinstance(node.value, ast.Dict) and isinstance(node.target, ast.Name):
            self._within.append(node.target.id)
            node.value.values = [self._call(SAYING, each, each) for each in node.value.values]
            self._within.pop()
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if not isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
            return node
        test = self._call(SAYS, node)
        self.generic_visit(node)
        return ast.If(test=test, body=[node], orelse=[])

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """What a lambda says to the formula; a lambda that only works something out cannot be left out."""
        if isinstance(node.body, ast.Call) and ".formula." in ast.unparse(node.body.func):
            node.body = ast.IfExp(test=self._call(SAYS, node.body), body=node.body, orelse=ast.Constant(None))
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        """The condition of what is done on a condition, so that it is always done; not that of an early end."""
        if not isinstance(node.body[-1], ast.Return | ast.Continue | ast.Break):
            node.test = self._condition(node.test)
        self.generic_visit(node)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.ifs = [self._condition(each) for each in node.ifs]
        self.generic_visit(node)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        word = "or" if isinstance(node.op, ast.Or) else "and"
        guards = [self._call(SAYS, each, what=f"… {word} {_unparsed(each)}") for each in node.values]
        self.generic_visit(node)
        node.values = [self._operand(node.op, guard, each) for guard, each in zip(guards, node.values, strict=True)]
        return node

    def _condition(self, condition: ast.expr) -> ast.expr:
        """The condition with a guard; one of several operands has a guard before each of these."""
        if isinstance(condition, ast.BoolOp):
            return condition
        guard = self._call(SAYS, condition, what=f"… if {ast.unparse(condition)}")
        return _Guarded(ast.Or(), [ast.UnaryOp(ast.Not(), guard), condition])

    @staticmethod
    def _operand(operator: ast.boolop, guard: ast.expr, operand: ast.expr) -> ast.expr:
        if isinstance(operator, ast.Or):
            return ast.BoolOp(ast.And(), [guard, operand])
        return ast.BoolOp(ast.Or(), [ast.UnaryOp(ast.Not(), guard), operand])

    def _named(self, node: ast.ClassDef | ast.FunctionDef, name: str) -> ast.AST:
        self._within.append(name)
        self.generic_visit(node)
        self._within.pop()
        return node

    def _call(self, asked: str, left_out: ast.AST, *handed: ast.expr, what: str = "") -> ast.expr:
        number = ast.Constant(self._numbered(left_out, what or ast.unparse(left_out)))
        return ast.Call(func=ast.Name(asked, ast.Load()), args=[number, *handed], keywords=[])

    def _numbered(self, left_out: ast.AST, text: str) -> int:
        name = f"{'.'.join(self._within)}: {' '.join(text.split())}"
        self._seen[name] += 1
        name += f" ({self._seen[name]})" if self._seen[name] > 1 else ""
        self._guard.mutants.append(Mutant(self._module, getattr(left_out, "lineno", 0), name))
        return len(self._guard.mutants) - 1


class _Guarded(ast.BoolOp):
    """A condition with its guard, of another class so that `visit_BoolOp` puts no guards before its operands."""


def _unparsed(operand: ast.expr) -> str:
    return f"({ast.unparse(operand)})" if isinstance(operand, ast.BoolOp) else ast.unparse(operand)


class Guarded(MetaPathFinder, Loader):
    """Imports the modules named with a guard before each statement, and every other module as ever."""

    def __init__(self, modules: Sequence[str], guard: Guard) -> None:
        self._modules, self._guard = frozenset(modules), guard
        self._path: dict[str, str] = {}

    def install(self) -> None:
        """From now on the modules are imported like that; none may have been imported yet."""
        if not self._modules.isdisjoint(sys.modules):
            raise ImportError(", ".join(sorted(self._modules.intersection(sys.modules))))
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(fullname, path, target) if fullname in self._modules else None
        if found is None or found.origin is None:
            return None
        self._path[fullname] = found.origin
        return spec_from_loader(fullname, self, origin=found.origin)

    def exec_module(self, module: ModuleType) -> None:
        path = self._path[module.__name__]
        tree = Guarding(module.__name__, self._guard).visit(ast.parse(Path(path).read_text(), path))
        module.__dict__.update({SAYS: self._guard.says, SAYING: self._guard.saying, "__file__": path})
        exec(compile(ast.fix_missing_locations(tree), path, "exec"), module.__dict__)  # noqa: S102 - it is our own source
