"""Every write of exchange: uploads with their approval, comparisons."""

from yike.rooms.exchange.actions.comparing import compare_lists, take_up
from yike.rooms.exchange.actions.uploads import (
    apply_upload,
    drop_upload,
    return_upload,
    submit_upload,
    take_upload,
    undo_upload,
)

__all__ = [
    "apply_upload",
    "compare_lists",
    "drop_upload",
    "return_upload",
    "submit_upload",
    "take_up",
    "take_upload",
    "undo_upload",
]
