"""Writes vectors.txt: signatures by Python's hmac, which shares no code with ours.

    python3 stripe-core/tests/webhooks/vectors.py > stripe-core/tests/webhooks/vectors.txt

One a line: secret, time, payload in hexadecimal, signature.
"""

import hashlib
import hmac

SECRETS = [
    "whsec_test_secret",
    "whsec_FAKE" + "x" * 54,  # as long as a block
    "whsec_FAKE" + "y" * 55,  # one longer, which is hashed first
    "whsec_FAKE" + "z" * 300,
    "k",
]
TIMES = [0, 1, 1700000000, 2**63 - 1]
PAYLOADS = [
    b"",
    b"{}",
    b'{"id":"evt_test_webhook","object":"event"}',
    '{"id":"evt_é"}'.encode(),
    bytes(range(256)),
    b'{"id":"evt_long","object":"event","data":"' + b"0123456789abcdef" * 8 + b'"}',
]

for secret in SECRETS:
    for time in TIMES:
        for payload in PAYLOADS:
            message = str(time).encode() + b"." + payload
            signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
            print(secret, time, payload.hex() or "-", signature)
