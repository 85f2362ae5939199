"""The room's name to Django."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """时限."""

    name = "yike.rooms.clocks"
    label = "clocks"
    verbose_name = "时限"
