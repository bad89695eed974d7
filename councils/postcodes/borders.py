"""When is a postcode near a border? Then its own council may not be the right one for every house in it.

The rule: another area's postcode lies among the 24 nearest, no further away than twice the distance to the
fourth nearest (and 40 metres at least). Distance alone does not do: a rural postcode covers square kilometres,
a city one a single building; the fourth nearest neighbour measures how wide postcodes are just here.
`python -m benchmarks.postcodes judge` measures what the rule asks and what it misses; docs/routing.md has the
figures and the rules that it was compared with.
"""

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

NEAREST = 24
DENSITY_RANK = 4  # which neighbour's distance stands for the local density
REACH = 2.0  # times that distance
LEAST_DENSITY = 20.0  # metres: flats share one grid reference, so the fourth may be at nought

Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def neighbours_of(tree: cKDTree, points: Points) -> tuple[Indices, Mask]:
    """For points that are not in the tree: the nearest in it, and which of them are near enough to matter."""
    distances, indices = tree.query(points, k=_ranks(tree, NEAREST), workers=-1)
    return indices, _near_enough(distances)


def neighbours_of_members(tree: cKDTree, members: Indices) -> tuple[Indices, Mask]:
    """The same for points of the tree, which are not their own neighbours."""
    distances, indices = tree.query(tree.data[members], k=_ranks(tree, NEAREST + 1), workers=-1)
    distances[indices == members[:, None]] = np.inf
    order = np.argsort(distances, axis=1, kind="stable")[:, :NEAREST]
    return np.take_along_axis(indices, order, 1), _near_enough(np.take_along_axis(distances, order, 1))


def _near_enough(distances: Points) -> Mask:
    rank = min(DENSITY_RANK, distances.shape[1])
    density = np.maximum(distances[:, rank - 1 : rank], LEAST_DENSITY)
    near: Mask = np.isfinite(distances) & (distances <= REACH * density)
    return near


def _ranks(tree: cKDTree, most: int) -> range:
    """A list of ranks, not a number, so that a single neighbour comes in a table too."""
    return range(1, min(most, tree.n) + 1)
