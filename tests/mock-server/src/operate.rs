//! Carries out a request that is good: finds or makes the object, changes it, and shapes the answer. It reads no bytes
//! and writes none.

mod expand;
mod lifecycle;
mod list;
mod role;
mod scene;
mod templates;

use serde_json::{Map, Value};

use crate::body::file_of;
use crate::check::Checked;
use crate::conform;
use crate::document::{ComponentId, Document, NodeId, Operation};
use crate::fault::Fault;
use crate::store::{State, Stored};
use crate::synthesise::{add_unknown_members, echo, ids, pick};

use lifecycle::Life;
pub(crate) use role::{Part, Role, assign};
pub(crate) use scene::Scene;
pub(crate) use templates::Templates;

/// An answer, and the properties that it returns.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) value: Value,
    pub(crate) returned: Vec<NodeId>,
}

/// Refuses what cannot be expanded in an answer of this schema, before anything is done.
pub(crate) fn judge_expansions(
    document: &Document,
    node: NodeId,
    checked: &Checked,
) -> Result<(), Fault> {
    expansions(checked).try_for_each(|path| expand::judge(document, node, path))
}

fn expansions(checked: &Checked) -> impl Iterator<Item = &str> {
    let paths = checked.sent.get("expand").and_then(Value::as_array);
    paths.into_iter().flatten().filter_map(Value::as_str)
}

/// Does what a request asks for. `node` is the schema of the answer.
pub(crate) fn operate(
    scene: &Scene<'_>,
    operation: &Operation,
    part: &Part,
    node: NodeId,
    checked: &Checked,
) -> Result<Done, Fault> {
    let task = Task {
        scene,
        part,
        checked,
    };
    let mut value = match &part.role {
        Role::List => list::page(scene, operation, part, node, checked)?,
        Role::Create => task.create()?,
        Role::Other => {
            let mut value = scene.template(node);
            task.write(node, &mut value);
            value
        }
        Role::Retrieve | Role::Update | Role::Delete | Role::Act(_) => task.one()?,
    };
    for path in expansions(checked) {
        expand::expand(scene, node, &mut value, path);
    }
    let returned = conform::properties(scene.document, node, &value).map_err(|mismatch| {
        let (method, path) = (operation.method(), operation.path());
        Fault::internal(format!(
            "The mock made an answer to {method} {path} that is not what the document says: {mismatch}. This is a \
             mistake of the mock."
        ))
    })?;
    if scene.style.unknown_members {
        add_unknown_members(scene.document, node, &mut value);
    }
    Ok(Done { value, returned })
}

/// One request about one object.
struct Task<'a> {
    scene: &'a Scene<'a>,
    part: &'a Part,
    checked: &'a Checked,
}

