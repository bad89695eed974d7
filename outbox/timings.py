"""How long things last in delivery. Read as `timings.NAME`: the fault harness shortens them before a start."""

from datetime import timedelta

LEASE = timedelta(minutes=5)
SENDING = timedelta(seconds=130)  # what is left of a lease when a send begins: its hard deadline and the commits
RUN = 20.0  # seconds; a worker told to stop waits for the message on its way, and no longer

HOLD = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=30)  # of an open circuit
LONGEST_PAUSE = timedelta(minutes=15)
PROBE = SENDING  # a probe that has not come back by then is taken for dead
