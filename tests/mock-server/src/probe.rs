//! What the document constrains of a request: every constraint with values on both sides of it, read from the raw
//! document. It judges with [`check`](crate::check), which whoever tests another reading can compare with.

mod insert;
mod sample;
mod walk;

use serde_json::{Map, Value};

use crate::body::as_file;
use crate::check;
use crate::document::{Document, Format, Method, NodeId, Operation};

pub(crate) use insert::Step;

/// A kind of constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Constraint {
    /// A text has at most so many characters.
    MaxLength,
    /// A value is one of a list that is complete.
    ClosedEnum,
    /// A value is one of a list that is not.
    OpenEnum,
    /// Three letters.
    Currency,
    /// A decimal number.
    Decimal,
    /// A time of RFC 3339.
    DateTime,
    /// Seconds since 1970.
    UnixTime,
    /// A parameter, or a property of one, has to be there.
    Required,
    /// A parameter cannot be cleared.
    NotClearable,
}

/// A constraint of an operation, and where it is.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is.
    pub constraint: Constraint,
    /// The JSON pointer of the schema.
    pub pointer: String,
    /// The name of the parameter, without positions: `line_items.price_data.currency`.
    pub name: String,
    /// Values that are accepted; the last ones before the boundary are among them.
    pub accepted: Vec<Value>,
    /// Values that are refused; none says that the parameter is left out.
    pub refused: Vec<Option<Value>>,
    /// Whether it is in one of several objects that may stand in the same place, of which it says which one is meant.
    pub one_of_several: bool,
    pub(crate) steps: Vec<Step>,
}

impl Document {
    /// The constraints of what a request may hold, in the order of the parameters.
    #[must_use]
    pub fn probes(&self, operation: &Operation) -> Vec<Probe> {
        walk::probes(self, operation)
    }

    /// The least that a request has to hold.
    #[must_use]
    pub fn least(&self, operation: &Operation) -> Members {
        sample::params(self, operation)
    }

    /// Puts a value where a probe is, with what has to be around it; whether there was place for it.
    #[must_use]
    pub fn put(&self, params: &mut Members, probe: &Probe, value: Option<&Value>) -> bool {
        insert::put(self, params, &probe.steps, value)
    }

    /// Judges a request with these parameters, as JSON would hold them.
    ///
    /// # Errors
    ///
    /// What the document has against it.
    pub fn judge(&self, operation: &Operation, params: &Members) -> Result<(), String> {
        let params = Value::Object(self.with_files(operation, params.clone()));
        let empty = Value::Object(Map::new());
        let in_query = operation.method != Method::Post;
        let params = if in_query || !operation.is_v2() {
            as_form(params)
        } else {
            params
        };
        let ids = vec!["id".to_owned(); operation.path_parameter_count()];
        let (query, body) = if in_query {
            (&params, &empty)
        } else {
            (&empty, &params)
        };
        match check::request(self, operation, ids, query, body) {
            Ok(_) => Ok(()),
            Err(fault) => Err(fault.message),
        }
    }

    /// The contents of files as files.
    fn with_files(&self, operation: &Operation, mut params: Members) -> Members {
        for (name, node, _) in parameters(self, operation) {
            let is_file = self.node(node).format == Some(Format::Binary);
            if let Some(value) = params.get_mut(&name).filter(|it| is_file && it.is_string()) {
                *value = as_file(value);
            }
        }
        params
    }
}

/// The parameters of a request.
type Members = Map<String, Value>;

/// What a form holds: texts, and an empty one for null.
fn as_form(value: Value) -> Value {
    match value {
        Value::Null => Value::from(""),
        Value::Bool(flag) => Value::from(flag.to_string()),
        Value::Number(number) => Value::from(number.to_string()),
        Value::String(_) => value,
        Value::Array(items) => items.into_iter().map(as_form).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(name, value)| (name, as_form(value)))
                .collect()
        }
    }
}

/// The parameters of an operation: name, schema and whether it has to be there.
pub(crate) fn parameters(
    document: &Document,
    operation: &Operation,
) -> Vec<(String, NodeId, bool)> {
    let query = operation.query.iter();
    let query = query.map(|it| (it.name.clone(), it.node, it.required));
    let body = operation
        .body
        .iter()
        .flat_map(|body| document.properties(body.node));
    let body = body.map(|it| (it.name.clone(), it.node, it.required));
    // What to expand is no parameter of the generated types.
    query
        .chain(body)
        .filter(|(name, ..)| name != "expand")
        .collect()
}
