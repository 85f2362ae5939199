"""Lists of networks: which addresses may come in. Pure; reads `10.2.0.0/16, 240e::/20`."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


def read_networks(listed: str | Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """This will return the networks of a comma-separated list. Refuses others with ValueError."""
    parts = listed.split(",") if isinstance(listed, str) else listed
    return tuple(ip_network(part.strip(), strict=False) for part in parts if part.strip())


def inside(address: str, listed: str | Iterable[str]) -> bool:
    """This will say whether an address lies in one of the networks; an empty list holds all.

    What is no address (a socket, a test) lies in no listed network.
    """
    networks = read_networks(listed)
    if not networks:
        return True
    found = _read(address)
    return found is not None and any(found in network for network in networks)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address written as IPv6 (::ffff:10.2.0.1) is the IPv4 address."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found
