//! What becomes of an object's status, and of what hangs on it. The only place that knows resources by name; everything
//! that it does not know keeps the status that the document lists first.

use serde_json::{Map, Value, json};

use crate::document::{Document, NodeId};
use crate::fault::Fault;
use crate::synthesise::{NOW, ids};

/// Status of a new object, and properties that are null until something happens.
const NEW: [(&str, &str, &[&str]); 8] = [
    (
        "payment_intent",
        "requires_payment_method",
        &[
            "canceled_at",
            "cancellation_reason",
            "last_payment_error",
            "latest_charge",
            "next_action",
            "payment_method",
            "processing",
        ],
    ),
    (
        "setup_intent",
        "requires_payment_method",
        &[
            "cancellation_reason",
            "last_setup_error",
            "next_action",
            "payment_method",
        ],
    ),
    (
        "subscription",
        "active",
        &[
            "cancel_at",
            "canceled_at",
            "ended_at",
            "pause_collection",
            "pending_update",
        ],
    ),
    ("invoice", "draft", &["last_finalization_error"]),
    (
        "charge",
        "succeeded",
        &[
            "failure_code",
            "failure_message",
            "failure_balance_transaction",
        ],
    ),
    ("refund", "succeeded", &[]),
    ("checkout.session", "open", &[]),
    ("quote", "draft", &[]),
];

/// The statuses that an action leads to; the first that the document lists is taken.
const AFTER: [(&str, &[&str]); 31] = [
    ("accept", &["accepted"]),
    ("activate", &["active"]),
    ("approve", &["approved", "closed"]),
    ("archive", &["archived", "inactive"]),
    ("cancel", &["canceled", "cancelled"]),
    ("capture", &["succeeded", "closed"]),
    ("close", &["closed", "lost"]),
    ("confirm", &["succeeded"]),
    ("deactivate", &["inactive"]),
    ("decline", &["declined", "closed"]),
    ("disable", &["disabled"]),
    ("disconnect", &["disconnected"]),
    ("enable", &["enabled"]),
    ("expire", &["expired"]),
    ("fail", &["failed"]),
    ("finalize", &["open"]),
    ("finalize_quote", &["open"]),
    ("mark_uncollectible", &["uncollectible"]),
    ("pay", &["paid"]),
    ("post", &["posted"]),
    ("reactivate", &["active"]),
    ("redact", &["redacted"]),
    ("reject", &["rejected"]),
    ("release", &["released"]),
    ("resume", &["active"]),
    ("return", &["returned"]),
    ("reverse", &["reversed"]),
    ("send", &["open"]),
    ("submit", &["submitted"]),
    ("succeed", &["succeeded"]),
    ("void", &["void", "voided"]),
];

/// The statuses of an intent that was not confirmed yet.
const WAITING: &[&str] = &[
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
];

/// Resource, action, the statuses in which it may be done, and the code of the error otherwise.
const GUARDS: [(&str, &str, &[&str], &str); 9] = [
    ("payment_intent", "confirm", WAITING, UNEXPECTED),
    (
        "payment_intent",
        "capture",
        &["requires_capture"],
        UNEXPECTED,
    ),
    (
        "payment_intent",
        "cancel",
        &[
            "requires_payment_method",
            "requires_confirmation",
            "requires_action",
            "requires_capture",
            "processing",
        ],
        UNEXPECTED,
    ),
    ("setup_intent", "confirm", WAITING, UNEXPECTED_SETUP),
    ("setup_intent", "cancel", WAITING, UNEXPECTED_SETUP),
    ("invoice", "finalize", &["draft"], INVALID),
    (
        "invoice",
        "pay",
        &["draft", "open", "uncollectible"],
        INVALID,
    ),
    ("invoice", "void", &["open", "uncollectible"], INVALID),
    (
        "subscription",
        "cancel",
        &[
            "active",
            "trialing",
            "past_due",
            "unpaid",
            "paused",
            "incomplete",
        ],
        INVALID,
    ),
];

const UNEXPECTED: &str = "payment_intent_unexpected_state";
const UNEXPECTED_SETUP: &str = "setup_intent_unexpected_state";
const INVALID: &str = "status_transition_invalid";

/// An object of a component that is about to change.
#[derive(Debug)]
pub(super) struct Life<'d> {
    pub(super) document: &'d Document,
    pub(super) component: &'d str,
    pub(super) node: NodeId,
}

