"""The room's name to Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """事项."""

    name = "yike.rooms.catalogue"
    label = "catalogue"
    verbose_name = "事项"
