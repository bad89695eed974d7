"""The region drawn from the postcode directory's own coordinates: hexagons three kilometres wide, each of the area that
most of its postcodes lie in. They are worked out once a release, beside its index, and hold areas rather than councils:
when an area goes to another council, the next picture shows it."""
