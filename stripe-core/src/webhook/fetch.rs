//! Fetching what a notification refers to, in the context that it names.

use super::catalog::EventNames;
use super::error::Error;
use super::notification::{EventNotification, Notification};
use crate::client::Client;
use crate::decode::Decode;
use crate::error::Attached;
use crate::method::Method;
use crate::operation::Operation;
use crate::request::Request;
use crate::types::Json;

/// The header that tells Stripe which event led to a request.
const TRIGGER: &str = "stripe-request-trigger";

impl Notification {
    /// A request for the whole event, with its data: `GET /v2/core/events/{id}`, in the context of the notification.
    ///
    /// `E` is the generated crate's `V2CoreEvent`, or [`Json`].
    pub fn fetch_event<E: Decode>(&self, client: &Client) -> Request<E> {
        let operation = Operation::get("/v2/core/events/{id}");
        self.of_event(Request::new(client, operation, &[&self.id]))
    }

    /// A request for the object that the event is about, as JSON: [`decode_as`](Request::decode_as) gives it a type. `None`
    /// if it is about none. The object is as it is now, not as it was when the event happened.
    ///
    /// A path that could lead elsewhere is refused when the request is sent.
    pub fn fetch_related_json(&self, client: &Client) -> Option<Request<Json>> {
        let related = self.related_object.as_ref()?;
        Some(self.of_event(client.raw_request(Method::Get, &related.url)))
    }

    fn of_event<T: Decode>(&self, request: Request<T>) -> Request<T> {
        let request = request.header(TRIGGER, &format!("event={}", self.id));
        match &self.context {
            Some(context) => request.context(context),
            None => request,
        }
    }
}

impl<T: EventNames> EventNotification<T> {
    /// A request for the object that the event is about; `None` if it is about none. The object is as it is now, not as it
    /// was when the event happened.
    ///
    /// # Errors
    ///
    /// [`OtherObject`](super::ErrorKind::OtherObject) if it is about an object of another kind.
    pub fn fetch_related_object<O: Attached>(
        &self,
        client: &Client,
    ) -> Result<Option<Request<O>>, Error> {
        let Some(related) = &self.related_object else {
            return Ok(None);
        };
        T::CATALOG.expect(&related.type_, O::OBJECT)?;
        Ok(self.fetch_related_json(client).map(Request::decode_as))
    }
}
