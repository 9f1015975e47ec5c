"""Makes calls with the official SDK: one JSON line on standard input for each, all of them to the servers in BASES.

A call that ends before a request is sent is told on standard error. What the servers answer does not matter.
"""

import io
import json
import os
import sys

import stripe


def with_files(value):
    """The file to upload, which JSON has no value for."""
    if isinstance(value, dict) and set(value) == {"name", "content"} and "\r\n" in value["content"]:
        file = io.BytesIO(value["content"].encode())
        file.name = value["name"]
        return file
    return value


def main():
    client = stripe.StripeClient(
        os.environ["KEY"],
        base_addresses=json.loads(os.environ["BASES"]),
        http_client=stripe.UrllibClient(),
        max_network_retries=0,
    )
    for line in sys.stdin:
        call = json.loads(line)
        method = client if call["name"].startswith("v2.") else client.v1
        for name in call["name"].split("."):
            method = getattr(method, name)
        params = {name: with_files(value) for name, value in call["params"].items()}
        options = {**call["options"], "headers": {"X-Call": str(call["number"])}}
        try:
            method(*call["ids"], params=params, options=options)
        except (stripe.APIError, NotImplementedError):
            pass  # The servers answer with status 599, and streams are nothing that this HTTP client can give back.
        except Exception as error:
            print(f"{call['name']}: {type(error).__name__}: {error}", file=sys.stderr)


main()
