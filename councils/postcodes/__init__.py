"""The postcode directory: every postcode of the United Kingdom, the area that it lies in and the areas next door.

The Office for National Statistics publishes it; `manage.py load_postcodes` turns one release into one file,
which every process maps read-only, so that they share its memory. Nothing here knows a council or a hub:
`councils.routing` decides who answers.

Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and database
right, and National Statistics data © Crown copyright and database right (Open Government Licence v3.0).
"""

from councils.postcodes.directory import DamagedDirectory, Directory, Placement
from councils.postcodes.grammar import district_of, key_of, letters_of, sector_of, written

__all__ = [
    "DamagedDirectory",
    "Directory",
    "Placement",
    "district_of",
    "key_of",
    "letters_of",
    "sector_of",
    "written",
]
