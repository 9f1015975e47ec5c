//! The calls of the generated crate, each through its typed method, behind one type: parameters come in as JSON, answers
//! go out as something to walk. What is instantiated for each type is as little as can be.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use stripe_generated::stripe_core::decode::Decode;
use stripe_generated::stripe_core::from_data::noting;
use stripe_generated::stripe_core::value::{self, Node, Params};
use stripe_generated::types::{Binary, Deleted};
use stripe_generated::{Client, Error, Request};

use super::held::difference;
use super::hidden::exposed;

/// One method that makes a request.
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// `customers.tax_ids.create`.
    pub(crate) name: &'static str,
    /// Makes the request from the ids of the path and the parameters, or says why these do not fit.
    pub(crate) prepare: Prepare,
}

type Prepare = fn(&Client, &[&str], &Value) -> Result<Box<dyn Prepared>, String>;

macro_rules! call {
    ($method:literal, $path:literal, $($service:ident).+, $name:ident($($id:ident),*)) => {
        entry!($method, $path, $($service).+, $name, |client, ids, params| {
            let &[$($id),*] = ids else { return Err(wrong_ids(ids)) };
            no_params(params)?;
            Ok(Box::new(Json(client.$($service()).+.$name($($id),*))))
        })
    };
    ($method:literal, $path:literal, $($service:ident).+, $name:ident($($id:ident),*; params)) => {
        entry!($method, $path, $($service).+, $name, |client, ids, params| {
            let &[$($id),*] = ids else { return Err(wrong_ids(ids)) };
            Ok(Box::new(Json(client.$($service()).+.$name($($id,)* typed(params)?))))
        })
    };
}

/// A call that answers with a document.
macro_rules! bytes {
    ($method:literal, $path:literal, $($service:ident).+, $name:ident($($id:ident),*)) => {
        entry!($method, $path, $($service).+, $name, |client, ids, params| {
            let &[$($id),*] = ids else { return Err(wrong_ids(ids)) };
            no_params(params)?;
            Ok(Box::new(client.$($service()).+.$name($($id),*)))
        })
    };
}

macro_rules! entry {
    ($method:literal, $path:literal, $($service:ident).+, $name:ident, $prepare:expr) => {
        Call {
            method: $method,
            path: $path,
            name: concat!($(stringify!($service), ".",)+ stringify!($name)),
            prepare: $prepare,
        }
    };
}

/// All of them.
#[allow(deprecated, reason = "what Stripe deprecates is called as well")]
pub(crate) const CALLS: &[Call] = &include!("calls.in");

fn wrong_ids(ids: &[&str]) -> String {
    format!(
        "the path has {} ids, and the method takes others",
        ids.len()
    )
}

fn no_params(params: &Value) -> Result<(), String> {
    match params.as_object().is_some_and(serde_json::Map::is_empty) {
        true => Ok(()),
        false => Err("the method takes no parameters, and the document has some".to_owned()),
    }
}

/// The parameters as the type that the method takes.
fn typed<P: Decode + Params>(params: &Value) -> Result<P, String> {
    let text = params.to_string();
    let (read, unknown) = noting(|| P::decode(text.as_bytes()));
    let typed = read.map_err(|error| format!("the parameters have no place: {error}"))?;
    held(typed.as_object(), &unknown, params)?;
    exposed(&typed).map_or(Ok(typed), Err)
}

/// What is set for a currency on purpose although it is none that is known.
const NO_CURRENCIES: [&str; 4] = ["us", "usd1", "u1d", "zzz"];

/// Whether typed parameters hold all of the JSON that they were made from.
fn held(typed: &dyn value::Value, unknown: &[String], params: &Value) -> Result<(), String> {
    let mut unknown = unknown.iter();
    if let Some(unknown) = unknown.find(|it| !NO_CURRENCIES.contains(&it.as_str())) {
        return Err(format!(
            "a parameter or value that no type has: `{unknown}`"
        ));
    }
    let lost = difference(Node::Object(typed), params);
    lost.map_or(Ok(()), |lost| {
        Err(format!("typed parameters are others: {lost}"))
    })
}

/// What is asked for besides the parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) expand: Option<String>,
    /// Whether parameters go out as they are: those that are made from the document alone keep no rule beyond it.
    pub(crate) skips_validation: bool,
}

/// A request whose type is forgotten.
pub(crate) trait Prepared {
    fn send(self: Box<Self>, options: &Options) -> Pending;
}

/// The answer once it is there.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Result<Answer, Error>>>>;

/// What came back.
pub(crate) struct Answer {
    /// As it came; empty if it is no text.
    pub(crate) json: String,
    /// As it was read; none, if it is a document.
    pub(crate) typed: Option<Box<dyn Typed>>,
}

/// An answer whose type is forgotten.
pub(crate) trait Typed {
    fn node(&self) -> Node<'_>;

    /// Written by the feature `serde`.
    fn written(&self) -> serde_json::Result<Value>;
}

impl<T: value::Value + Serialize> Typed for T {
    fn node(&self) -> Node<'_> {
        value::Value::node(self)
    }

    fn written(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }
}

/// A request that is answered with JSON.
struct Json<T>(Request<T>);

impl<T: Decode + Typed + 'static> Prepared for Json<T> {
    fn send(self: Box<Self>, options: &Options) -> Pending {
        let call = with(self.0, options).send();
        Box::pin(async {
            let response = call.await?;
            Ok(Answer {
                json: response.raw_json().to_owned(),
                typed: Some(Box::new(response.into_inner())),
            })
        })
    }
}

impl Prepared for Request<Binary> {
    fn send(self: Box<Self>, options: &Options) -> Pending {
        let call = with(*self, options).send();
        Box::pin(async {
            let response = call.await?;
            assert!(response.as_bytes().starts_with(b"%PDF-"), "a document");
            Ok(Answer {
                json: String::new(),
                typed: None,
            })
        })
    }
}

fn with<T>(request: Request<T>, options: &Options) -> Request<T> {
    let request = match &options.expand {
        Some(path) => request.expand(&[path]),
        None => request,
    };
    let request = match options.skips_validation {
        true => request.skip_validation(),
        false => request,
    };
    let headers = options.headers.iter();
    headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    })
}

/// Reads a component schema as its type.
pub(crate) type Reader = fn(&[u8]) -> Result<Arc<dyn Typed>, String>;

fn read_as<T: Decode + Typed + 'static>(json: &[u8]) -> Result<Arc<dyn Typed>, String> {
    match T::decode(json) {
        Ok(value) => Ok(Arc::new(value)),
        Err(error) => Err(error.to_string()),
    }
}

/// The type of a component schema, for objects that stand in another as JSON.
pub(crate) fn reader(schema: &str) -> Option<Reader> {
    use stripe_generated::schema;
    const SCHEMAS: &[(&str, Reader)] = &include!("../schemas.in");
    let found = SCHEMAS.binary_search_by(|(id, _)| (*id).cmp(schema));
    match found {
        Ok(index) => Some(SCHEMAS[index].1),
        // Most deleted objects leave no more than what is the same for all.
        Err(_) => schema
            .starts_with("deleted_")
            .then_some(read_as::<Deleted> as Reader),
    }
}
