"""The house's configuration: one frozen dataclass, read from a TOML file and from YIKE_* variables.

What an office may change day by day (promises, forms, routing, fees) is data in tables, not here.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
import typing
from collections.abc import Mapping
from pathlib import Path

#: The checkout, or the folder the product was unpacked to.
ROOT = Path(__file__).resolve().parents[3]


class HouseError(Exception):
    """A part of the house cannot do what is asked; the sentence says why and what to do."""


class ConfigError(HouseError):
    """A setting is unknown or cannot be read; the sentence says which and what to write."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting of the product. Unknown keys stop the start."""

    #: Folder for what the house keeps: private database, keys, files, logs.
    state_dir: Path = ROOT / ".yike"
    #: An office's own PostgreSQL (>= 15), as URL; empty = the private server in state_dir.
    database_url: str = ""
    #: The same database as the role that owns nothing; empty = derived from database_url.
    app_database_url: str = ""
    #: Address and port the web server listens on. Put a reverse proxy with TLS before it.
    host: str = "127.0.0.1"
    port: int = 8900
    #: Web server processes, each with up to 20 database connections; 0 = as many as cores, 2 to 4.
    web_workers: int = 0
    #: Megabytes of road networks that the reckoner keeps loaded.
    reckoner_megabytes: int = 1024
    #: Host names under which the product is reached, comma-separated.
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    #: Address that citizens and other platforms use; for links in notices.
    public_url: str = "http://127.0.0.1:8900"
    #: True when the product stands behind TLS: cookies are then marked secure.
    https: bool = False
    #: Number of trusted proxies before the web server (X-Forwarded-For is read from the right).
    proxies: int = 0
    #: County whose portal this is: 6-digit division code.
    county: str = "330225"
    #: Load the demonstration county on first start.
    demo: bool = True
    #: Mail: host and port of the SMTP server; empty host = notices stay in the product.
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = False
    mail_from: str = "yike@localhost"
    #: Short messages: TOML file that describes the gateway (docs/how/connect-sms.md); empty = none.
    sms_gateway: str = ""
    #: Secret of the gateway, {secret} in its description.
    sms_secret: str = ""
    #: Other systems: hosts on private networks that links may call, comma-separated
    #: (oa.county.lan); empty = public addresses only.
    link_hosts: str = ""
    #: Try every night whether the targets of QR codes open: requests to other systems. Off = only
    #: what somebody tries by hand is written down.
    check_targets: bool = False
    #: Zhejiang: the script by which a page inside the 浙里办 app asks it for the position
    #: (https://assets.zjzwfw.gov.cn/assets/ZWJSBridge/1.1.0/zwjsbridge.js); empty = browser only.
    zlb_bridge: str = ""
    #: Approval number shown on every map (审图号); empty = the map says it has none.
    map_approval: str = ""
    #: Browser key of 天地图 (www.tianditu.gov.cn): maps then offer its tiles; empty = none outside.
    tianditu_key: str = ""
    #: Server key of 天地图 for looking up typed addresses: each then leaves the house when somebody
    #: presses the button. Empty = addresses are looked up in the office's own names only.
    tianditu_server_key: str = ""
    #: Staff roles that must use a second factor, comma-separated.
    second_factor_roles: str = "admin_system,admin_security"
    #: Networks staff may work from, comma-separated (10.2.0.0/16, 240e::/20); empty = everywhere.
    staff_networks: str = ""
    #: Narrower still: networks the three administrators may work from; empty = as staff.
    admin_networks: str = ""
    #: Staff roles that may only work on a registered device, comma-separated; empty = none.
    device_roles: str = ""
    #: Header in which the trusted proxy tells the client certificate it has verified (PEM, escaped,
    #: or SHA-256); empty = none. Believed only with proxies >= 1; the proxy must always set it.
    device_header: str = ""
    #: Minutes without a request after which a staff session ends.
    session_minutes: int = 30
    #: Show Python errors in pages; never in an office.
    debug: bool = False


def read(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Config:
    """This will return the configuration: defaults, then the TOML file, then YIKE_* variables.

    The file is `file`, or YIKE_CONFIG, or yike.toml beside the command if it exists. Refuses
    unknown keys and unreadable values with ConfigError. DATABASE_URL is understood as well.
    """
    path = file or Path(environ.get("YIKE_CONFIG", ROOT / "yike.toml"))
    given: dict[str, object] = {}
    if path.exists():
        given.update(tomllib.loads(path.read_text(encoding="utf-8")))
    elif file or "YIKE_CONFIG" in environ:
        raise ConfigError(f"The configuration file {path} does not exist.")
    if environ.get("DATABASE_URL"):
        given["database_url"] = environ["DATABASE_URL"]
    known = typing.get_type_hints(Config)
    given.update(
        {
            name: environ[f"YIKE_{name.upper()}"]
            for name in known
            if f"YIKE_{name.upper()}" in environ
        }
    )
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ConfigError(
            f"Unknown settings in {path}: {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
        )
    found = Config(**{name: _value(name, known[name], raw) for name, raw in given.items()})  # type: ignore[arg-type]
    if found.zlb_bridge and not found.zlb_bridge.startswith("https://"):
        raise ConfigError(f"zlb_bridge must begin with https://, not {found.zlb_bridge!r}.")
    return found


def _value(name: str, kind: type, raw: object) -> object:
    if kind is bool:
        if isinstance(raw, bool):
            return raw
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if str(raw).lower() in words:
            return words[str(raw).lower()]
        raise ConfigError(f"{name} must be true or false, not {raw!r}.")
    if kind is int:
        try:
            return int(str(raw))
        except ValueError:
            raise ConfigError(f"{name} must be a whole number, not {raw!r}.") from None
    if kind is Path:
        return Path(str(raw)).expanduser().resolve()
    return str(raw)
