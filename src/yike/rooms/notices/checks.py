"""Says at start when the description of the gateway cannot be used."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from yike.rooms.notices import gateway


def announce() -> None:
    """This will register the checks with Django."""
    register(gateway_is_fit)


def gateway_is_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """This will read the description, if one is named."""
    if not gateway.is_set_up():
        return []
    try:
        gateway.adapter()
    except gateway.Unfit as error:
        return [Error(str(error), hint="See docs/how/connect-sms.md.", id="notices.E001")]
    return []
