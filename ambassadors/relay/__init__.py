"""Mail between an enquirer and an ambassador, who never see each other's address.

Each writes to an address of ours that leads to this one conversation; what they wrote goes on as a mail of ours, with
the other address to answer to. Text alone is passed on, and what would tell either address or a number is taken out.
"""

from ambassadors.relay.addresses import Side, address_for, close_relay, open_relay

__all__ = ["Side", "address_for", "close_relay", "open_relay"]
