import argparse
import os
import shutil
import signal
import subprocess
import sys
from types import FrameType

import lafse.services
from lafse.services.failures import CannotStart
from lafse.services.folders import Folders
from lafse.services.keeper import keep
from lafse.services.launch import launch
from lafse.services.ports import port_of
from lafse.services.usage import is_locked, locked, use, wanted


def main(arguments: list[str]) -> int:
    asked = _parse(arguments)
    try:
        match asked.command:
            case "run":
                return launch(Folders(), port_of(asked.port))
            case "exec":
                return _execute(asked.program)
            case "keep":
                keep(Folders())
            case "stop":
                _stop(Folders())
            case "forget":
                _forget(Folders())
    except CannotStart as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lafse.services", description=lafse.services.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="everything, until Ctrl-C")
    run.add_argument("--port", default=os.environ.get("PORT", "8000"))
    execute = commands.add_parser("exec", help="a program with the services' environment: exec -- pytest …")
    execute.add_argument("program", nargs="+")
    commands.add_parser(
        "keep",
        help="PostgreSQL and Valkey until nobody uses them (started by the other commands)",
    )
    commands.add_parser("stop", help="stop PostgreSQL and Valkey, whoever uses them")
    commands.add_parser(
        "forget",
        help="stop them and remove their data where they lie outside the checkout",
    )
    return parser.parse_args(arguments)


def _execute(program: list[str]) -> int:
    environment = {**os.environ, **(use().environment if wanted() else {})}
    early: list[int] = []  # a signal may come before there is a child to pass it on to
    signal.signal(signal.SIGTERM, lambda number, _: early.append(number))
    child = subprocess.Popen(program, env=environment)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends Ctrl-C to the child as well
    for number in early:
        child.send_signal(number)
    return child.wait()


def _stop(folders: Folders) -> None:
    if not folders.run.exists():
        return
    if is_locked(folders.keeper_lock):
        os.kill(int(folders.keeper_pid.read_text()), signal.SIGTERM)
    with locked(folders.keeper_lock):  # ours when it has ended
        return


def _forget(folders: Folders) -> None:
    _stop(folders)
    if folders.run.exists() and folders.home != folders.run:
        shutil.rmtree(folders.home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
