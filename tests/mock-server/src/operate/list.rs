//! Pages: cursors of v1, tokens of a search and of v2. Over what was created, the newest first, and then over objects
//! that are made up.

use serde_json::{Map, Value};

use super::role::Part;
use super::scene::Scene;
use crate::check::Checked;
use crate::conform::accepts;
use crate::document::{ComponentId, NodeId, Operation};
use crate::fault::Fault;
use crate::synthesise::{echo, ids};

const DEFAULT_LIMIT: usize = 10;
const MOST: usize = 100;

/// Parameters that say which page, and not which objects.
const NO_FILTER: [&str; 8] = [
    "created",
    "ending_before",
    "expand",
    "include",
    "limit",
    "page",
    "query",
    "starting_after",
];

/// One page.
pub(super) fn page(
    scene: &Scene<'_>,
    operation: &Operation,
    part: &Part,
    node: NodeId,
    checked: &Checked,
) -> Result<Value, Fault> {
    let has_limit = operation.query.iter().any(|it| it.name == "limit");
    let listing = Listing::new(scene, part, checked);
    let limit = if has_limit {
        limit(&checked.sent)?
    } else {
        usize::MAX
    };
    let window = listing.window(limit)?;
    let mut value = scene.template(node);
    let items = (window.start..window.end).filter_map(|index| listing.item(index));
    let items: Vec<Value> = items.collect();
    let mut set = |name: &str, new: Value| {
        if let Some(member) = value.get_mut(name) {
            *member = new;
        }
    };
    set("data", items.into());
    set("has_more", window.more.into());
    // Some lists name another path than their own, such as those that were renamed.
    let url = scene.document.property(node, "url");
    if url.is_some_and(|it| accepts(scene.document, it.node, &scene.path.into())) {
        set("url", scene.path.into());
    }
    set("total_count", listing.total().into());
    let next = window.more.then(|| token(window.end));
    set(
        "next_page_url",
        next.as_deref().map(|it| link(scene, it)).into(),
    );
    set("next_page", next.into());
    let before = window.start.saturating_sub(limit);
    let previous = (window.start > 0).then(|| link(scene, &token(before)));
    set("previous_page_url", previous.into());
    Ok(value)
}

fn limit(sent: &Map<String, Value>) -> Result<usize, Fault> {
    let Some(given) = sent.get("limit").and_then(Value::as_i64) else {
        return Ok(DEFAULT_LIMIT);
    };
    let wrong = |what: &str| {
        let fault = Fault::invalid(format!("This value must be {what}."));
        fault.code("parameter_invalid_integer").param("limit")
    };
    match usize::try_from(given) {
        Ok(limit @ 1..=MOST) => Ok(limit),
        Ok(limit) if limit > MOST => Err(wrong("less than or equal to 100")),
        _ => Err(wrong("greater than or equal to 1")),
    }
}

fn token(offset: usize) -> String {
    format!("page_{offset}")
}

fn offset(token: &str) -> Option<usize> {
    token.strip_prefix("page_")?.parse().ok()
}

/// The same request for another page.
fn link(scene: &Scene<'_>, token: &str) -> String {
    let pairs = scene.query.split('&');
    let mut kept: Vec<&str> = pairs
        .filter(|pair| !pair.is_empty() && !pair.starts_with("page="))
        .collect();
    let page = format!("page={token}");
    kept.push(&page);
    format!("{}?{}", scene.path, kept.join("&"))
}

/// The items that a page shows, and whether more follow in the direction of the request.
#[derive(Debug, PartialEq, Eq)]
struct Window {
    start: usize,
    end: usize,
    more: bool,
}

/// All that a request could list.
struct Listing<'a> {
    scene: &'a Scene<'a>,
    part: &'a Part,
    sent: &'a Map<String, Value>,
    /// What every item has in common, as the request has it.
    common: Map<String, Value>,
    created: Vec<String>,
}