impl Life<'_> {
    /// Gives a new object the status that such objects start with. `sent` comes over it afterwards.
    pub(super) fn begin(&self, value: &mut Value) {
        let Some(members) = value.as_object_mut() else {
            return;
        };
        // Metadata is exactly what was sent, and not a sample.
        if let Some(metadata) = members.get_mut("metadata").filter(|it| it.is_object()) {
            *metadata = json!({});
        }
        if let Some((_, status, empty)) = NEW.iter().find(|(name, ..)| *name == self.component) {
            self.set_status(members, &[status]);
            for name in *empty {
                members.insert((*name).to_owned(), Value::Null);
            }
        }
        if self.component == "payment_intent" {
            members.insert("amount_received".to_owned(), 0.into());
            members.insert("amount_capturable".to_owned(), 0.into());
        }
        if self.component == "checkout.session" {
            members.insert("payment_status".to_owned(), "unpaid".into());
        }
    }

    /// What creation itself does, once everything that was sent is in its place.
    pub(super) fn born(&self, value: &mut Value, sent: &Map<String, Value>) -> Result<(), Fault> {
        if self.is_intent() && sent.get("confirm") == Some(&Value::Bool(true)) {
            return self.act("confirm", value, sent);
        }
        self.settle_method(value, sent);
        Ok(())
    }

    fn is_intent(&self) -> bool {
        matches!(self.component, "payment_intent" | "setup_intent")
    }

    /// Does something to an object, if its status allows it.
    pub(super) fn act(
        &self,
        verb: &str,
        value: &mut Value,
        sent: &Map<String, Value>,
    ) -> Result<(), Fault> {
        self.guard(verb, value)?;
        if verb == "capture" {
            guard_amount(value, sent)?;
        }
        if verb == "confirm" && self.is_intent() {
            self.settle_method(value, sent);
            if value.get("payment_method").is_none_or(Value::is_null) {
                let message = "You cannot confirm this intent because it's missing a payment method. Add one with \
                               `payment_method` or `payment_method_data`.";
                let fault = Fault::invalid(message).code("parameter_missing");
                return Err(fault.param("payment_method"));
            }
        }
        self.force(verb, value, sent);
        Ok(())
    }

    /// Does something to an object, whatever its status is.
    pub(super) fn force(&self, verb: &str, value: &mut Value, sent: &Map<String, Value>) {
        let Some(members) = value.as_object_mut() else {
            return;
        };
        if let Some((_, candidates)) = AFTER.iter().find(|(name, _)| *name == verb) {
            self.set_status(members, candidates);
        }
        match (self.component, verb) {
            ("payment_intent", "confirm" | "capture") => self.move_money(verb, members, sent),
            ("payment_intent" | "subscription", "cancel") => {
                members.insert("canceled_at".to_owned(), NOW.into());
            }
            ("charge", "capture") => {
                members.insert("captured".to_owned(), true.into());
            }
            _ => {}
        }
    }

    fn guard(&self, verb: &str, value: &Value) -> Result<(), Fault> {
        let mut guards = GUARDS.iter();
        let guard = guards.find(|(name, action, ..)| *name == self.component && *action == verb);
        let Some((_, _, allowed, code)) = guard else {
            return Ok(());
        };
        let status = value
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if allowed.contains(&status) {
            return Ok(());
        }
        let message = format!(
            "This {} cannot do `{verb}` because it has a status of {status}. It must have one of the following \
             statuses: {}.",
            self.component.replace(['_', '.'], " "),
            allowed.join(", ")
        );
        Err(Fault::invalid(message).code(code))
    }

    /// An intent with a payment method waits for its confirmation.
    pub(super) fn settle_method(&self, value: &mut Value, sent: &Map<String, Value>) {
        let Some(members) = value.as_object_mut().filter(|_| self.is_intent()) else {
            return;
        };
        let none = members.get("payment_method").is_none_or(Value::is_null);
        if none && sent.contains_key("payment_method_data") {
            let id = ids::created("payment_method", 0);
            members.insert("payment_method".to_owned(), id.into());
        }
        let has = members
            .get("payment_method")
            .is_some_and(|it| !it.is_null());
        if has
            && members
                .get("status")
                .is_some_and(|it| it == "requires_payment_method")
        {
            self.set_status(members, &["requires_confirmation"]);
        }
    }

    fn move_money(&self, verb: &str, members: &mut Map<String, Value>, sent: &Map<String, Value>) {
        let amount = |name: &str| members.get(name).cloned().unwrap_or_default();
        let whole = amount("amount");
        let held = verb == "confirm" && amount("capture_method") == "manual";
        let captured = sent
            .get("amount_to_capture")
            .cloned()
            .unwrap_or_else(|| whole.clone());
        if held {
            self.set_status(members, &["requires_capture"]);
        }
        let (capturable, received) = if held {
            (whole, json!(0))
        } else {
            (json!(0), captured)
        };
        for (name, amount) in [
            ("amount_capturable", capturable),
            ("amount_received", received),
        ] {
            // A sparse object has no amount that could move.
            if !amount.is_null() {
                members.insert(name.to_owned(), amount);
            }
        }
        let id = members
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let charge = id.replacen("pi_", "ch_", 1);
        members.insert("latest_charge".to_owned(), charge.into());
    }

    /// Whether such an object can be in this status.
    pub(super) fn can_be(&self, status: &str) -> bool {
        let property = self.document.property(self.node, "status");
        let listed = property.map(|it| &self.document.node(it.node).values);
        listed.is_some_and(|values| values.iter().any(|it| it == status))
    }

    fn set_status(&self, members: &mut Map<String, Value>, candidates: &[&str]) {
        if let Some(status) = candidates.iter().find(|it| self.can_be(it)) {
            members.insert("status".to_owned(), (*status).into());
        }
    }
}

/// Nobody captures more than is held.
fn guard_amount(value: &Value, sent: &Map<String, Value>) -> Result<(), Fault> {
    let held = value.get("amount_capturable").and_then(Value::as_i64);
    let asked = sent.get("amount_to_capture").and_then(Value::as_i64);
    match asked.zip(held) {
        Some((asked, held)) if asked > held => {
            let message =
                format!("The amount to capture must be at most the capturable amount, {held}.");
            let fault = Fault::invalid(message).code("amount_too_large");
            Err(fault.param("amount_to_capture"))
        }
        _ => Ok(()),
    }
}
