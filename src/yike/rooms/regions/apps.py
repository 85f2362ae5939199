"""The room's name to Django."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """区划."""

    name = "yike.rooms.regions"
    label = "regions"
    verbose_name = "区划"
