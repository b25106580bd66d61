"""What of a network may be reached on behalf of strangers: servers that anybody reaches, and nothing that only we do.

An address that somebody gives us may name our own machine, its neighbours or the cloud's own server (169.254.169.254).
So a name is resolved once, every answer is checked, and the connection is made to what was checked: asked a second
time, the name might have another answer (DNS rebinding).
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswerInTime
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

_NOT_FOR_US = [
    ipaddress.ip_network(network)
    for network in (
        # By cause, whatever this version of Python counts as global:
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's own server, which looks like any other
        # Ways through IPv6 to addresses of IPv4, and examples:
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # so not ::1, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8


class Unreachable(Exception):
    """Nothing that may be reached is at the other end."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody reaches."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    is_one_of_all = found.version == 4 or found in _GLOBAL_V6
    return is_one_of_all and found.is_global and not any(found in network for network in _NOT_FOR_US)


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a name; raises OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Internet:
    """How names are resolved, which addresses and ports may be reached, and whose certificates are believed."""

    resolve: Callable[[str, int], list[str]] = resolved
    may_reach: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({443})
    tls: Callable[[], ssl.SSLContext] = httpx.create_ssl_context

    def addresses(self, host: str, port: int, ends: float) -> list[str]:
        """The addresses of a host, each of which may be reached, before the moment `ends`; raises Unreachable."""
        try:
            found = _asked(self.resolve, host, port).result(timeout=max(ends - time.monotonic(), 0))
        except (OSError, UnicodeError, ValueError, NoAnswerInTime) as fault:
            raise Unreachable from fault
        # One that may not be reached among others is no accident.
        if not found or not all(self.may_reach(address) for address in found):
            raise Unreachable
        return found


@cache
def _resolvers() -> ThreadPoolExecutor:
    # The system's resolver knows no time limit: who waits for it can at least go away.
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolver")


def _asked(resolve: Callable[[str, int], list[str]], host: str, port: int) -> Future[list[str]]:
    return _resolvers().submit(resolve, host, port)


class Pinned(httpcore.NetworkBackend):
    """Connections to one of these addresses, whatever host is asked for, all over at the moment `ends`."""

    def __init__(self, addresses: Iterable[str], ends: float) -> None:
        self.addresses, self.ends = list(addresses), ends

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 the signature is httpcore's: the certificate is held against it, and no name is looked up
        port: int,
        timeout: float | None = None,  # noqa: ARG002 likewise
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """The stream to the first address that answers; raises httpcore.ConnectError or ConnectTimeout."""
        fault: Exception = httpcore.ConnectError()
        for address in self.addresses[:3]:
            try:
                backend = httpcore.SyncBackend()
                stream = backend.connect_tcp(address, port, _left(self.ends), local_address, socket_options)
                return _Bounded(stream, self.ends)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                fault = refused
        raise fault


class _Bounded(httpcore.NetworkStream):
    """A stream that is over at the moment `ends`: a server may send a letter a second for ever, in its headers too."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self.stream, self.ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 the signature is httpcore's
        return self.stream.read(max_bytes, _left(self.ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 likewise
        self.stream.write(buffer, _left(self.ends))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 likewise
    ) -> httpcore.NetworkStream:
        return _Bounded(self.stream.start_tls(ssl_context, server_hostname, _left(self.ends)), self.ends)

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
