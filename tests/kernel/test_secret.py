"""The key of an installation is made once, read by its owner alone, and gives the same for the same words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.kernel import secret
from app.kernel.settings import settings


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DIALOGDAG_FILES", str(tmp_path / "files"))
    settings.cache_clear()
    yield tmp_path / "files"
    settings.cache_clear()


def test_the_same_words_give_the_same_for_one_purpose_and_one_key(files: Path) -> None:
    first = secret.sealed("a", "b", "c")
    secret._key.cache_clear()

    assert secret.sealed("a", "b", "c") == first
    others = [secret.sealed(*words) for words in (("a", "bc"), ("ab", "c"), ("a", "c", "b"), ("b", "b", "c"))]
    assert (len({first, *others}), {len(one) for one in (first, *others)}) == (5, {32})
    (key,) = files.iterdir()
    key.unlink()
    secret._key.cache_clear()
    assert secret.sealed("a", "b", "c") != first


def test_nobody_but_its_owner_reads_the_key(files: Path) -> None:
    secret.sealed("a")

    (key,) = files.iterdir()
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, 32)


def test_of_several_who_make_the_key_at_once_all_get_the_first(files: Path) -> None:
    def read(_: int) -> bytes:
        return secret._key.__wrapped__(files / "installation.key")

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(read, range(16)))

    assert (len(keys), len(list(files.iterdir()))) == (1, 1)


def test_a_key_that_is_none_is_not_used(files: Path) -> None:
    files.mkdir()
    (files / "installation.key").write_bytes(b"")

    with pytest.raises(ValueError, match="holds no key"):
        secret.sealed("a")
