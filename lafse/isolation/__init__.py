"""Who gets which answer from which address, asked of every one there is.

`addresses` walks the URL resolver, `expected` is the reviewed table, `scratch` makes two hubs with a case in each
council, `asking` compares. Another council's object and one that does not exist must answer alike, and nobody may read
a word of a council that is not theirs.
"""

from lafse.isolation.asking import Cell, Part, Report, check, faults_of

__all__ = ["Cell", "Part", "Report", "check", "faults_of"]
