//! `expand`: ids in an answer become the objects that they stand for, at most four levels deep.

use serde_json::Value;

use super::scene::Scene;
use crate::conform::{accepts, may_be};
use crate::document::{Document, Kind, NodeId};
use crate::fault::Fault;
use crate::synthesise::{ids, pick};

/// Stripe's limit.
const DEEPEST: usize = 4;

/// Refuses a path, such as `data.customer`, that nothing can be expanded by in an answer of this schema.
pub(super) fn judge(document: &Document, id: NodeId, path: &str) -> Result<(), Fault> {
    let segments: Vec<&str> = path.split('.').collect();
    if segments.len() > DEEPEST {
        return Err(Fault::invalid(format!(
            "You cannot expand more than {DEEPEST} levels of a property. Property: {path}"
        ))
        .param("expand"));
    }
    if !is_expandable(document, id, &segments) {
        return Err(
            Fault::invalid(format!("This property cannot be expanded ({path}).")).param("expand"),
        );
    }
    Ok(())
}

/// Expands a path that is good.
pub(super) fn expand(scene: &Scene<'_>, id: NodeId, value: &mut Value, path: &str) {
    let segments: Vec<&str> = path.split('.').collect();
    follow(scene, id, value, &segments);
}

/// Whether any object that the schema stands for has such a path; the value plays no part in it.
fn is_expandable(document: &Document, id: NodeId, segments: &[&str]) -> bool {
    let Some((first, rest)) = segments.split_first() else {
        return true;
    };
    let node = document.node(id);
    match &node.kind {
        Kind::Component(component) => {
            is_expandable(document, document.component_node(*component), segments)
        }
        Kind::Union(arms) => arms
            .iter()
            .any(|arm| is_expandable(document, *arm, segments)),
        Kind::Array(items) => is_expandable(document, *items, segments),
        Kind::Object(_) => {
            let property = document.property(id, first);
            node.expandable_fields.iter().any(|name| name == first)
                && property.is_some_and(|it| is_expandable(document, it.node, rest))
        }
        _ => false,
    }
}

fn follow(scene: &Scene<'_>, id: NodeId, value: &mut Value, segments: &[&str]) {
    let document = scene.document;
    let node = document.node(id);
    if node.expandable && value.is_string() {
        become_object(scene, id, value);
    }
    let Some((first, rest)) = segments.split_first() else {
        return expand_items(scene, id, value);
    };
    match (&node.kind, value) {
        (Kind::Component(component), value) => {
            follow(scene, document.component_node(*component), value, segments);
        }
        (Kind::Union(arms), value) if value.is_object() => {
            let mut arms = arms.iter();
            let fits = |arm: &&NodeId| {
                document.node(**arm).kind != Kind::Text && may_be(document, **arm, value)
            };
            if let Some(arm) = arms.find(fits) {
                follow(scene, *arm, value, segments);
            }
        }
        (Kind::Array(items), Value::Array(values)) => values
            .iter_mut()
            .for_each(|value| follow(scene, *items, value, segments)),
        (Kind::Object(_), value) => {
            let property = document.property(id, first);
            if let Some((property, member)) = property.zip(value.get_mut(*first)) {
                follow(scene, property.node, member, rest);
            }
        }
        _ => {}
    }
}

/// A path that ends in a list of ids means its items.
fn expand_items(scene: &Scene<'_>, id: NodeId, value: &mut Value) {
    if let (Kind::Array(items), Value::Array(values)) = (&scene.document.node(id).kind, value) {
        for value in values {
            follow(scene, *items, value, &[]);
        }
    }
}

/// The object that was created under this id; else one that is made up, of the type that the id looks like.
fn become_object(scene: &Scene<'_>, id: NodeId, value: &mut Value) {
    let given = value.as_str().unwrap_or_default().to_owned();
    let created = scene.created(&given);
    if let Some(found) = created.filter(|it| accepts(scene.document, id, it)) {
        *value = found;
        return;
    }
    let targets = scene.document.objects(id);
    let looks_like = |name: &str| {
        let rest = given.strip_prefix(ids::prefix(name));
        rest.is_some_and(|it| it.starts_with('_'))
    };
    let mut living = targets.iter().filter(|it| !scene.document.is_deleted(**it));
    let first = living.clone().next();
    let target = living.find(|it| looks_like(scene.document.component_name(**it)));
    let by_variant = pick(&targets, scene.style.variant).filter(|_| scene.style.variant > 0);
    if let Some(target) = by_variant.or(target).or(first).or_else(|| targets.first()) {
        *value = scene.made_up(*target);
        if let Some(own) = value.get_mut("id") {
            *own = given.into();
        }
    }
}
