# /// script
# requires-python = ">=3.12,<3.14"
# dependencies = ["humanize"]
# ///
import time

import humanize

if __name__ == "__main__":
    print(f"the bot counts to {humanize.intword(1_000_000)}", flush=True)
    while True:
        time.sleep(1)
