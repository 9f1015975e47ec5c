//! Judges a request against its operation: every parameter in path, query and body. It decodes no bytes and changes
//! nothing; what it marks is written to the ledger only once the whole request is good.

mod refusal;
mod value;

use serde_json::{Map, Value};

use crate::document::{Document, Method, Operation, Parameter, Segment};
use crate::fault::Fault;
use crate::ledger::Mark;

use refusal::Refusal;
use value::Checker;
pub(crate) use value::Mode;

type Members = Map<String, Value>;

/// A request that is as the document wants it.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The parameters of the path by name, in their order.
    pub(crate) path: Vec<(String, String)>,
    /// Query and body with the types that the document gives them; what is cleared is null.
    pub(crate) sent: Members,
    /// What was used of the document.
    pub(crate) marks: Vec<Mark>,
}

/// Judges a request. `query` and `body` are objects.
pub(crate) fn request(
    document: &Document,
    operation: &Operation,
    path: Vec<String>,
    query: &Value,
    body: &Value,
) -> Result<Checked, Fault> {
    let mut form = Checker::new(document, Mode::Form);
    let path = path_parameters(&mut form, operation, path)?;
    let (mut sent, for_body) = query_parameters(&mut form, operation, query)?;
    let mut marks = form.marks;
    let members = body.as_object().cloned().unwrap_or_default();
    if let Some(expected) = &operation.body {
        let whole = merged(members, for_body)?;
        let mode = if operation.is_v2() {
            Mode::Json
        } else {
            Mode::Form
        };
        let mut checker = Checker::new(document, mode);
        checker.clears = is_v2_update(operation);
        if let Value::Object(checked) = checker.value(expected.node, &whole, "")? {
            sent.extend(checked);
        }
        marks.append(&mut checker.marks);
    } else if let Some(name) = members.keys().next() {
        return Err(Refusal::unknown(name).into());
    }
    Ok(Checked { path, sent, marks })
}

/// What belongs to the body of a DELETE may stand in its query.
fn merged(mut body: Members, query: Members) -> Result<Value, Refusal> {
    if let Some(name) = query.keys().find(|name| body.contains_key(*name)) {
        return Err(Refusal::new(
            "It is given in the query and in the body.",
            name,
        ));
    }
    body.extend(query);
    Ok(Value::Object(body))
}

/// In v2, `null` clears an optional field of the object that is updated.
pub(crate) fn is_v2_update(operation: &Operation) -> bool {
    operation.is_v2() && operation.method == Method::Post && operation.ends_in_parameter()
}

fn path_parameters(
    checker: &mut Checker<'_>,
    operation: &Operation,
    values: Vec<String>,
) -> Result<Vec<(String, String)>, Refusal> {
    let names = operation
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name),
            Segment::Literal(_) => None,
        });
    let mut checked = Vec::new();
    for (name, text) in names.zip(values) {
        let value = Value::String(text);
        if let Some(parameter) = find(&operation.path_parameters, name) {
            checker.value(parameter.node, &value, name)?;
        }
        if let Value::String(text) = value {
            checked.push((name.clone(), text));
        }
    }
    Ok(checked)
}

/// The parameters of the query, and those that may belong to the body.
fn query_parameters(
    checker: &mut Checker<'_>,
    operation: &Operation,
    query: &Value,
) -> Result<(Members, Members), Refusal> {
    let (mut sent, mut for_body) = (Map::new(), Map::new());
    for (name, given) in query.as_object().into_iter().flatten() {
        if let Some(parameter) = find(&operation.query, name) {
            sent.insert(name.clone(), checker.value(parameter.node, given, name)?);
        } else if operation.method == Method::Delete && operation.body.is_some() {
            for_body.insert(name.clone(), given.clone());
        } else {
            return Err(Refusal::unknown(name));
        }
    }
    let mut required = operation.query.iter().filter(|it| it.required);
    match required.find(|it| !sent.contains_key(&it.name)) {
        Some(missing) => Err(Refusal::missing(&missing.name)),
        None => Ok((sent, for_body)),
    }
}

fn find<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a Parameter> {
    parameters.iter().find(|it| it.name == name)
}
