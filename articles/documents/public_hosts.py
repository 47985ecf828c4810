"""Which machines may be asked for a document: those of the public internet, and hosts that are named.

A name is resolved once, and the connection goes to an address that was looked at: a name server that answers otherwise
the second time (DNS rebinding) has nothing to gain.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence

from articles.documents.errors import UnreadableDocument

# Host and port in, network addresses out; an `OSError` where there are none.
Resolve = Callable[[str, int], Sequence[str]]

PORTS = frozenset({80, 443})
# Public by their number, and yet ways to another machine: IPv4 within IPv6 (mapped, compatible, 6to4, NAT64, Teredo,
# ISATAP's tunnels among them), the relays of 6to4, site-local addresses.
DETOURS = tuple(
    ipaddress.ip_network(written)
    for written in (
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("2001::/32", "2002::/16", "192.88.99.0/24", "fec0::/10"),
    )
)


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def find_addresses(
    host: str, port: int, *, source: str, allowed_hosts: Collection[str] = (), resolve: Resolve = resolve
) -> list[str]:
    """The network addresses of a host that may be connected to, in the order to try them.

    Args:
        host: a name or a number, without brackets.
        port: the one to be connected to.
        source: what is fetched, for errors.
        allowed_hosts: hosts that may have private addresses, and any port.
        resolve: finds the addresses.

    Raises:
        UnreadableDocument: the host is unknown, one of its addresses is none of the public internet, or the port is
            none of the web's.
    """
    is_allowed = host.casefold() in {allowed.casefold().strip("[]") for allowed in allowed_hosts}
    if port not in PORTS and not is_allowed:
        raise UnreadableDocument(source, f"{host} would be asked at port {port}; expected port 80 or 443")
    try:
        found = list(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as error:
        raise UnreadableDocument(source, f"there is no host {host}") from error
    for address in found:
        if not is_allowed and not is_public(address):
            raise UnreadableDocument(source, f"{host} is {address}, which is no address of the public internet")
    return found


def is_public(address: str) -> bool:
    """Whether a network address is one machine of the public internet.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    number = ipaddress.ip_address(address)
    if not number.is_global or number.is_multicast or number.is_reserved or number.is_link_local:
        return False
    return not any(number in network for network in DETOURS if network.version == number.version)
