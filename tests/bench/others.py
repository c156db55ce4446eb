"""others.py events|load FILE: PyYAML over its C parser (libyaml), as a script would use it.

events: every event is made and dropped. load: the whole document as dictionaries and lists.
Prints the line that stopwatch.h describes.
"""

import resource
import sys
import time


def main():
    try:
        import yaml
        from yaml import CSafeLoader
    except ImportError as problem:
        print(f"others.py: {problem}", file=sys.stderr)
        return 3
    what, path = sys.argv[1:]
    wall, cpu = time.monotonic(), time.process_time()
    with open(path, "rb") as file:
        if what == "events":
            count = sum(1 for _ in yaml.parse(file, Loader=CSafeLoader))
        else:
            count = len(yaml.load(file, Loader=CSafeLoader)["innovations"])
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"wall={wall:.6f} cpu={cpu:.6f} peak_kib={peak} count={count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
