"""A simulated year of the hub: thousands of enquirers with the region's real postcodes, staff who go on leave, bank
holidays, clock changes, and one council that sleeps. The hub's own code runs on the test clock; nothing of it is
replaced. `make year` runs all of it, the tests six weeks around Easter."""
