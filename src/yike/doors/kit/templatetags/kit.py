"""Words for times, names and people in every template."""

from __future__ import annotations

from django import template

register = template.Library()
