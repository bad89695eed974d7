"""Canary fuzz: whatever belongs to another council holds a word that must never be heard.

`world` makes the demonstration in a database of its own, `filling` puts the canary into every text of every other
council's rows, `visits` crawls and throws generated input at everything as people of one council, in sessions that are
rolled back. What is asked follows from a seed; a fault comes with all requests of its session.
"""
