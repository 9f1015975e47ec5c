//! What events are about, by their names alone, and what they say of it. The document says neither.

use serde_json::Value;

use crate::document::{ComponentId, Document};

/// Events that are not about what their name says: the beginning of their type, and the value of `object` in what they
/// are about. Of several kinds the first is made up. None is in the document where the list is empty.
const EXCEPTIONS: [(&str, &[&str]); 6] = [
    ("account.external_account.", &["bank_account", "card"]),
    ("application_fee.refund.", &["fee_refund"]),
    // About a `billing.alert_triggered` around it.
    ("billing.alert.", &[]),
    ("customer.source.", &["card", "bank_account", "source"]),
    // Not the plan of a subscription.
    ("reserve.plan.", &[]),
    ("v1.billing.meter.no_meter_found", &[]),
];

/// What an event says of its object beside its status: type, property, value.
const SAYS: [(&str, &str, &str); 4] = [
    ("checkout.session.completed", "payment_status", "paid"),
    (
        "checkout.session.async_payment_succeeded",
        "payment_status",
        "paid",
    ),
    (
        "checkout.session.async_payment_succeeded",
        "status",
        "complete",
    ),
    (
        "checkout.session.async_payment_failed",
        "status",
        "complete",
    ),
];

/// Whether events of this type are thin ones of v2, which refer to their object. Some of them are about objects of v1.
pub(super) fn is_thin(name: &str) -> bool {
    name.starts_with("v1.") || name.starts_with("v2.")
}

/// The name without what happened: `invoice` of `invoice.paid`.
pub(super) fn subject(name: &str) -> &str {
    let whole = name.rsplit_once('.').map_or(name, |(subject, _)| subject);
    // The brackets name the part of the object that changed.
    whole.split('[').next().unwrap_or(whole)
}

/// The component that an event of this type is about.
pub(super) fn component(document: &Document, name: &str) -> Option<ComponentId> {
    components(document, name).first().copied()
}

/// All components that an event of this type may be about.
pub(super) fn components(document: &Document, name: &str) -> Vec<ComponentId> {
    let mut exceptions = EXCEPTIONS.iter();
    if let Some((_, kinds)) = exceptions.find(|(start, _)| name.starts_with(start)) {
        let known = kinds.iter().filter_map(|kind| named(document, kind));
        return known.collect();
    }
    let subject = subject(name);
    let found = if is_thin(name) {
        let of_v1 = subject.strip_prefix("v1.").unwrap_or(subject);
        named(document, of_v1).or_else(|| named(document, of_v1.strip_suffix('s')?))
    } else {
        // The dispute of a charge is an object of its own.
        named(document, subject).or_else(|| named(document, subject.rsplit_once('.')?.1))
    };
    found.into_iter().collect()
}

/// The component whose objects call themselves so, with dots for underscores or the other way round.
fn named(document: &Document, kind: &str) -> Option<ComponentId> {
    let plain = |text: &str| text.replace('.', "_");
    let mut living = document
        .component_ids()
        .filter(|it| !document.is_deleted(*it));
    living.find(|it| {
        let own = document.constant(document.component_node(*it), "object");
        own.and_then(Value::as_str)
            .is_some_and(|own| plain(own) == plain(kind))
    })
}

/// Makes an object what an event says of it: `charge.failed` is about one whose status is `failed`.
pub(super) fn settle(document: &Document, of: ComponentId, name: &str, object: &mut Value) {
    let happened = name.rsplit('.').next().unwrap_or(name);
    let node = document.component_node(of);
    let listed = document.property(node, "status");
    let listed = listed.map_or(&[][..], |it| &document.node(it.node).values);
    let is_said = |status: &&str| {
        let past = [*status, &format!("{status}d"), &format!("{status}ed")];
        past.contains(&happened)
    };
    let status = listed.iter().filter_map(Value::as_str).find(is_said);
    let says = SAYS.iter().filter(|(of, ..)| *of == name);
    let says = says.map(|(_, property, value)| (*property, *value));
    let Some(members) = object.as_object_mut() else {
        return;
    };
    for (property, value) in says.chain(status.map(|it| ("status", it))) {
        members.insert(property.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::default_document;
    use serde_json::json;

    #[test]
    fn a_name_tells_the_object() {
        let document = default_document().unwrap();
        for (name, expected) in [
            ("invoice.paid", "invoice"),
            ("issuing_card.created", "issuing.card"),
            ("checkout.session.completed", "checkout.session"),
            ("charge.dispute.closed", "dispute"),
            ("account.application.authorized", "application"),
            ("account.external_account.created", "bank_account"),
            ("application_fee.refund.updated", "fee_refund"),
            ("application_fee.refunded", "application_fee"),
            ("customer.deleted", "customer"),
            ("sigma.scheduled_query_run.created", "scheduled_query_run"),
        ] {
            let found = component(&document, name).unwrap();
            assert_eq!(document.component_name(found), expected, "{name}");
        }
    }

    #[test]
    fn what_happened_becomes_the_status() {
        let document = default_document().unwrap();
        for (name, expected) in [
            ("checkout.session.completed", "complete"),
            ("checkout.session.expired", "expired"),
            ("invoice.paid", "paid"),
            ("invoice.voided", "void"),
            ("payment_intent.canceled", "canceled"),
            ("invoice.updated", "x"),
        ] {
            let mut object = json!({ "status": "x" });
            let of = component(&document, name).unwrap();
            settle(&document, of, name, &mut object);
            assert_eq!(object["status"], expected, "{name}");
        }
    }
}
