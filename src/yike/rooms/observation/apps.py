"""The room's name to Django."""

from django.apps import AppConfig


class ObservationConfig(AppConfig):
    """观测."""

    name = "yike.rooms.observation"
    label = "observation"
    verbose_name = "观测"
