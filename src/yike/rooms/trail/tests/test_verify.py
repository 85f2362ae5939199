"""A database owner tampers; `verify` names the first entry that is not as it was sealed."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.trail import proof, queries, reading, sealing, verify
from yike.rooms.trail.anchors import Anchor
from yike.rooms.trail.chain import Link
from yike.rooms.trail.examine import Examiner, Fault
from yike.rooms.trail.tests import makers

pytestmark = pytest.mark.commits


@pytest.fixture(autouse=True)
def anchors_in(settings: Any, tmp_path: Path, committed: str) -> Path:
    settings.ANCHORS_DIR = tmp_path / "anchors"
    makers.boil(10)
    makers.seal(10)
    return tmp_path / "anchors"


def fault(*anchors: Anchor) -> Fault | None:
    return verify.walk(Examiner(anchors), reading.pieces())


TAMPERED: list[tuple[str, str, int, tuple[str, ...]]] = [
    ("altered", "body", 4, ("update trail_entry set body = '{}' where id = 4",)),
    ("altered", "who", 1, ("update trail_entry set actor_ref = 'x' where id = 1",)),
    ("altered", "when", 10, ("update trail_entry set at = at + interval '1 us' where id = 10",)),
    ("altered", "xid", 5, ("update trail_entry set xid = xid + 1 where id = 5",)),
    ("removed", "middle", 6, ("delete from trail_entry where id = 6",)),
    ("removed", "first", 1, ("delete from trail_entry where id = 1",)),
    ("removed", "last", 10, ("delete from trail_entry where id = 10",)),
    (
        "reordered",
        "ids exchanged",
        3,
        (
            "update trail_entry set id = 99 where id = 3",
            "update trail_entry set id = 3 where id = 7",
            "update trail_entry set id = 7 where id = 99",
        ),
    ),
    ("seal-altered", "seal", 4, ("update trail_seal set digest = sha256('x') where seq = 4",)),
    ("seal-removed", "seal", 4, ("delete from trail_seal where seq = 5",)),
    (
        "seal-removed",
        "seal and entry",
        4,
        ("delete from trail_seal where seq = 5", "delete from trail_entry where id = 5"),
    ),
    (
        "altered",
        "entry and its own seal",
        6,
        (
            "update trail_entry set body = '{}' where id = 5",
            "update trail_seal set digest = %RESEAL5% where seq = 5",
        ),
    ),
]


@pytest.mark.parametrize(
    ("what", "how", "entry_id", "statements"), TAMPERED, ids=[f"{t[0]}-{t[1]}" for t in TAMPERED]
)
def test_the_first_fault_is_named(
    what: str, how: str, entry_id: int, statements: tuple[str, ...]
) -> None:
    assert fault() is None
    for statement in statements:
        makers.tamper(statement.replace("%RESEAL5%", _resealed(5)))
    found = fault()
    assert found is not None
    assert (found.what, found.entry_id) == (what, entry_id)
    if what in {"altered", "reordered", "seal-altered"}:
        assert "tests.KettleBoiled" in found.words or "trail.KettleBoiled" in found.words


def _resealed(seq: int) -> str:
    """The digest a forger would compute for one entry."""
    from yike.rooms.trail.chain import link

    (piece,) = list(reading.pieces())
    digest = link(piece.links[seq - 2].digest, piece.lines[seq - 1])
    return f"'\\x{digest.hex()}'::bytea"


def test_an_entry_inserted_in_a_gap_is_named() -> None:
    with makers.another() as other:
        other.execute("begin")
        makers.insert(other)
        other.execute("rollback")
    makers.boil(2)
    makers.seal(2)
    assert fault() is None
    makers.tamper("insert into trail_entry select 11, (e).* from (select at, xid, kind, about, "
                  "subject, region_code, actor_kind, actor_ref, actor_label, actor_org, door, "
                  "request_id, body from trail_entry where id = 3) e")  # fmt: skip
    found = fault()
    assert found is not None
    assert (found.what, found.entry_id) == ("inserted", 11)


def test_a_cut_tail_is_seen_against_the_head(anchors_in: Path) -> None:
    makers.tamper("delete from trail_seal where seq > 8", "delete from trail_entry where id > 8")
    assert fault() is None, "the chain alone cannot know how long it was"
    assert verify.main(["verify"]) == verify.FAULTY


def test_a_cut_tail_grown_again_is_seen_too(capsys: pytest.CaptureFixture[str]) -> None:
    makers.tamper("delete from trail_seal where seq > 8", "delete from trail_entry where id > 8")
    makers.boil(5, kettle="other")
    with makers.another() as other:  # sealed by the forger, past the anchors
        other.execute("begin")
    _rewrite()
    assert fault() is None
    assert verify.main(["verify"]) == verify.FAULTY
    assert "rewritten" in capsys.readouterr().out


def _rewrite() -> None:
    """The whole chain anew over what stands there now, as a database owner can."""
    makers.tamper("delete from trail_seal")
    with makers.another("yike_owner") as owner, owner.cursor() as cursor:
        from yike.rooms.trail.chain import GENESIS

        sealing.seal_from(cursor, Link(0, 0, GENESIS), until=10**9, limit=10**6)


def test_a_chain_rewritten_as_a_whole_is_seen_only_against_what_was_kept_elsewhere(
    anchors_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.jsonl"
    assert verify.main(["verify", "--write-proof", str(kept)]) == verify.WHOLE
    makers.tamper("update trail_entry set body = '{}' where id = 4")
    _rewrite()
    assert fault() is None, "from the chain alone it looks whole: README.md says so"
    for file in anchors_in.iterdir():
        file.unlink()
    capsys.readouterr()
    assert verify.main(["verify"]) == verify.WHOLE
    assert "a rewritten chain looks whole" in capsys.readouterr().out
    assert verify.main(["verify", "--against", str(kept)]) == verify.FAULTY
    assert "rewritten" in capsys.readouterr().out


def test_the_auditors_page_compares_the_head_with_the_anchor(anchors_in: Path) -> None:
    house = actors.system("test")
    with acting(house):
        state = queries.seal_state()
        assert (state.agrees, state.anchored, state.sealed) == (True, 10, 10)
        assert state.since is not None
    makers.tamper("update trail_entry set body = '{}' where id = 4")
    _rewrite()
    with acting(house):
        assert not queries.seal_state().agrees
    makers.tamper("delete from trail_seal where seq > 8")
    with acting(house):
        assert not queries.seal_state().agrees
    for file in anchors_in.iterdir():
        file.unlink()
    with acting(house):
        assert queries.seal_state().anchored_at == ""


def test_entries_not_sealed_yet_are_no_fault() -> None:
    makers.boil(3)
    assert fault() is None


def test_a_removed_tail_of_seals_grows_back_the_same() -> None:
    makers.tamper("delete from trail_seal where seq > 5")
    makers.seal(5)
    assert verify.main(["verify"]) == verify.WHOLE


class TestProofFile:
    @pytest.fixture
    def written(self, tmp_path: Path) -> Path:
        file = tmp_path / "proof.jsonl"
        assert verify.main(["verify", "--write-proof", str(file)]) == verify.WHOLE
        return file

    def test_is_whole_without_database_or_django(self, written: Path) -> None:
        code = (
            "import sys; from yike.rooms.trail import verify; "
            f"code = verify.main(['verify', '--proof', {str(written)!r}]); "
            "assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')]; "
            "sys.exit(code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(Path(verify.__file__).parents[3])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == verify.WHOLE, done.stderr
        assert "Whole: 10 entries" in done.stdout

    def test_needs_no_database_by_its_words(self) -> None:
        assert not verify.needs_database(["verify", "--proof", "x"])
        assert not verify.needs_database(["verify", "--proof=x"])
        assert verify.needs_database(["verify", "--write-proof", "x"])

    def test_packed_is_the_same(self, tmp_path: Path) -> None:
        file = tmp_path / "proof.jsonl.gz"
        assert verify.main(["verify", "--write-proof", str(file)]) == verify.WHOLE
        assert gzip.decompress(file.read_bytes()).count(b"\n") == 11
        assert verify.main(["verify", "--proof", str(file)]) == verify.WHOLE

    def _change(self, file: Path, change: Callable[[list[str]], object]) -> Fault | None:
        lines = file.read_text().splitlines(keepends=True)
        change(lines)
        file.write_text("".join(lines))
        return proof.check(file)[1]

    @pytest.mark.parametrize(
        ("what", "place", "change"),
        [
            ("altered", 3, lambda lines: lines.__setitem__(2, lines[2].replace("k2", "k9"))),
            ("seal-removed", 4, lambda lines: lines.pop(3)),
            ("seal-removed", 2, lambda lines: lines.insert(1, lines.pop(2))),
            ("seal-removed", 2, lambda lines: lines.insert(1, lines[0])),
            ("damaged", 10, lambda lines: lines.pop(9)),
            ("damaged", 11, lambda lines: lines.pop()),
            ("damaged", 1, lambda lines: lines.__setitem__(5, "{broken\n")),
            ("damaged", 1, lambda lines: lines.clear()),
        ],
    )
    def test_tampering_is_named(
        self, written: Path, what: str, place: int, change: Callable[[list[str]], object]
    ) -> None:
        found = self._change(written, change)
        assert found is not None
        assert (found.what, found.seq) == (what, place)

    def test_a_forged_manifest_is_noticed(self, written: Path) -> None:
        def forge(lines: list[str]) -> None:
            facts = json.loads(lines[-1])
            facts["manifest"]["head"] = "00" * 32
            lines[-1] = json.dumps(facts)

        found = self._change(written, forge)
        assert found is not None
        assert found.what == "damaged"

    def test_an_earlier_proof_is_the_beginning_of_a_later_one(
        self, written: Path, tmp_path: Path
    ) -> None:
        makers.boil(4)
        makers.seal(4)
        later = tmp_path / "later.jsonl"
        words = ["verify", "--write-proof", str(later), "--against", str(written)]
        assert verify.main(words) == verify.WHOLE
        assert verify.main(["verify", "--proof", str(later), "--against", str(written)]) == 0
        assert verify.main(["verify", "--proof", str(written), "--against", str(later)]) == 1

    def test_nothing_whole_leaves_no_file(self, tmp_path: Path) -> None:
        makers.tamper("update trail_entry set body = '{}' where id = 4")
        folder = tmp_path / "out"
        folder.mkdir()
        words = ["verify", "--write-proof", str(folder / "p.jsonl")]
        assert verify.main(words) == verify.FAULTY
        assert list(folder.iterdir()) == []

    def test_what_cannot_be_read_is_said(self, tmp_path: Path) -> None:
        assert verify.main(["verify", "--proof", str(tmp_path / "none")]) == verify.FAULTY
        assert verify.main(["verify", "--against", str(tmp_path / "none")]) == verify.UNUSABLE
