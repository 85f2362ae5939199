"""The key file: made once, private, read anew after a rotation, never exchanged for a stranger."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from yike.engines.seal import KeyRing, open_, seal
from yike.rooms.guard import keyring


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    file = tmp_path / "secrets" / "keys.json"
    settings.KEYS_FILE = file
    return file


class TestRing:
    def test_is_made_once_and_private(self, key_file: Path) -> None:
        first = keyring.ring()
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
        assert keyring.ring() is first
        assert list(key_file.parent.iterdir()) == [key_file]

    def test_open_to_others_is_refused(self, key_file: Path) -> None:
        keyring.ring()
        key_file.chmod(0o640)
        with pytest.raises(keyring.KeysError, match="chmod 600"):
            keyring.ring()

    def test_rotation_is_seen_and_old_tokens_stay_readable(self, key_file: Path) -> None:
        token = seal(keyring.ring(), "test", b"secret", b"here")
        keyring.replace(keyring.ring().rotated())
        assert keyring.ring().current == 2
        assert open_(keyring.ring(), "test", token, b"here") == b"secret"
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600

    def test_strangers_keys_are_refused(self, key_file: Path) -> None:
        before = keyring.ring()
        with pytest.raises(keyring.KeysError, match="index key"):
            keyring.replace(KeyRing.new("other"))
        assert keyring.ring() is before
