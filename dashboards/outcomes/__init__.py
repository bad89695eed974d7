"""Outcomes come back: what became of applications in Mosaic, Liquidlogic or CHARMS, by a list or one by one.

`words`, `rows` and `sheet` read a council's list and know no case; `finding` looks for the case of each row;
`applications` are those that are open, and whether a council has confirmed them this month. What writes:
`dashboards.actions.outcomes` and `confirming`.
"""