impl<'a> Listing<'a> {
    fn new(scene: &'a Scene<'a>, part: &'a Part, checked: &'a Checked) -> Self {
        let around = checked.path.iter();
        let around: Map<String, Value> = around
            .map(|(name, text)| (name.clone(), text.clone().into()))
            .collect();
        let filters = checked.sent.iter().filter(|(name, value)| {
            let is_filter = value.is_string() || value.is_boolean() || value.is_i64();
            is_filter && !NO_FILTER.contains(&name.as_str())
        });
        let filters = filters
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Self {
            created: created(scene, part, &around, &filters),
            scene,
            part,
            sent: &checked.sent,
            common: around.into_iter().chain(filters).collect(),
        }
    }

    fn total(&self) -> usize {
        self.created.len().saturating_add(self.scene.items)
    }

    /// An unknown cursor or token stands behind the last item: a client that invents one gets nothing, but it ends.
    fn window(&self, limit: usize) -> Result<Window, Fault> {
        let text = |name: &str| self.sent.get(name).and_then(Value::as_str);
        let (after, before, page) = (text("starting_after"), text("ending_before"), text("page"));
        let total = self.total();
        if after.is_some() && before.is_some() {
            let message = "You cannot parameterize both starting_after and ending_before.";
            return Err(Fault::invalid(message).param("starting_after"));
        }
        if let Some(before) = before {
            let end = self.position(before).unwrap_or(0);
            let start = end.saturating_sub(limit);
            let more = start > 0;
            return Ok(Window { start, end, more });
        }
        let start = match (after, page) {
            (Some(after), _) => self.position(after).map(|it| it + 1),
            (None, Some(page)) => offset(page),
            (None, None) => Some(0),
        };
        let start = start.unwrap_or(total).min(total);
        let end = start.saturating_add(limit).min(total);
        let more = end < total;
        Ok(Window { start, end, more })
    }

    fn position(&self, id: &str) -> Option<usize> {
        let created = self.created.iter().position(|it| it == id);
        created.or_else(|| {
            let index = ids::seed_index(id)?;
            let known = index < self.scene.items && self.seed_id(index)? == id;
            known.then_some(self.created.len() + index)
        })
    }

    fn item(&self, index: usize) -> Option<Value> {
        if let Some(id) = self.created.get(index) {
            return self.scene.created(id);
        }
        let seed = index - self.created.len();
        let component = self.seed_component(seed)?;
        let node = self.scene.document.component_node(component);
        let mut value = self.scene.made_up(component);
        echo(
            self.scene.document,
            node,
            &mut value,
            &Value::Object(self.common.clone()),
        );
        if let Some(id) = value.get_mut("id").filter(|it| it.is_string()) {
            *id = self.seed_id(seed)?.into();
        }
        Some(value)
    }

    /// The items of a list of several types take turns.
    fn seed_component(&self, index: usize) -> Option<ComponentId> {
        let turn = index.wrapping_add(self.scene.style.variant);
        crate::synthesise::pick(&self.part.living, turn).copied()
    }

    fn seed_id(&self, index: usize) -> Option<String> {
        let component = self.seed_component(index)?;
        Some(ids::seed(
            self.scene.document.component_name(component),
            index,
        ))
    }
}

/// The ids of the objects that were created here and that the request is about, the newest first.
fn created(
    scene: &Scene<'_>,
    part: &Part,
    around: &Map<String, Value>,
    filters: &Map<String, Value>,
) -> Vec<String> {
    let store = scene.store();
    let mut found = Vec::new();
    for component in &part.living {
        for (age, stored, value) in store.newest(scene.account, *component) {
            let below = stored.collection == scene.path || has_all(value, around, false);
            if below && has_all(value, filters, true) {
                let id = value.get("id").and_then(Value::as_str);
                found.extend(id.map(|id| (age, id.to_owned())));
            }
        }
    }
    found.sort_unstable_by(|left, right| right.cmp(left));
    found.into_iter().map(|(_, id)| id).collect()
}

/// Whether an object has these values; an expanded object counts as its id.
fn has_all(object: &Value, wanted: &Map<String, Value>, unknown_is_fine: bool) -> bool {
    wanted.iter().all(|(name, value)| {
        let Some(own) = object.get(name) else {
            return unknown_is_fine;
        };
        own == value || own.get("id") == Some(value)
    })
}
