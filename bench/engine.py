"""How long the delay engine takes on networks of 100 to 100,000 items, 1.5 links per item.

Takes no arguments. The reference is a bare Python loop over the same links in topological order,
one max-add per link, run in the same process. CPU seconds of one core, best of several runs, so
that other work on the machine does not count.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from apps.plans.engine.items import ItemFacts, own_forecasts
from apps.plans.engine.links import Link, LinkKind
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node

SIZES = (100, 1_000, 10_000, 100_000)
KINDS = (LinkKind.FS, LinkKind.FS, LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF)


def random_network(size: int) -> tuple[list[Node[int]], list[Link[int]]]:
    """``size`` tasks and milestones and 1.5 links per item, forwards, so without circles."""
    rng = random.Random(size)
    nodes = []
    for key in range(size):
        start = rng.randint(1, 900)
        duration = rng.randint(1, 60)
        facts = ItemFacts(
            planned_start=start,
            planned_finish=start + duration - 1,
            duration=duration,
            is_point=rng.random() < 0.1,
            started_on=start if rng.random() < 0.3 else None,
        )
        own = own_forecasts(facts)
        if own is not None:
            nodes.append(Node(key, facts.planned_start, facts.planned_finish, own))
    links = []
    for _ in range(size * 3 // 2):
        after = rng.randrange(1, size)
        before = rng.randrange(max(0, after - 500), after)
        links.append(Link(before, after, rng.choice(KINDS), rng.randint(-5, 5)))
    links.sort(key=lambda link: link.successor)
    return nodes, links


def bare_loop(sources: list[int], targets: list[int], weights: list[int], value: list[int]) -> None:
    """One max-add per link, in topological order."""
    for source, target, weight in zip(sources, targets, weights, strict=True):
        pushed = value[source] + weight
        if pushed > value[target]:  # noqa: PLR1730 - a call of max() would slow the reference
            value[target] = pushed


def best_seconds(run: Callable[[], object], size: int) -> float:
    """Shortest of several runs; more of them for small networks."""
    times = []
    for _ in range(5 if size >= 10_000 else 50):
        begin = process_time()
        run()
        times.append(process_time() - begin)
    return min(times)


def measure(size: int) -> tuple[float, float, float]:
    """CPU seconds: laying out the network, two passes, the bare loop."""
    nodes, links = random_network(size)
    layout = best_seconds(lambda: Network(nodes, links), size)
    network = Network(nodes, links)
    sources = [link.predecessor for link in links]
    targets = [link.successor for link in links]
    weights = [link.lag for link in links]
    value = [node.own.finish.a for node in nodes]
    bare = best_seconds(lambda: bare_loop(sources, targets, weights, list(value)), size)
    return layout, best_seconds(network.propagate, size), bare


def main() -> None:
    """Print the table."""
    print("Delay engine: two longest-path passes (a and b), starts and finishes, drivers kept")
    print(f"{'items':>8} {'links':>8} {'layout s':>10} {'2 passes s':>11} {'both s':>9}", end="")
    print(f" {'ns/(item+link)':>15} {'bare loop s':>12} {'ratio':>6}")
    for size in SIZES:
        layout, passes, bare = measure(size)
        links = size * 3 // 2
        each = passes / (size + links) * 1e9
        print(
            f"{size:>8,} {links:>8,} {layout:>10.5f} {passes:>11.5f} {layout + passes:>9.4f}",
            end="",
        )
        print(f" {each:>15.0f} {bare:>12.5f} {passes / bare:>6.1f}")
    print("layout: order, lag caps, arcs (done once per plan); ratio: two passes / one bare loop")


if __name__ == "__main__":
    main()
