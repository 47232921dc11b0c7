"""What a build may cost, in counts that are the same on every machine, not in time.

`python3 tests/cost/test_cost.py`, after a release build of the whole workspace. The limits stand below;
`COST_SCALE=0.5` halves them all, to see each of these tests fail.
"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))

import measure
import same

# Each limit is what was found on x86-64 Linux, and a tenth more. Each run prints what it finds.
SCALE = float(os.environ.get("COST_SCALE", "1"))

# The instructions of a build of 100 plans, in those of benches/bare, which writes the same files and
# checks nothing. Counted on one processor, where the count is the same to a thousandth. Found: 1.42
INSTRUCTIONS = 1.56 * SCALE
# Those of a build after it, with nothing changed, in those of benches/bare, too. Found: 0.043; 0.050
# where it comes so late that it also notes anew what published files are known by.
AGAIN = 0.055 * SCALE
# The peak of memory with 2,000 plans, on two processors, in MiB. Found: 16.3
MEMORY = 17.9 * SCALE
# What each plan from 2,000 to 8,000 adds to it, in KiB. Found: 1.75
GROWTH = 1.92 * SCALE

RELEASE = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release"
PLANPRESS = RELEASE / "planpress"


def build_command():
    """planpress on two processors: each thread holds a plan, and machines have any number of them."""
    two = ",".join(map(str, sorted(os.sched_getaffinity(0))[:2]))
    return ["taskset", "--cpu-list", two, PLANPRESS, "build"]


class Cost(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cost-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def site(self, plans):
        site = self.folder / f"site-{plans}"
        subprocess.run([RELEASE / "generate", str(plans), site], check=True)
        return site

    def found(self, what, value, limit):
        print(f"{what}: {value:.3g} of at most {limit:.3g}", flush=True)
        with self.subTest(what):
            self.assertLessEqual(value, limit)

    def test_a_build_takes_few_more_instructions_than_a_program_that_checks_nothing(self):
        site, bare = self.site(100), self.folder / "bare"
        theirs = measure.instructions([RELEASE / "bare", site, bare])
        ours = measure.instructions([PLANPRESS, "build"], site)
        plans = [plan.stem for plan in sorted((site / "content").iterdir())]
        same.check(site / "public", bare, "bare", plans)
        self.found("Instructions, in those of the bare program", ours / theirs, INSTRUCTIONS)
        again = measure.instructions([PLANPRESS, "build"], site)
        self.found("Instructions of a build after it, in the same", again / theirs, AGAIN)

    def test_a_build_needs_little_memory_and_hardly_more_for_each_plan(self):
        # The least of a few: now and then the system counts pages late.
        peaks = {}
        for plans in (2_000, 8_000):
            site = self.site(plans)
            peaks[plans] = min(self.peak(site) for _ in range(3))
        self.found("Memory with 2,000 plans, in MiB", peaks[2_000] / 2**20, MEMORY)
        growth = (peaks[8_000] - peaks[2_000]) / 6_000 / 2**10
        self.found("Memory for each plan more, in KiB", growth, GROWTH)

    def peak(self, site):
        measure.forget(site)
        return measure.run(build_command(), site).memory


if __name__ == "__main__":
    unittest.main()
