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


def new_client():
    """A client of the servers in BASES."""
    return stripe.StripeClient(
        os.environ["KEY"],
        base_addresses=json.loads(os.environ["BASES"]),
        http_client=stripe.UrllibClient(),
        max_network_retries=0,
    )


def method_of(client, name):
    """The method that these names lead to, joined by dots."""
    method = client if name.startswith("v2.") else client.v1
    for accessor in name.split("."):
        method = getattr(method, accessor)
    return method


def make(method, call, options):
    params = {name: with_files(value) for name, value in call["params"].items()}
    return method(*call["ids"], params=params, options=options)


def main():
    client = new_client()
    for line in sys.stdin:
        call = json.loads(line)
        options = {**call["options"], "headers": {"X-Call": str(call["number"])}}
        try:
            make(method_of(client, call["name"]), call, options)
        except (stripe.APIError, NotImplementedError):
            pass  # The servers answer with status 599, and streams are nothing that this HTTP client can give back.
        except Exception as error:
            print(f"{call['name']}: {type(error).__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
