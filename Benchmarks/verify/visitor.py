"""Asks for one page again and again, as a program of its own: `visitor.py PORT PATH COOKIE SECONDS`."""

import http.client
import json
import math
import sys
import time


def main() -> None:
    port, path, cookie, seconds = int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    end = time.perf_counter() + seconds
    while (begin := time.perf_counter()) < end:
        connection.request("GET", path, headers={"Cookie": f"latchkey={cookie}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}")
        times.append((time.perf_counter() - begin) * 1000)
    times.sort()
    shares = {f"p{share}_ms": times[math.ceil(len(times) * share / 100) - 1] for share in (50, 99)}
    print(json.dumps({"count": len(times), **shares}))


if __name__ == "__main__":
    main()
