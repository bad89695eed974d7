"""Demonstration data: fictional people, example.org addresses, telephone numbers that Ofcom keeps for drama."""
