"""Disclosure control: what leaves the partnership, is shared between its councils, or is broken down by what people
wish, leaves as a release.

A release is a quarter or a year of the statistical year, decided once and kept: three tables, whose rows and columns
are always the same. Nothing else is ever released, so two releases can only be differenced along the sums that
`tables` writes down: quarters add up to their year, councils and sources to the whole. `masking` masks every count
under the threshold, noughts too, and then as many more as it takes until nobody who does those sums, not even a council
that knows its own counts, can narrow a masked count down to fewer than the threshold. A year takes the quarters that
were released before as they were.
"""
