"""Rotation by command: identities move, indexes stay, old keys go only when nothing needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.guard import keyring
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, keys_cli, keysurvey, sealing
from yike.rooms.people.models import Party
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import HOUSE

TOLD = actions.PartyTold(name="张三丰", phone="13812345678")


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_FILE = tmp_path / "secrets" / "keys.json"
    settings.FILES_DIR = tmp_path / "files"


def _record(many: int) -> None:
    with acting(HOUSE):
        for _ in range(many):
            actions.record_party(told=TOLD, actor=HOUSE)


def _versions() -> set[int]:
    with acting(HOUSE):
        return set(Party.objects.values_list("key_version", flat=True))


@pytest.mark.django_db
class TestRotate:
    def test_moves_everything_and_keeps_the_index(self, capsys: Any) -> None:
        _record(3)
        before = sealing.phone_index(TOLD.phone)
        assert keys_cli.main(["rotate"]) == 0
        assert _versions() == {2}
        assert sealing.phone_index(TOLD.phone) == before
        assert keys_cli.main(["check"]) == 0
        said = capsys.readouterr().out
        assert "sealed anew: 3 identities" in said
        for key in keyring.ring().keys.values():
            assert key.hex() not in said

    def test_second_factors_move_too(self) -> None:
        made = makers.account("known")
        from yike.rooms.people import queries

        me = queries.actor_of(made, door="desk")
        assert me is not None
        with acting(me):
            begun = actions.enrol_totp(actor=me)
        assert keys_cli.main(["rotate"]) == 0
        assert keys_cli.main(["drop", "--now"]) == 0
        assert set(keyring.ring().keys) == {2}
        with acting(HOUSE):
            from yike.rooms.people.models import Secret

            kept = Secret.objects.get(account_id=made).totp
            assert kept is not None
            assert sealing.open_totp(made, kept) == begun.secret

    def test_status_names_versions_and_places(self, capsys: Any) -> None:
        _record(2)
        keys_cli.main(["rotate"])
        capsys.readouterr()
        assert keys_cli.main(["status"]) == 0
        said = capsys.readouterr().out
        assert "key 1: nothing" in said
        assert "key 2 (current): people_party.sealed 2" in said


@pytest.mark.django_db
class TestDrop:
    def test_waits_for_requests_under_way(self, capsys: Any) -> None:
        _record(1)
        keys_cli.main(["rotate"])
        assert keys_cli.main(["drop"]) == 1
        assert "wait" in capsys.readouterr().err
        assert set(keyring.ring().keys) == {1, 2}

    def test_a_used_key_stays(self) -> None:
        _record(1)
        with acting(HOUSE):
            actions.rotate_keys(actor=HOUSE)
            with pytest.raises(Clash, match=r"people_party\.sealed"):
                actions.drop_keys(versions=[1], actor=HOUSE)
        assert set(keyring.ring().keys) == {1, 2}

    def test_files_hold_their_key(self, settings: Any) -> None:
        file = Path(settings.FILES_DIR) / "ab" / "abcd"
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes([2, 0, 1]) + bytes(60))
        with acting(HOUSE):
            actions.rotate_keys(actor=HOUSE)
            assert [(use.where, use.version) for use in keysurvey.survey()] == [("files", 1)]
            with pytest.raises(Clash, match="files"):
                actions.drop_keys(versions=[1], actor=HOUSE)

    def test_is_the_houses(self) -> None:
        me = makers.staff("admin_system")
        for deed in (actions.rotate_keys, actions.reseal_secrets):
            with acting(me), pytest.raises(NotAllowed):
                deed(actor=me)


@pytest.mark.django_db
class TestCheck:
    @pytest.mark.parametrize(
        "harm",
        [
            "update people_party set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1)",
            "update people_party set id = '00000000-0000-7000-8000-000000000001'",
            "update people_party set phone_index = repeat('0', 64)",
        ],
    )
    def test_names_what_was_harmed(self, harm: str, capsys: Any) -> None:
        _record(1)
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute(harm)
        assert keys_cli.main(["check"]) == 1
        assert "party" in capsys.readouterr().err

    def test_a_lost_key_is_said(self, capsys: Any, settings: Any) -> None:
        _record(1)
        keyring.replace(keyring.ring().rotated())
        keyring.replace(keyring.ring().without(1))
        assert keys_cli.main(["status"]) == 1
        assert "restore keys.json" in capsys.readouterr().err
