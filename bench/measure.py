#!/usr/bin/env python3
"""Runs a command and writes what it took: {"seconds", "peak_memory"} (bytes). Called by compare.py.

    measure.py RESULT.json COMMAND...

A process of its own, and one that imports little: Linux counts the memory of the parent at the time of the fork as the
child's, so nothing smaller than the parent could be measured.
"""
import os
import sys
import time


def main():
    result, *command = sys.argv[1:]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    with open(result, "w") as file:
        file.write(f'{{"seconds": {seconds}, "peak_memory": {usage.ru_maxrss * 1024}}}\n')
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
