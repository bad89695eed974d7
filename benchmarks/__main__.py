"""`make bench`: every figure that was promised, measured now. Name some to run only those: `make bench ARGS=web`."""

import sys

from benchmarks import audience, board, campaign, dashboards, delivery, folding, matching, postcodes, web

BENCHMARKS = {
    "figures-fold": folding.main,
    "postcodes": lambda: postcodes.main([]),
    "web": web.main,
    "delivery": delivery.main,
    "board": board.main,
    "matching": matching.main,
    "audience": audience.main,
    "campaign": campaign.main,
    "dashboards": dashboards.main,
}


def main(names: list[str]) -> int:
    chosen = names or list(BENCHMARKS)
    return max([BENCHMARKS[name]() for name in chosen])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
