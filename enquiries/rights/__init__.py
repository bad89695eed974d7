"""What people may ask of whoever holds their data: one file with everything, and to be erased.

What belongs to a person is not listed here: each model says so itself (`councils.holdings`), and is reached by it. A
page only writes down that a case is to be erased. It is carried out by a process of its own, with a log-in of its own
to the database, which may do that and nothing else; web and workers never hold its password.
"""
