"""The browser that drives the stories: found, or installed where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

#: Programs that Playwright can drive as Chromium, in the order of preference.
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
#: Without this font Chinese text is drawn as boxes.
APT = ("chromium", "fonts-noto-cjk")
VARIABLE = "YIKE_CHROME"


def find() -> Path | None:
    """This will return YIKE_CHROME, or the first browser on this machine; None without one."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found and not _is_snap_stub(Path(found)):
            return Path(found)
    return MAC if MAC.exists() else None


def find_or_install() -> tuple[Path | None, str]:
    """This will return the browser, or None and the plain reason why there is none.

    As root on Debian or Ubuntu it is installed by apt, with a font for Chinese.
    """
    found = find()
    if found is not None and _has_chinese_font():
        return found, ""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return found, "" if found else "no Chrome or Chromium here, and only root may install one"
    failed = _apt_install([*([] if found else APT[:1]), APT[1]])
    found = find()
    return found, "" if found else f"apt could not install Chromium: {failed}"


def _apt_install(packages: list[str]) -> str:
    """What apt said when it failed; "" when all is installed."""
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *words], env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return done.stderr.strip()[-600:]
    return ""


def _is_snap_stub(program: Path) -> bool:
    """Ubuntu's `chromium` is a script that only asks for snap; it cannot be driven."""
    try:
        with program.open("rb") as handle:
            head = handle.read(4096)
    except OSError:
        return True
    return head.startswith(b"#!") and b"snap" in head and not Path("/snap/bin/chromium").exists()


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return any(Path("/usr/share/fonts").glob("**/*CJK*"))
    done = subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())
