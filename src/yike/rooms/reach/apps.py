"""The room's name to Django."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """服务圈."""

    name = "yike.rooms.reach"
    label = "reach"
    verbose_name = "服务圈"
