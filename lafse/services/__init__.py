"""PostgreSQL and Valkey from wheels, so that a clone runs with nothing installed by hand.

A *keeper* process owns both servers. Every command that needs them holds a shared file lock while it runs; the keeper
waits for the exclusive lock, which it gets when the last of them has ended, however it ended, and then stops both.
"""

from lafse.services.usage import Usage, use, wanted

__all__ = ["Usage", "environment", "use", "wanted"]


def environment() -> dict[str, str]:
    """The variables that point at the embedded services, which this process then keeps alive."""
    return use().environment
