import json

from rich.table import Table

from lafse.services.folders import Folders
from lafse.services.given import is_given
from lafse.services.progress import console, say


def show_addresses(folders: Folders, port: int) -> None:
    base = f"http://localhost:{port}"
    say(f"\n[bold]Running at {base}/[/]")
    say(f"  Public site        {base}/")
    say(f"  Staff log-in       {base}/staff/")
    if not is_given("DATABASE_URL"):
        say(f"  Mail that was sent {base}/mailbox/")
        say(f"  An ambassador      {base}/ambassadors/  (anna.ambassador@example.org; the link comes by mail)")
    _show_log_ins(folders)
    say(f"Logs: {folders.log}    Stop: Ctrl-C\n")


def _show_log_ins(folders: Folders) -> None:
    """Written by `manage.py demo`: a list of rows, one for each person."""
    path = folders.run / "demo-logins.json"
    if not path.exists():
        return
    rows: list[dict[str, str]] = json.loads(path.read_text())
    table = Table(
        title="Demonstration log-ins (made for this checkout only)",
        title_justify="left",
        box=None,
    )
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row.values())
    console.print(table)
    say("Second step: the code of anybody's app, by first name, in another window:")
    say("  .venv/bin/python manage.py demo_code Kerry\n")
