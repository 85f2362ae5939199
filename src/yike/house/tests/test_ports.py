"""One port, one house: from the first step of a start, long before the web server binds it."""

from __future__ import annotations

import dataclasses
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from yike.house import ports
from yike.house.config import Config
from yike.house.ports import PortTaken

_HOLDS = (
    "import sys; from yike.house import ports; from yike.house.config import Config;"
    "held = ports.held(Config(port=int(sys.argv[1]))); held.__enter__();"
    "print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE", 0.0)


@pytest.fixture
def config() -> Config:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Config(port=int(probe.getsockname()[1]))


@pytest.fixture
def another(config: Config) -> Iterator[subprocess.Popen[str]]:
    """Another house that is starting: nothing listens on its port yet."""
    made = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(config.port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert made.stdout is not None
    assert made.stdout.readline() == "held\n"
    yield made
    made.communicate()


def test_a_house_that_is_starting_holds_its_port_before_it_listens(
    config: Config, another: subprocess.Popen[str]
) -> None:
    with pytest.raises(PortTaken, match="another Yike") as refused, ports.held(config):
        pass
    free = int(str(refused.value).rsplit(" ", 1)[-1])
    assert free > config.port
    with ports.held(dataclasses.replace(config, port=free)):
        pass
    another.communicate()
    with ports.held(config):
        pass


def test_a_house_that_was_killed_holds_nothing(
    config: Config, another: subprocess.Popen[str]
) -> None:
    another.kill()
    another.wait()
    with ports.held(config):
        pass


def test_another_program_is_told_apart(config: Config) -> None:
    with socket.socket() as taken:
        taken.bind((config.host, config.port))
        taken.listen(1)
        with pytest.raises(PortTaken, match="another program"), ports.held(config):
            pass
    with ports.held(config), pytest.raises(PortTaken, match="another Yike"), ports.held(config):
        pass
