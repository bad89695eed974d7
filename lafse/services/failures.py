class CannotStart(Exception):
    """A sentence for the person at the terminal: what is wrong, and the cure."""
