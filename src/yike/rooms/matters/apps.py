"""The room's name to Django."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """事务."""

    name = "yike.rooms.matters"
    label = "matters"
    verbose_name = "事务"
