"""Refusals are exceptions whose message the person who tried may read. Bugs crash instead."""


class Refused(Exception):
    pass


class RoleRefused(Refused):
    """The role of whoever tried does not allow it."""
