"""The room's name to Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """阵地."""

    name = "yike.rooms.places"
    label = "places"
    verbose_name = "阵地"
