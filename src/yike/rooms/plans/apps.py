"""The room's name to Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """计划."""

    name = "yike.rooms.plans"
    label = "plans"
    verbose_name = "计划"
