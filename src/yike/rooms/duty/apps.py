"""The room's name to Django."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """值班."""

    name = "yike.rooms.duty"
    label = "duty"
    verbose_name = "值班"
