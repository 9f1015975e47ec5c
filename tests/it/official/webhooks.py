"""Verifies and signs with Stripe's official SDK: a delivery a line, as JSON, in and out."""

import json
import sys

import stripe

for line in sys.stdin:
    delivery = json.loads(line)
    payload, secret, time = delivery["payload"], delivery["secret"], delivery["time"]
    try:
        # The deliveries are old: the time is not checked.
        stripe.Webhook.construct_event(payload, delivery["header"], secret, tolerance=None)
        is_taken = True
    except stripe.SignatureVerificationError:
        is_taken = False
    signature = stripe.WebhookSignature._compute_signature(f"{time}.{payload}", secret)
    print(json.dumps({"is_taken": is_taken, "header": f"t={time},v1={signature}"}))
