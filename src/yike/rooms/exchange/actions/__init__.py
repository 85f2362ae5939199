"""Every write of exchange: uploads with their approval, comparisons, platforms that are told."""

from yike.rooms.exchange.actions.comparing import compare_lists, take_up
from yike.rooms.exchange.actions.lists import ask_list, set_list, take_list
from yike.rooms.exchange.actions.peers import (
    ask_push,
    end_peer,
    publish_codes,
    register_peer,
    subscribe,
)
from yike.rooms.exchange.actions.pushing import note_fate, push_changes
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
    "ask_list",
    "ask_push",
    "compare_lists",
    "drop_upload",
    "end_peer",
    "note_fate",
    "publish_codes",
    "push_changes",
    "register_peer",
    "return_upload",
    "set_list",
    "submit_upload",
    "subscribe",
    "take_list",
    "take_up",
    "take_upload",
    "undo_upload",
]
