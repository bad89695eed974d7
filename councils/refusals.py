"""Refusals are exceptions whose message the person who tried may read. Bugs crash instead."""


class Refused(Exception):
    pass
