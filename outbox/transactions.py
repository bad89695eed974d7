from django.db import transaction


def in_transaction() -> bool:
    """Whether somebody opened a transaction; the one around a test case does not count."""
    blocks = transaction.get_connection().atomic_blocks
    return any(not getattr(block, "_from_testcase", False) for block in blocks)
