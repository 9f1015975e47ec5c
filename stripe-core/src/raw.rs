//! Requests by path: for what the generated crate does not have, or not yet. They are as safe as the others, in paths,
//! headers, retries and idempotency; only names and types are up to the caller.

use crate::client::Client;
use crate::decode::Decode;
use crate::encode::Error;
use crate::host::Host;
use crate::method::Method;
use crate::operation::{Body, Operation};
use crate::path;
use crate::request::Request;
use crate::types::Json;
use crate::value::Value;

impl Client {
    /// A request for any path of Stripe's API, which gives the JSON that Stripe answers with.
    ///
    /// The path begins with a slash and is encoded; a part of it in braces is filled by
    /// [`path_param`](Request::path_param). It may have a query, over which parameters win. One under `/v2` is of version
    /// 2: its parameters go into JSON, those of all others into a form. For GET and DELETE they go into the query.
    ///
    /// A path that could lead elsewhere (`..`, an empty segment, a slash that is encoded) is refused with
    /// [`Validation`](crate::ErrorKind::Validation) when the request is sent. No error or Debug shows it: it may hold ids.
    ///
    /// ```no_run
    /// # use stripe_core::{Client, Method};
    /// # async fn example(client: &Client, id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let customer = client
    ///     .raw_request(Method::Post, "/v1/customers/{customer}")
    ///     .path_param(id)
    ///     .param("email", "jenny@example.com")
    ///     .param("address[city]", "Berlin")
    ///     .param("preferred_locales", ["de", "en"])
    ///     .idempotency_key("signup-42")
    ///     .await?;
    /// println!("{} bytes", customer.as_str().len());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn raw_request(&self, method: Method, path: &str) -> Request<Json> {
        let mut request = Request::new(self, Operation::raw(method, path), &[]);
        request.parts_mut().path = path::written(path);
        request
    }
}

/// What only a request by path has.
impl Request<Json> {
    /// An id for the first part of the path that is still in braces. It stays one part, whatever it holds, or is refused.
    #[inline]
    pub fn path_param(mut self, id: &str) -> Self {
        let parts = self.parts_mut();
        if let Ok(path) = &parts.path {
            parts.path = path::fill(path, id);
        }
        self
    }

    /// A parameter, such as `email`, or one within others: `items[0][price]` or `items.0.price`.
    ///
    /// The value is anything that a parameter can be: a text, a number, a list, an object of the generated crate,
    /// [`Json`], or [`Clearable::Clear`](crate::types::Clearable::Clear) to clear a field. To set one twice is refused
    /// with [`Validation`](crate::ErrorKind::Validation) when the request is sent.
    pub fn param(self, name: &str, value: impl Value) -> Self {
        self.extra_param(name, value)
    }

    /// Parameters from the text of a JSON object, beside those that are set otherwise. In a form, `null` clears a field.
    ///
    /// A text that is no JSON object is refused with [`Validation`](crate::ErrorKind::Validation) when the request is sent.
    #[inline]
    pub fn params_json(mut self, object: &str) -> Self {
        self.parts_mut().add_extra(|extra| extra.parse(object));
        self
    }

    /// Another server than [`Host::Api`].
    #[inline]
    pub fn host(mut self, host: Host) -> Self {
        let parts = self.parts_mut();
        parts.operation = parts.operation.host(host);
        self
    }

    /// Sends the parameters as parts of their own, as an upload wants it; one of them may be a
    /// [`FileUpload`](crate::types::FileUpload). Only for POST.
    #[inline]
    pub fn multipart(mut self) -> Self {
        let parts = self.parts_mut();
        parts.operation.body = Body::Multipart;
        if parts.operation.method != Method::Post {
            parts.add_extra(|_| Err(Error::new("", "only a POST can have parts")));
        }
        self
    }

    /// The same request, with an answer that is read as a `T`. If that is a list, all its pages can be read:
    ///
    /// ```no_run
    /// # use stripe_core::{Client, List, Method, types::Json};
    /// # async fn example(client: &Client) -> Result<(), stripe_core::Error> {
    /// let charges = client.raw_request(Method::Get, "/v1/charges").param("limit", 100);
    /// let mut charges = charges.decode_as::<List<Json>>().items();
    /// while let Some(charge) = charges.next().await {
    ///     let charge: Json = charge?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn decode_as<T: Decode>(self) -> Request<T> {
        Request::from_parts(self.into_parts())
    }
}
