//! What an operation does to objects, told by the shape of its path and its answer alone. No resource is named here.

use std::collections::HashMap;

use crate::document::{Answer, ComponentId, Document, Method, Operation, Segment};

/// What an operation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Returns a page of objects.
    List,
    /// Makes a new object.
    Create,
    Retrieve,
    Update,
    Delete,
    /// Does something to one object, such as `capture`.
    Act(String),
    /// Anything else. It has no state.
    Other,
}

/// What is known of an operation beyond the document.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) role: Role,
    /// The components that the answer may be, or the items of its list.
    pub(crate) living: Vec<ComponentId>,
    /// What the answer is once the object was deleted.
    pub(crate) deleted: Vec<ComponentId>,
    /// Which of the path's parameters is the id of the object.
    pub(crate) id_at: Option<usize>,
}

/// Names of actions that return an object without making one.
const MAKE_NOTHING: [&str; 3] = ["create_preview", "delete", "find"];

/// The part of every operation, in their order.
pub(crate) fn assign(document: &Document) -> Vec<Part> {
    let mut items: HashMap<String, Vec<ComponentId>> = HashMap::new();
    for operation in document
        .operations()
        .iter()
        .filter(|it| it.ends_in_parameter())
    {
        let shape = shape(&operation.segments);
        items
            .entry(shape)
            .or_default()
            .extend(answers(document, operation));
    }
    let operations = document.operations().iter();
    operations
        .map(|operation| part(document, operation, &items))
        .collect()
}

fn part(
    document: &Document,
    operation: &Operation,
    items: &HashMap<String, Vec<ComponentId>>,
) -> Part {
    let is_list = is_list(document, operation);
    let objects = if is_list {
        item_objects(document, operation)
    } else {
        answers(document, operation)
    };
    let (deleted, living): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|id| document.is_deleted(*id));
    let role = if is_list {
        Role::List
    } else {
        role(document, operation, &living, items)
    };
    let is_about_one = !matches!(role, Role::List | Role::Create | Role::Other);
    let parameters = operation.path_parameter_count();
    Part {
        id_at: parameters.checked_sub(1).filter(|_| is_about_one),
        role,
        living,
        deleted,
    }
}

fn role(
    document: &Document,
    operation: &Operation,
    living: &[ComponentId],
    items: &HashMap<String, Vec<ComponentId>>,
) -> Role {
    let Some(Segment::Literal(last)) = operation.segments.last() else {
        return match operation.method {
            Method::Get => Role::Retrieve,
            Method::Post => Role::Update,
            Method::Delete => Role::Delete,
        };
    };
    if operation.method != Method::Post {
        return Role::Other;
    }
    let is_parameter = |it: &Segment| matches!(it, Segment::Parameter(_));
    let item = operation.segments.iter().rposition(is_parameter);
    let around = item.and_then(|at| items.get(&shape(operation.segments.get(..=at)?)));
    if around.is_some_and(|objects| objects.iter().any(|it| living.contains(it))) {
        return Role::Act(last.clone());
    }
    let has_id = |id: &ComponentId| {
        document
            .property(document.component_node(*id), "id")
            .is_some()
    };
    let makes = living.iter().any(has_id) && !MAKE_NOTHING.contains(&last.as_str());
    if makes { Role::Create } else { Role::Other }
}

/// The path with all parameters alike, and that of a test helper like that of what it helps to test.
fn shape(segments: &[Segment]) -> String {
    let names = segments.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => (text != "test_helpers").then_some(text.as_str()),
        Segment::Parameter(_) => Some("{}"),
    });
    names.collect::<Vec<_>>().join("/")
}

fn answers(document: &Document, operation: &Operation) -> Vec<ComponentId> {
    match operation.answer {
        Answer::Json(node) => document.objects(node),
        Answer::Bytes(_) => Vec::new(),
    }
}

fn item_objects(document: &Document, operation: &Operation) -> Vec<ComponentId> {
    let Answer::Json(node) = operation.answer else {
        return Vec::new();
    };
    let items = document
        .property(node, "data")
        .and_then(|data| document.items(data.node));
    items
        .map(|items| document.objects(items))
        .unwrap_or_default()
}

/// A list of v1, a result of a search, or a list of v2.
fn is_list(document: &Document, operation: &Operation) -> bool {
    let Answer::Json(node) = operation.answer else {
        return false;
    };
    let has = |name: &str| document.property(node, name).is_some();
    operation.method == Method::Get && has("data") && (has("has_more") || has("next_page_url"))
}
