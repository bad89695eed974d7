import json
import socket

from lafse.services.failures import CannotStart
from lafse.services.folders import Folders

LOOPBACK = "127.0.0.1"
HIGHEST = 65_535


def port_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= HIGHEST):
        raise CannotStart(f"{text!r} is no port. Choose a number from 1024 to {HIGHEST}: PORT=8001 make run")
    return int(text)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def remembered_port(folders: Folders, name: str) -> int:
    """The port this server had last time, so that open connections strings stay right; another if it is taken."""
    path = folders.run / "ports.json"
    ports: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
    if name not in ports or not is_free(ports[name]):
        ports[name] = _free_port()
        path.write_text(json.dumps(ports))
    return ports[name]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
