from staff.sign_on.actions.admitting import NotAdmitted, admit
from staff.sign_on.actions.setting_up import add, change, end, replace_secret, unlink

__all__ = ["NotAdmitted", "add", "admit", "change", "end", "replace_secret", "unlink"]
