"""A council's own list of open enquiries, brought in from its spreadsheet.

`sheets` opens the file, `headings` finds the columns, `cells` reads one cell, `rows` one row; `checking` compares them
with each other and with the council's cases. Nothing is written before everything is read: that is
`enquiries.actions.importing`. What may stand in a file: docs/importing.md.
"""
