"""The room's name to Django."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """队伍."""

    name = "yike.rooms.providers"
    label = "providers"
    verbose_name = "队伍"
