//! Errors as Stripe writes them, in v1 and in v2. Who finds them is elsewhere.

use serde_json::{Map, Value, json};

/// An error answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) param: Option<String>,
    /// The value of `Stripe-Should-Retry`, if it is sent.
    pub(crate) should_retry: Option<bool>,
}

impl Fault {
    /// A request that is wrong.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    /// An error of any status and type.
    pub(crate) fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            code: None,
            message: message.into(),
            param: None,
            should_retry: None,
        }
    }

    /// A key that is missing or wrong.
    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(401, "invalid_request_error", message)
    }

    /// An object that is not there. The message is Stripe's.
    pub(crate) fn missing(object: &str, id: &str, param: &str) -> Self {
        let what = object.replace(['_', '.'], " ");
        Self::new(
            404,
            "invalid_request_error",
            format!("No such {what}: '{id}'"),
        )
        .code("resource_missing")
        .param(param)
    }

    /// A path and method that no operation has.
    pub(crate) fn unrecognized(method: &str, path: &str) -> Self {
        let message = format!(
            "Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we can help at \
             https://support.stripe.com/."
        );
        Self::new(404, "invalid_request_error", message)
    }

    /// Something that must not happen.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "api_error", message)
    }

    pub(crate) fn code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    pub(crate) fn param(mut self, param: &str) -> Self {
        self.param = Some(param.to_owned());
        self
    }

    pub(crate) fn should_retry(mut self, should: bool) -> Self {
        self.should_retry = Some(should);
        self
    }

    /// The body.
    pub(crate) fn body(&self, v2: bool) -> Value {
        let mut error = Map::new();
        let mut set = |name: &str, value: &str| {
            error.insert(name.to_owned(), value.into());
        };
        set("type", self.kind);
        if v2 {
            // v2 has no `param`; its messages name the field.
            set(
                "code",
                self.code.as_deref().unwrap_or_else(|| self.v2_code()),
            );
            let named = self
                .param
                .as_deref()
                .filter(|it| !self.message.contains(it));
            let message = named.map(|it| format!("{it}: {}", self.message));
            set("message", message.as_deref().unwrap_or(&self.message));
            return json!({ "error": error });
        }
        set("message", &self.message);
        if let Some(code) = &self.code {
            set("code", code);
            let page = code.replace('_', "-");
            set(
                "doc_url",
                &format!("https://stripe.com/docs/error-codes/{page}"),
            );
        }
        if let Some(param) = &self.param {
            set("param", param);
        }
        json!({ "error": error })
    }

    fn v2_code(&self) -> &'static str {
        match self.status {
            404 => "not_found",
            429 => "rate_limit",
            500.. => "internal_error",
            _ => "invalid_request",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conform;
    use crate::document::Document;
    use crate::server::default_document;

    fn assert_is(document: &Document, component: &str, value: &Value) {
        let named = |id: &_| document.component_name(*id) == component;
        let id = document.component_ids().find(named).unwrap();
        let outcome = conform::properties(document, document.component_node(id), value);
        assert!(
            outcome.is_ok(),
            "{component} {value}: {}",
            outcome.unwrap_err()
        );
    }

    #[test]
    fn errors_are_what_the_document_says() {
        let document = default_document().unwrap();
        for fault in [
            Fault::invalid("x"),
            Fault::invalid("x").code("parameter_missing").param("a[b]"),
            Fault::missing("customer", "cus_1", "customer"),
            Fault::unrecognized("GET", "/"),
            Fault::internal("x").should_retry(true),
            Fault::new(400, "idempotency_error", "x"),
            Fault::new(402, "card_error", "x"),
        ] {
            assert_is(&document, "error", &fault.body(false));
            assert_is(&document, "v2.error", &fault.body(true));
        }
    }

    #[test]
    fn a_message_of_v2_names_the_parameter() {
        let body = Fault::invalid("It is wrong.").param("a.b").body(true);
        assert_eq!(body["error"]["message"], "a.b: It is wrong.");
        let body = Fault::invalid("a.b is wrong.").param("a.b").body(true);
        assert_eq!(body["error"]["message"], "a.b is wrong.");
    }
}