impl Task<'_> {
    fn life(&self, component: ComponentId) -> Life<'_> {
        let document = self.scene.document;
        Life {
            document,
            component: document.component_name(component),
            node: document.component_node(component),
        }
    }

    /// Writes what was sent over an answer: first the parameters of the path, then the others.
    fn write(&self, node: NodeId, value: &mut Value) {
        let document = self.scene.document;
        let path = self.checked.path.iter().enumerate();
        // A parameter that is called just `id` is that of the object around, and no property of this one.
        let around =
            path.filter(|(index, (name, _))| Some(*index) != self.part.id_at && name != "id");
        let around: Map<String, Value> = around
            .map(|(_, (name, text))| (name.clone(), text.clone().into()))
            .collect();
        echo(document, node, value, &Value::Object(around));
        echo(
            document,
            node,
            value,
            &Value::Object(self.checked.sent.clone()),
        );
        for file in self.checked.sent.values().filter_map(file_of) {
            echo(document, node, value, file);
        }
    }

    fn create(&self) -> Result<Value, Fault> {
        let scene = self.scene;
        let Some(component) = pick(&self.part.living, scene.style.variant).copied() else {
            return Err(Fault::internal(
                "The answer of this operation is no object.",
            ));
        };
        let life = self.life(component);
        let number = scene.store().next_number();
        let mut value = scene.made_up(component);
        set_id(&mut value, &ids::created(life.component, number));
        life.begin(&mut value);
        self.write(life.node, &mut value);
        life.born(&mut value, &self.checked.sent)?;
        if let Some(id) = value.get("id").and_then(Value::as_str) {
            let stored = Stored {
                component,
                collection: scene.path.to_owned(),
                state: State::Alive(value.clone()),
            };
            scene.store().insert(scene.account, id, stored);
        }
        Ok(value)
    }

    /// Retrieves, changes or deletes an object. One that was not created here is made up, and forgotten again.
    fn one(&self) -> Result<Value, Fault> {
        let path = self.part.id_at.and_then(|at| self.checked.path.get(at));
        let (name, id) = path.ok_or_else(|| Fault::internal("The path names no object."))?;
        let stored = self.scene.stored(id);
        let known = stored.filter(|it| self.is_about(it.component));
        match known {
            Some(Stored {
                state: State::Deleted,
                ..
            }) => self.deleted(name, id),
            Some(Stored {
                component,
                state: State::Alive(value),
                ..
            }) => {
                let (value, state) = self.change(component, value, id, true)?;
                if let Some(state) = state {
                    self.scene.store().set(self.scene.account, id, state);
                }
                Ok(value)
            }
            None if id.ends_with("_missing") => Err(self.missing(name, id)),
            None => {
                let all = [self.part.living.as_slice(), &self.part.deleted].concat();
                let component = pick(&all, self.scene.style.variant).copied();
                let component = component
                    .ok_or_else(|| Fault::internal("The answer of this operation is no object."))?;
                let value = self.scene.made_up(component);
                self.change(component, value, id, false)
                    .map(|(value, _)| value)
            }
        }
    }

    /// Whether the operation is about objects of this component.
    fn is_about(&self, component: ComponentId) -> bool {
        let document = self.scene.document;
        let object = |id: ComponentId| document.constant(document.component_node(id), "object");
        // What is left of a deleted object still says what it was; in v2 it says nothing.
        let was = |twin: &ComponentId| object(*twin).is_none_or(|it| Some(it) == object(component));
        self.part.living.contains(&component) || self.part.deleted.iter().any(was)
    }

    fn missing(&self, name: &str, id: &str) -> Fault {
        let first = self
            .part
            .living
            .first()
            .or_else(|| self.part.deleted.first());
        let component = first.map_or(name, |it| self.scene.document.component_name(*it));
        let living = component.strip_prefix("deleted_").unwrap_or(component);
        // The twin of v2 is the same for all.
        let living = if living.contains("deleted") {
            "object"
        } else {
            living
        };
        Fault::missing(living, id, name)
    }

    /// The twin of a deleted object where the document has one here, else nothing at all.
    fn deleted(&self, name: &str, id: &str) -> Result<Value, Fault> {
        let twin = self
            .part
            .deleted
            .first()
            .filter(|_| self.part.role == Role::Retrieve);
        let twin = twin.ok_or_else(|| self.missing(name, id))?;
        let mut value = self.scene.made_up(*twin);
        set_id(&mut value, id);
        Ok(value)
    }

    /// The answer, and what becomes of the object if it was kept.
    fn change(
        &self,
        component: ComponentId,
        mut value: Value,
        id: &str,
        kept: bool,
    ) -> Result<(Value, Option<State>), Fault> {
        let life = self.life(component);
        if !kept {
            set_id(&mut value, id);
        }
        if !(kept && self.part.role == Role::Retrieve) {
            self.write(life.node, &mut value);
        }
        let sent = &self.checked.sent;
        let verb = match &self.part.role {
            Role::Act(verb) => Some(verb.as_str()),
            Role::Delete if self.part.deleted.is_empty() && life.can_be("canceled") => {
                Some("cancel")
            }
            _ => None,
        };
        match verb {
            Some(verb) if kept => life.act(verb, &mut value, sent)?,
            Some(verb) => life.force(verb, &mut value, sent),
            None if self.part.role == Role::Delete => {
                if let Some(twin) = pick(&self.part.deleted, self.scene.style.variant) {
                    value = self.scene.made_up(*twin);
                    set_id(&mut value, id);
                }
                return Ok((value, Some(State::Deleted)));
            }
            None => life.settle_method(&mut value, sent),
        }
        let changed = self.part.role != Role::Retrieve;
        let state = changed.then(|| State::Alive(value.clone()));
        Ok((value, state))
    }
}

fn set_id(value: &mut Value, id: &str) {
    if let Some(own) = value.get_mut("id").filter(|it| it.is_string()) {
        *own = id.into();
    }
}
