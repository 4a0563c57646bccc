"""Places an order through the API at the given URL and reads it back from view and history."""

import json
import sys
import time
import urllib.error
import urllib.request

API = sys.argv[1]
TIMEOUT = 120  # seconds
HEADERS = {"Content-Type": "application/json", "Idempotency-Key": "sam-lane"}
ORDER = {
    "customer": "14479",
    "currency": "GBP",
    "lines": [{"sku": "22084", "description": "PAPER CHAIN KIT", "quantity": 6, "unitPrice": 295}],
}


def call(path, body=None):
    with urllib.request.urlopen(urllib.request.Request(API + path, body, HEADERS), timeout=60) as response:
        return json.load(response)


def view(path):
    """Retries while the view lags behind and does not know the order yet."""
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            return call(path)
        except urllib.error.HTTPError as error:
            if error.code != 404 or time.monotonic() > end:
                raise
        time.sleep(0.5)


placed = call("/orders", json.dumps(ORDER).encode())
path = "/orders/" + placed["id"]
seen = view(path)
if seen != placed:
    sys.exit(f"{path}: placed as {placed}, but the view shows {seen}")
history = [event["type"] for event in call(path + "/events")]
if history != ["io.streamkeep.order.placed.v2"]:
    sys.exit(f"{path}: its history is {history}")
print(f"{path}: placed, in the view and in the history")
