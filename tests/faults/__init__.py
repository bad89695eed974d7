"""The fault harness: a whole hub of its own, broken in every way we know, and asked afterwards what it lost.

    python -m tests.faults [--short] [--only NAME]

`hub` runs the real processes, `visitors` fill in the public form over HTTP, `sink` is the mail server (a process of its
own), `rows` says what is broken how, `verdict` what must hold after it. docs/faults.md tells what each row means.
"""
