"""What a program costs: the one way in which everything here is measured.

As a program, `python3 -I -S measure.py COMMAND…` runs a command and writes what it cost as JSON into
the file that MEASURE_TO names. A process passes its own peak of memory on to those that it starts,
as the least that theirs can be; so whoever measures goes through this small one.
"""

import json
import os
import sys
import time

# os.wait4 counts in KiB on Linux, in bytes on macOS.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def main(command):
    began = time.perf_counter()
    child = os.spawnvp(os.P_NOWAIT, command[0], command)
    _, status, usage = os.wait4(child, 0)
    cost = {
        "status": os.waitstatus_to_exitcode(status),
        "user": usage.ru_utime,
        "system": usage.ru_stime,
        "wall": time.perf_counter() - began,
        "memory": usage.ru_maxrss * PEAK_UNIT,
    }
    with open(os.environ["MEASURE_TO"], "w", encoding="utf-8") as file:
        json.dump(cost, file)


class Cost:
    """Seconds of a processor, of a clock on the wall, and bytes of memory at the peak."""

    def __init__(self, user, system, wall, memory):
        self.user = user
        self.system = system
        self.wall = wall
        self.memory = memory

    @property
    def cpu(self):
        return self.user + self.system

    @staticmethod
    def median(costs):
        from statistics import median

        fields = ("user", "system", "wall", "memory")
        return Cost(*(median(getattr(cost, field) for cost in costs) for field in fields))


def run(command, folder="."):
    """Runs a command in a folder and says what it cost. What it says is shown only where it fails."""
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory() as own:
        told = os.path.join(own, "cost.json")
        done = subprocess.run(
            [sys.executable, "-I", "-S", os.path.abspath(__file__), *map(str, command)],
            cwd=folder,
            env={**os.environ, "MEASURE_TO": told},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} could not be measured: {done.stdout}")
        with open(told, encoding="utf-8") as file:
            cost = json.load(file)
    if cost.pop("status") != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {done.stdout}")
    return Cost(**cost)


def forget(site):
    """Takes away whatever builds have left, so that the next one starts from nothing."""
    import shutil

    for folder in ("public", ".planpress"):
        shutil.rmtree(os.path.join(site, folder), ignore_errors=True)
    try:
        os.remove(os.path.join(site, "planpress.lock"))
    except FileNotFoundError:
        pass


def instructions(command, folder="."):
    """How many instructions a command takes, on one processor, by Valgrind."""
    import re
    import subprocess

    # As many threads as there are processors, in turns that are never the same, would count
    # differently each time.
    pinned = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))]
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}"]
    done = subprocess.run(
        [*pinned, *valgrind, *map(str, command)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    counted = re.search(r"Collected : (\d+)", done.stdout)
    if done.returncode != 0 or not counted:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {done.stdout}")
    return int(counted[1])


if __name__ == "__main__":
    main(sys.argv[1:])
