"""Pages say what is so: generated ones are current, words are listed, committed text is clean."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from checks import source
from yike.house import reference_pages

MAKE = "python -m yike.house.reference_pages"
WORDS = (source.ROOT / "WORDS.md").read_text(encoding="utf-8")


def test_generated_pages_are_current() -> None:
    reference_pages.load_everything()
    made = reference_pages.pages()
    stale = [name for name, text in made.items() if _read(source.ROOT / "docs" / name) != text]
    assert stale == [], f"run `{MAKE}` and commit what it writes"
    kept = [
        f"{folder}/{page.name}"
        for folder in ("reference", "rooms")
        for page in (source.ROOT / "docs" / folder).glob("*.md")
    ]
    assert sorted(kept) == sorted(made), f"run `{MAKE}`: it removes pages of what is gone"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _terms() -> list[tuple[str, str, str, str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in WORDS.splitlines()]
    heads = ("中文", "---")
    return [(r[0], r[1], r[2], r[3]) for r in rows if len(r) == 4 and r[0] not in heads]


def test_every_table_stands_in_the_words() -> None:
    listed = {(room, zh) for zh, _, _, room in _terms()}
    missing = []
    for model in apps.get_models():
        if model.__module__.startswith("yike.rooms."):
            room, name = model._meta.app_label, model.__name__
            zh = str(model._meta.verbose_name)
            if (room, zh) not in listed or name not in _english(zh):
                missing.append(f"| {zh} | {name} | … | {room} |")
    assert missing == [], "add these rows to WORDS.md, with the norm that defines the term"


def _english(term: str) -> str:
    return " ".join(en for zh, en, _, _ in _terms() if zh == term)


def test_every_state_stands_in_the_words() -> None:
    listed = {zh for zh, _, _, _ in _terms()}
    missing = {
        str(label)
        for model in apps.get_models()
        if model.__module__.startswith("yike.rooms.")
        for field in model._meta.get_fields()
        if field.name in ("state", "status")
        for _, label in getattr(field, "choices", None) or ()
        if str(label) not in listed
    }
    assert sorted(missing) == [], "add the state to WORDS.md: its one English word, norm and room"


def test_each_chinese_term_has_one_english_word() -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = [
        f"{zh} ({room})" for zh, en, _, room in _terms() if seen.setdefault((zh, room), en) != en
    ]
    assert twice == []
    assert [zh for zh, en, norm, room in _terms() if not (zh and en and norm and room)] == []


def test_recipes_name_files_that_exist() -> None:
    named = re.compile(r"`((?:src|checks|docs|stories|deploy)/[\w./-]+)`")
    gone = [
        f"{page.name}: {name}"
        for page in sorted((source.ROOT / "docs" / "how").glob("*.md"))
        for name in named.findall(_read(page))
        if not (source.ROOT / name).exists()
    ]
    assert gone == []


def test_every_direct_dependency_has_its_line_and_licence() -> None:
    project = tomllib.loads(_read(source.ROOT / "pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=!~ ]", one)[0].lower() for one in wanted}
    page = _read(source.ROOT / "docs/decisions/dependencies.md").lower()
    rows = dict(re.findall(r"^\| ([\w., -]+?) \| ([^|]+) \|", page, re.MULTILINE))
    run = {re.split(r"[\[<>=!~ ]", one)[0].lower() for one in project["project"]["dependencies"]}
    assert sorted(run - set(rows)) == [], "a row in docs/decisions/dependencies.md: licence, why"
    unnamed = [one for one in sorted(names - run) if not _named(one, page)]
    assert unnamed == [], "name it in the last paragraph of docs/decisions/dependencies.md"
    hard = [name for name, licence in rows.items() if re.search(r"\ba?gpl", licence)]
    assert hard == [], "nothing under GPL or AGPL at run time"


def _named(package: str, page: str) -> bool:
    return all(part in page for part in package.removesuffix("-python").split("-"))


def _committed() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=source.ROOT, capture_output=True, text=True, check=False
    )
    names = [name for name in done.stdout.split("\0") if name]
    if not names:
        pytest.skip("not a git checkout: nothing to compare with")
    paths = [source.ROOT / name for name in names]
    return [path for path in paths if path.is_file() and path != Path(__file__).resolve()]


#: what must not stand in any committed file, and why
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w./{*])/(?:home/(?!yike)|Users/|root/|work/|mnt/)\w+",
    "a package registry or mirror": (
        r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|registry|jfrog|artifactory|nexus|mirror)"
    ),
    "how the text was made": r"(?i)\b(?:as the user asked|in this session|as an ai)\b",
    "a key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "an unfinished merge": r"(?m)^(?:<{7}|>{7}) ",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_committed_text_holds_no(what: str) -> None:
    pattern, found = re.compile(FORBIDDEN[what]), []
    for path in _committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{source.where(path, text.count(chr(10), 0, hit.start()) + 1)}: {hit.group()}"
            for hit in pattern.finditer(text)
        ]
    assert found == []


def test_locks_name_no_address() -> None:
    """Hashes suffice: any mirror serves."""
    faults = [
        f"{path.name}: {hit}"
        for path in sorted((source.ROOT / "requirements").iterdir())
        for hit in re.findall(r"(?:https?|file)://\S+|--(?:extra-)?index-url.*", _read(path))
    ]
    assert faults == []


def test_threats_are_thought_of() -> None:
    assert len(_read(source.ROOT / "THREATS.md").splitlines()) > 40
