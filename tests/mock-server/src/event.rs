//! Events as Stripe writes them: which types there are, and one of a type around an object. Delivering is not here.

mod about;
mod signature;

use serde_json::{Map, Value, json};

use crate::document::{Answer, ComponentId, Document, Method, Operation, Segment};
use crate::synthesise::{self, DATE_TIME, NOW, Style, ids};

/// An event that can be delivered.
///
/// ```
/// # fn main() -> Result<(), mock_server::StartError> {
/// let document = mock_server::Document::vendored()?;
/// for paid in document.event("invoice.paid") {
///     assert!(paid.payload().contains(r#""object":"invoice""#));
///     assert!(paid.signature("whsec_test", 1_750_000_000).starts_with("t=1750000000,v1="));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    id: String,
    name: String,
    payload: String,
}

impl Event {
    /// The id, the same however often it is delivered.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What happened, such as `invoice.paid`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The body of a delivery, in JSON.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.payload
    }

    /// The header `Stripe-Signature` of a delivery at this time, in seconds since 1970.
    #[must_use]
    pub fn signature(&self, secret: &str, time: u64) -> String {
        signature::header(&self.payload, secret, time)
    }

    fn new(id: String, name: &str, value: &Value) -> Self {
        Self {
            id,
            name: name.to_owned(),
            payload: value.to_string(),
        }
    }
}

impl Document {
    /// The types of events that an endpoint can be told to get. Those of v2's thin events are not among them: the
    /// document does not list them.
    pub fn event_types(&self) -> impl Iterator<Item = &str> {
        let is_create =
            |it: &&Operation| it.method == Method::Post && it.path == "/v1/webhook_endpoints";
        let create = self.operations().iter().find(is_create);
        let body = create.and_then(|it| it.body.as_ref());
        let listed = body.and_then(|body| {
            let enabled = self.property(body.node, "enabled_events")?;
            Some(self.node(self.items(enabled.node)?).values.as_slice())
        });
        let names = listed.unwrap_or_default().iter().filter_map(Value::as_str);
        names.filter(|name| *name != "*")
    }

    /// An event of a type, around an object that is made up. `None` if the document does not list the type; every type
    /// that begins with `v1.` or `v2.` is taken for that of a thin event.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<Event> {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let id = format!("evt_Mock{}", letters.collect::<String>());
        if about::is_thin(name) {
            let thin = self.thin(&id, name);
            return Some(Event::new(id, name, &thin));
        }
        self.event_types().find(|it| *it == name)?;
        let object = match about::component(self, name) {
            Some(component) => {
                let mut object = synthesise::object(self, component, Style::default());
                about::settle(self, component, name, &mut object);
                object
            }
            None => json!({ "id": "mock_1", "object": about::subject(name) }),
        };
        Some(self.event_around(id, name, &object))
    }

    /// An event of a type, around an object as it is now.
    fn event_around(&self, id: String, name: &str, object: &Value) -> Event {
        let snapshot = json!({
            "id": &id,
            "object": "event",
            "api_version": self.version(),
            "created": NOW,
            "data": { "object": object },
            "livemode": false,
            "pending_webhooks": 1,
            "request": { "id": null, "idempotency_key": null },
            "type": name,
        });
        Event::new(id, name, &snapshot)
    }

    /// An event of a type that makes something happen to an object. `None` if that is not what such events are about.
    pub(crate) fn event_about(
        &self,
        number: u64,
        name: &str,
        component: ComponentId,
        object: &mut Value,
    ) -> Option<Event> {
        self.event_types().find(|it| *it == name)?;
        let mut kinds = about::components(self, name).into_iter();
        kinds.find(|it| *it == component)?;
        about::settle(self, component, name, object);
        let id = ids::created("event", number);
        Some(self.event_around(id, name, object))
    }

    /// The notification of a thin event. It refers to its object, where that can be retrieved.
    fn thin(&self, id: &str, name: &str) -> Value {
        let mut thin = Map::from_iter([
            ("id".to_owned(), id.into()),
            ("object".to_owned(), "v2.core.event".into()),
            ("type".to_owned(), name.into()),
            ("created".to_owned(), DATE_TIME.into()),
            ("livemode".to_owned(), false.into()),
        ]);
        let component = about::component(self, name);
        let found = component.and_then(|it| Some((it, self.retrieval(it)?)));
        if let Some((component, operation)) = found {
            let kind = self.constant(self.component_node(component), "object");
            let own = ids::of(self.component_name(component), "");
            let url = path(operation, &own);
            let related = json!({ "id": own, "type": kind, "url": url });
            thin.insert("related_object".to_owned(), related);
        }
        Value::Object(thin)
    }

    /// The operation that retrieves one such object.
    fn retrieval(&self, component: ComponentId) -> Option<&Operation> {
        let retrieves = |it: &&Operation| match it.answer {
            Answer::Json(node) if it.method == Method::Get && it.ends_in_parameter() => {
                self.objects(node).contains(&component)
            }
            _ => false,
        };
        self.operations().iter().find(retrieves)
    }
}

