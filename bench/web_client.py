"""Who asks: as little work as there can be, so that the server is what is measured."""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple


class Asked(NamedTuple):
    """What is asked for, and the tag of what is there already; empty when there is nothing."""

    path: str
    etag: str = ""

    @property
    def request(self) -> bytes:
        """The request as it goes out."""
        known = f'If-None-Match: "{self.etag}"\r\n' if self.etag else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{known}\r\n".encode()


async def many(port: int, asked: Asked, connections: int, seconds: float, status: int) -> float:
    """How many are answered a second, each connection asking again as soon as it has its answer.

    Raises ValueError for an answer of another status.
    """
    end = time.perf_counter() + seconds

    async def again_and_again() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request, count = asked.request, 0
        while time.perf_counter() < end:
            writer.write(request)
            _check(await _status(reader), status)
            count += 1
        writer.close()
        return count

    began = time.perf_counter()
    counts = await asyncio.gather(*(again_and_again() for _ in range(connections)))
    return sum(counts) / (time.perf_counter() - began)


async def one_by_one(port: int, asked: Sequence[Asked], seconds: float) -> None:
    """Ask for each once, evenly over so many seconds, over a connection of its own; raises ValueError as above."""
    began = time.perf_counter()
    for number, one in enumerate(asked):
        await asyncio.sleep(began + seconds * number / len(asked) - time.perf_counter())
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(one.request)
        _check(await _status(reader), 304 if one.etag else 200)
        writer.close()


async def _status(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, found, length = head.partition(b"content-length:")
    if found and (size := int(length.split(b"\r\n", 1)[0])):
        await reader.readexactly(size)
    return int(head[9:12])


def _check(status: int, expected: int) -> None:
    if status != expected:
        raise ValueError(f"answered {status}, not {expected}")
