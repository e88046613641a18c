"""`make bench`: measures Latchkey beside its peers, and writes Benchmarks/results/verify."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[1]
PROJECT = BENCHMARKS.parent
sys.path[:0] = [str(BENCHMARKS), str(PROJECT / "Tests")]

from . import cpu, latency, pages, report, scale, slow, throughput  # noqa: E402
from .bench import Bench, say  # noqa: E402
from .keys import KeySets  # noqa: E402

MEASURES = {
    "cpu": (cpu, "CPU time of a request against nginx's static answer"),
    "throughput": (throughput, "requests a second against each of the peers"),
    "latency": (latency, "p99 at half of the highest load, against nginx"),
    "pages": (pages, "pages and API while verify is under full load"),
    "slow": (slow, "p99 while 5,000 clients are slow"),
    "scale": (scale, "a million keys and ten: throughput, memory, start"),
}
# Without `scale`: its databases take minutes to make, and gigabytes.
QUICK = ["cpu", "throughput", "latency", "pages"]
SHORT = {"quick": QUICK, "all": list(MEASURES), "report": []}
KEYS = 10_000
QUIET = 0.5  # processes that run or want to, on average of the last minute (proc_loadavg(5))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{name:12} {what}" for name, (_, what) in MEASURES.items()),
    )  # fmt: skip
    parser.add_argument("measures", nargs="*", metavar="MEASURE", type=measure, default=["quick"],
                        help="those below; all; quick: all but scale, the default; report: only draw anew")  # fmt: skip
    parser.add_argument("--binary", type=Path, default=PROJECT / ".build/release/latchkey")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of runs for each figure")
    parser.add_argument("--seconds", type=float, default=4, help="how long each run takes")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="only rows whose name begins so")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(scale.GOALS), metavar="KEYS",
                        help="how many keys the databases of scale hold")  # fmt: skip
    parser.add_argument("--generator", choices=["load", "wrk"], default="load")
    parser.add_argument("--results", type=Path, default=BENCHMARKS / "results/verify")
    parser.add_argument("--data", type=Path, default=BENCHMARKS / ".data", help="where large databases are kept")
    return parser.parse_args()


def measure(name: str) -> str:
    # argparse's own `choices` refuses a default that is a list.
    if name not in {**MEASURES, **SHORT}:
        raise argparse.ArgumentTypeError(f"there is no measure {name}")
    return name


def wanted(options: argparse.Namespace) -> list[str]:
    names = []
    for name in options.measures:
        names += SHORT.get(name, [name])
    return names


def main() -> int:
    options = arguments()
    # Whoever stops the benchmark stops all that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if (os.cpu_count() or 1) < 2:
        sys.exit("bench: two cores are needed, one for the server and one for the load")
    if os.getloadavg()[0] > QUIET:
        say("this machine is busy with something else: the ratios of pairs bear that, the figures themselves do not")
    results = report.Results(options.results, options.binary)
    with tempfile.TemporaryDirectory(prefix="latchkey-bench-") as folder:
        Path(folder).chmod(0o755)  # nginx's workers are not root
        keys = KeySets(Path(folder) / "keys", KEYS, refused=KEYS, expired=KEYS)
        bench = Bench(
            options.binary.resolve(), Path(folder), options.data, keys, options.rounds, options.seconds,
            options.generator, options.only, options.sizes,
        )  # fmt: skip
        try:
            for name in wanted(options):
                for row in MEASURES[name][0].measure(bench):
                    say(f"  {report.told(row)}")
                    results.add(row, options)
        finally:
            results.draw()
    say(f"the report is in {options.results}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
