"""Addresses of the pages about layers, uploads, comparisons, platforms told, and base maps."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.desk import basemap, linkage, peers

urlpatterns: list[URLPattern | URLResolver] = [
    path("basemap", basemap.overview, name="basemap"),
    path("basemap/back", basemap.back, name="basemap_back"),
    path("basemap/<uuid:map_id>", basemap.one, name="basemap_one"),
    path("basemap/<uuid:map_id>/<str:what>", basemap.change, name="basemap_change"),
    path("linkage", linkage.linkage, name="linkage"),
    path("linkage/layers/<str:layer_id>.<str:format_>", linkage.layer_file, name="layer_file"),
    path("linkage/peers", peers.peers, name="peers"),
    path("linkage/peers/new", peers.new_peer, name="peer_new"),
    path("linkage/peers/<uuid:peer_id>", peers.peer, name="peer"),
    path("linkage/peers/<uuid:peer_id>/layers/<str:layer_id>", peers.layer, name="peer_layer"),
    path("linkage/peers/<uuid:peer_id>/codes", peers.codes, name="peer_codes"),
    path("linkage/peers/<uuid:peer_id>/push", peers.push, name="peer_push"),
    path("linkage/peers/<uuid:peer_id>/list", peers.their_list, name="peer_list"),
    path("linkage/peers/<uuid:peer_id>/list/fetch", peers.fetch_list, name="peer_list_fetch"),
    path("linkage/peers/<uuid:peer_id>/end", peers.end, name="peer_end"),
    path("linkage/uploads/new", linkage.new_upload, name="upload_new"),
    path("linkage/uploads/<uuid:upload_id>", linkage.upload, name="upload"),
    path(
        "linkage/uploads/<uuid:upload_id>/<str:verb>", linkage.change_upload, name="upload_change"
    ),
    path("linkage/comparisons/new", linkage.new_comparison, name="comparison_new"),
    path("linkage/comparisons/<uuid:comparison_id>", linkage.comparison, name="comparison"),
    path(
        "linkage/comparisons/<uuid:comparison_id>.csv",
        linkage.comparison_file,
        name="comparison_file",
    ),
    path(
        "linkage/comparisons/<uuid:comparison_id>/<int:at>/correction",
        linkage.take_up,
        name="comparison_take_up",
    ),
]