/// The path of an object; what is around it has the only id of its kind.
fn path(operation: &Operation, id: &str) -> String {
    let last = operation.segments.len().saturating_sub(1);
    let text = |(at, segment): (usize, &Segment)| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(_) if at == last => format!("/{id}"),
        Segment::Parameter(name) => {
            format!("/{}", ids::of(name.strip_suffix("_id").unwrap_or(name), ""))
        }
    };
    operation.segments.iter().enumerate().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conform;
    use crate::server::default_document;

    #[test]
    fn every_event_is_what_the_document_says() {
        let document = default_document().unwrap();
        let schema = |name: &str| {
            let mut all = document.component_ids();
            let found = all.find(|it| document.component_name(*it) == name);
            document.component_node(found.unwrap())
        };
        let mut around_nothing = Vec::new();
        for name in document.event_types() {
            let event = document.event(name).unwrap();
            let value: Value = serde_json::from_str(event.payload()).unwrap();
            conform::properties(&document, schema("event"), &value).unwrap();
            let object = &value["data"]["object"];
            match about::component(&document, name) {
                Some(component) => {
                    let node = document.component_node(component);
                    let fits = conform::properties(&document, node, object);
                    assert!(fits.is_ok(), "{name}: {fits:?}");
                }
                None => around_nothing.push(about::subject(name)),
            }
        }
        around_nothing.dedup();
        assert_eq!(
            around_nothing,
            [
                "billing.alert",
                "entitlements.active_entitlement_summary",
                "reserve.hold",
                "reserve.plan",
                "reserve.release",
            ]
        );
        let thin = document.event("v2.core.account_person.updated").unwrap();
        let value = serde_json::from_str(thin.payload()).unwrap();
        conform::properties(&document, schema("v2.core.event"), &value).unwrap();
    }

    #[test]
    fn a_thin_event_refers_to_its_object_where_that_can_be_retrieved() {
        let document = default_document().unwrap();
        for (name, kind, url) in [
            (
                "v1.billing.meter.error_report_triggered",
                "billing.meter",
                "/v1/billing/meters/mtr_Mock000000000000",
            ),
            (
                "v2.core.account[configuration.customer].updated",
                "v2.core.account",
                "/v2/core/accounts/acct_Mock000000000000",
            ),
            (
                "v2.core.account_person.created",
                "v2.core.account_person",
                "/v2/core/accounts/acct_Mock000000000000/persons/person_Mock000000000000",
            ),
            (
                "v2.commerce.product_catalog.imports.failed",
                "v2.commerce.product_catalog_import",
                "/v2/commerce/product_catalog/imports/pcimprt_Mock000000000000",
            ),
        ] {
            let event = document.event(name).unwrap();
            let value: Value = serde_json::from_str(event.payload()).unwrap();
            assert_eq!(value["related_object"]["type"], kind);
            assert_eq!(value["related_object"]["url"], url);
        }
        for name in [
            "v1.billing.meter.no_meter_found",
            "v2.core.account_link.returned",
            "v2.of_tomorrow.happened",
        ] {
            let event = document.event(name).unwrap();
            assert!(!event.payload().contains("related_object"), "{name}");
        }
    }

    #[test]
    fn an_event_that_the_document_does_not_list_is_none() {
        let document = default_document().unwrap();
        for name in ["invoice.payed", "*", "", "invoice"] {
            assert_eq!(document.event(name), None, "{name}");
        }
    }
}
