"""Every sentence that people read stands in bokmål and in nynorsk, with the same places to fill."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from app.kernel import forms, refusals
from app.kernel.languages import FOLDER, LANGUAGES, catalogue
from app.kernel.refusals import Refusal
from app.kernel.settings import Language

APP = FOLDER.parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]
OPERATORS = ("cli.py", "serving.py", "worker.py", "demo/", "kernel/start.py")  # the command line speaks English
REFUSALS = {name: kind for name, kind in inspect.getmembers(refusals, inspect.isclass) if issubclass(kind, Refusal)}
SENTENCE = re.compile(r"(?:[a-z_.\[\]]+: )?[A-Z“].* .*[.?]", re.DOTALL)
PLACE = re.compile(r"{(\w*)[^}]*}")


def _modules() -> list[Path]:
    paths = sorted(APP.rglob("*.py"))
    return [path for path in paths if not path.relative_to(APP).as_posix().startswith(OPERATORS)]


def _templates() -> list[Path]:
    return [path for path in sorted((APP / "templates").rglob("*")) if path.suffix in {".html", ".txt"}]


def _texts(*nodes: ast.AST) -> Iterator[str]:
    for node in nodes:
        yield from (
            part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )


def _said_by(call: ast.Call) -> Iterator[str]:
    """What a call says to people: a refusal, a fault in what was typed, or a translated sentence."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = 0 if name in REFUSALS else {"PydanticCustomError": 1, "translate": 1, "_say_no": 2}.get(name)
    if place is not None:
        yield from _texts(*call.args[place : place + 1])


def _not_for_people(tree: ast.AST) -> set[str]:
    """Docstrings, what describes the API and the settings, and last words on the command line."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {ast.get_docstring(node, clean=False) or "" for node in ast.walk(tree) if isinstance(node, documented)}
    labels = [
        node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in {"description", "summary"}
    ]
    exits = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "sys.exit"]
    return docs | set(_texts(*labels, *exits))


def _said_in_module(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    whole = {text for text in _texts(tree) if SENTENCE.fullmatch(text)} - _not_for_people(tree)
    return whole | {text for call in calls for text in _said_by(call)}


def _said_in_template(path: Path) -> set[str]:
    with path.open("rb") as file:
        messages = [message for _, _, message, _ in babel_extract(file, ("_",), (), {"trimmed": "false"})]
    first = [message[0] if isinstance(message, tuple) else message for message in messages]
    return {message for message in first if message}


def sentences() -> set[str]:
    """Every English sentence that is translated before people read it."""
    said = {kind.title for kind in REFUSALS.values()} | set(forms._SENTENCES.values())
    return said.union(*map(_said_in_module, _modules()), *map(_said_in_template, _templates()))


def test_the_sentences_are_found_where_they_are_said() -> None:
    assert {
        "There is no such dialogue.",  # a refusal
        "Use visible characters only.",  # a fault in what was typed
        "Write a whole number.",  # one of pydantic's, in our words
        "A fault of ours",  # a title
        "Mend {count} things before you go on",  # in a template
    } <= sentences()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_stands_in_the_catalogue(language: Language) -> None:
    assert sorted(sentences() - catalogue(language).keys()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_the_sentence(language: Language) -> None:
    differing = [
        sentence
        for sentence, words in catalogue(language).items()
        if set(PLACE.findall(sentence)) != set(PLACE.findall(words))
    ]

    assert differing == []


def test_no_sentence_is_translated_in_two_ways() -> None:
    """Rooms may need the same sentence; they then say the same."""
    from babel.messages.pofile import read_po

    said: dict[tuple[str, str], set[str]] = {}
    for path in sorted(FOLDER.rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    said.setdefault((path.parent.name, str(message.id)), set()).add(str(message.string))

    assert {place: words for place, words in said.items() if len(words) > 1} == {}
