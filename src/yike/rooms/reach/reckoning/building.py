"""From an uploaded file to a stored network, whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from yike.engines.travel import storage
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network
from yike.engines.travel.osm import network_from_osm


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will build the network of one mode and store it at `out`.

    `kind`: "osm" or "roads" (with `fields`: road_class, oneway, speed, names or ""). Returns
    digest, facts, nodes, arcs and warnings in words; raises TravelError.
    """
    network, out = _read(asked), Path(asked["out"])
    storage.save(prepared(network), out)
    with out.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "digest": digest,
        "nodes": network.nodes,
        "arcs": network.arcs,
        "facts": network.facts,
        "box": _box(network),
        "warnings": warnings(network.facts),
    }


def _read(asked: dict[str, Any]) -> Network:
    path = Path(asked["path"])
    if asked["kind"] == "osm":
        return network_from_osm(path, asked["mode"])
    # Only here: what reads an own layer takes longer to load than a county to build.
    from yike.engines.travel.roads import Fields, Joining, network_of_roads

    named = {key: value or None for key, value in asked["fields"].items()}
    joining = Joining(crossings=bool(asked.get("crossings")))
    return network_of_roads(path, asked["mode"], fields=Fields(**named), joining=joining)


def _box(network: Network) -> list[float]:
    edges = network.lon.min(), network.lat.min(), network.lon.max(), network.lat.max()
    return [round(float(edge), 6) for edge in edges]


def warnings(facts: dict[str, Any]) -> list[str]:
    """This will say in sentences what in the facts of a network somebody should look at."""
    said = [str(one) for one in facts.get("warnings", ())]
    pieces = facts.get("pieces") or {}
    for piece in pieces.get("listed", [])[1:]:
        near = f"“{piece['place']}”附近" if piece["place"] else f"{piece['lon']}, {piece['lat']} 处"
        said.append(f"{near}的一片路网（{piece['nodes']} 个节点）与主路网不连通，可能是海岛。")
    if pieces.get("small_nodes"):
        said.append(f"另有 {pieces['small_nodes']} 个节点在更小的断头路上。")
    report = facts.get("report") or {}
    if report.get("pieces", 1) > 1:
        said.append(
            f"路网分成 {report['pieces']} 片，最大的一片占 {report['largest_piece_percent']}%；"
            "请检查路口是否接上。"
        )
    return said
