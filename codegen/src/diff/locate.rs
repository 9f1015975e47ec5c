//! From a place in the document to the public items of the crate that stand for it.
//!
//! It reads the plan and decides nothing. A place that has no item of its own, such as a field of an error, has none here.

use std::collections::BTreeMap;

use super::change::What;
use super::found::{Found, Subject};
use crate::plan::item::{ChoiceArm, Item, Method, Ty};
use crate::plan::public::{self, Public, module, within};
use crate::plan::{File, Plan};

/// The module of the types of events.
const EVENT_TYPES: &str = "event_type";

/// The crate of one document, to look things up in.
pub(super) struct Crate<'a> {
    plan: &'a Plan,
    /// The files of schemas, by id.
    schemas: BTreeMap<&'a str, &'a File>,
    /// The methods of each operation.
    methods: BTreeMap<&'a str, Vec<(&'a File, String, &'a Method)>>,
    pub(super) public: Public,
}

/// A public item, and the type that it has.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub(super) item: String,
    file: &'a File,
    tys: Vec<&'a Ty>,
}

impl<'a> Crate<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let mut schemas = BTreeMap::new();
        let mut methods: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for file in &plan.files {
            if file.path.starts_with("src/schema/") {
                schemas.insert(file.source.trim_matches('`'), file);
            }
            for item in &file.items {
                let Item::Service(service) = item else {
                    continue;
                };
                for method in &service.methods {
                    let owner = within(&module(file), &service.name);
                    methods
                        .entry(&method.endpoint)
                        .or_default()
                        .push((file, owner, method));
                }
            }
        }
        Self {
            public: public::items(plan),
            plan,
            schemas,
            methods,
        }
    }

    /// The calls that lead to an operation.
    pub(super) fn calls(&self, subject: &Subject) -> Vec<String> {
        let Subject::Operation(name) = subject else {
            return Vec::new();
        };
        let mut all = self.plan.operations.iter();
        let operation = all.find(|it| format!("{} {}", it.method, it.path) == *name);
        operation.map(|it| it.calls.clone()).unwrap_or_default()
    }

    /// The public items that a difference is about.
    pub(super) fn spots(&self, found: &Found) -> Vec<Spot<'a>> {
        match (&found.subject, found.what) {
            (Subject::Errors, _) => self.error_code(&found.name),
            (Subject::Operation(name), What::Operation | What::Answer) => self.operation(name),
            (_, What::Value) => self.value(found),
            (_, What::Event) => [self.value(found), self.event(&found.name)].concat(),
            (Subject::Schema(id), _) if found.path.is_empty() => {
                self.schema(id).into_iter().collect()
            }
            _ => self.fields(found, &found.path),
        }
    }

    /// The constant of an event in the list of all of them.
    fn event(&self, name: &str) -> Vec<Spot<'a>> {
        let files = self.plan.files.iter();
        let lists = files.filter(|file| module(file) == EVENT_TYPES);
        let items = lists.flat_map(|file| file.items.iter().map(move |item| (file, item)));
        let spots = items.flat_map(|(file, item)| {
            let values = values(file, item, name).into_iter();
            values.map(move |name| spot(within(&module(file), &name), file))
        });
        spots.collect()
    }

    fn error_code(&self, code: &str) -> Vec<Spot<'a>> {
        let files = self.plan.files.iter();
        let codes = files.flat_map(|file| file.items.iter().map(move |item| (file, item)));
        let codes = codes.filter_map(|(file, item)| match item {
            Item::ErrorCodes(codes) => Some((file, codes)),
            _ => None,
        });
        let all = codes.flat_map(|(file, codes)| codes.iter().map(move |it| (file, it)));
        let same = all.filter(|(_, (_, text))| text == code);
        same.map(|(file, (name, _))| spot(within(&module(file), name), file))
            .collect()
    }

    pub(super) fn operation(&self, name: &str) -> Vec<Spot<'a>> {
        let methods = self.methods.get(name).into_iter().flatten();
        let spots = methods.map(|(file, owner, method)| Spot {
            item: format!("{owner}::{}", method.name),
            file,
            tys: method.params.iter().chain([&method.result]).collect(),
        });
        spots.collect()
    }

    fn schema(&self, id: &str) -> Option<Spot<'a>> {
        let file = self.schemas.get(id)?;
        let name = type_name(file.items.first()?)?;
        Some(spot(within(&module(file), name), file))
    }

    /// Where the properties of a subject start: the type of the schema, or those of the parameters or the answer.
    fn roots(&self, found: &Found) -> Vec<(&'a File, &'a Item)> {
        match &found.subject {
            Subject::Errors => Vec::new(),
            Subject::Schema(id) => {
                let file = self.schemas.get(id.as_str());
                file.and_then(|file| Some((*file, file.items.first()?)))
                    .into_iter()
                    .collect()
            }
            Subject::Operation(name) => {
                let methods = self.methods.get(name.as_str()).into_iter().flatten();
                let roots = methods.flat_map(|(file, _, method)| {
                    let answer = Some(&method.result);
                    let ty = if found.sent {
                        method.params.as_ref()
                    } else {
                        answer
                    };
                    local(file, ty.into_iter())
                        .into_iter()
                        .map(|item| (*file, item))
                });
                roots.collect()
            }
        }
    }

    fn fields(&self, found: &Found, path: &[String]) -> Vec<Spot<'a>> {
        let roots = self.roots(found).into_iter();
        let mut spots: Vec<Spot<'a>> = roots
            .flat_map(|(file, item)| walk(file, item, path))
            .collect();
        spots.sort_by(|a, b| a.item.cmp(&b.item));
        spots.dedup_by(|a, b| a.item == b.item);
        spots
    }

    fn value(&self, found: &Found) -> Vec<Spot<'a>> {
        let items: Vec<(&File, &Item)> = if found.path.is_empty() {
            self.roots(found)
        } else {
            let fields = self.fields(found, &found.path);
            let items = fields.into_iter().flat_map(|it| {
                local(it.file, it.tys.into_iter())
                    .into_iter()
                    .map(move |item| (it.file, item))
            });
            items.collect()
        };
        let spots = items.into_iter().flat_map(|(file, item)| {
            let values = values(file, item, &found.name).into_iter();
            values.map(move |name| spot(within(&module(file), &name), file))
        });
        spots.collect()
    }
}

impl Spot<'_> {
    /// The types that are declared for what stands here, and for nothing else but what is like it.
    pub(super) fn declared(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut queue = local(self.file, self.tys.iter().copied());
        while let Some(item) = queue.pop() {
            let Some(name) = type_name(item) else {
                continue;
            };
            let name = within(&module(self.file), name);
            if !names.contains(&name) {
                names.push(name);
                queue.extend(local(self.file, inner(item).into_iter()));
            }
        }
        names
    }
}

fn spot(item: String, file: &File) -> Spot<'_> {
    Spot {
        item,
        file,
        tys: Vec::new(),
    }
}

/// The members that a path leads to from an item.
fn walk<'a>(file: &'a File, item: &'a Item, path: &[String]) -> Vec<Spot<'a>> {
    let Some((first, rest)) = path.split_first() else {
        return Vec::new();
    };
    let owner = within(&module(file), type_name(item).unwrap_or_default());
    let members = members(item)
        .into_iter()
        .filter(|(_, wire, _)| wire == first);
    let spots = members.flat_map(|(name, _, ty)| {
        if rest.is_empty() {
            return vec![Spot {
                item: format!("{owner}.{name}"),
                file,
                tys: vec![ty],
            }];
        }
        let next = local(file, std::iter::once(ty)).into_iter();
        next.flat_map(|item| walk(file, item, rest)).collect()
    });
    spots.collect()
}

/// The name at Stripe is said only where it is another.
fn member<'a>(name: &'a str, wire: Option<&'a str>, ty: &'a Ty) -> (&'a str, &'a str, &'a Ty) {
    (name, wire.unwrap_or(name), ty)
}

/// The members of an item: name, name at Stripe, type.
fn members(item: &Item) -> Vec<(&str, &str, &Ty)> {
    match item {
        Item::Object(it) => {
            let fields = it.fields.iter();
            let members = fields.map(|it| member(&it.name, it.wire.as_deref(), &it.ty));
            members.collect()
        }
        Item::Params(it) => {
            let fields = it.fields.iter();
            let members = fields.map(|it| member(&it.name, it.wire.as_deref(), &it.ty));
            members.collect()
        }
        _ => Vec::new(),
    }
}

/// The types inside an item.
fn inner(item: &Item) -> Vec<&Ty> {
    match item {
        Item::Alias { ty, .. } => vec![ty],
        Item::Either(it) | Item::Choice(it) => {
            let arms = it.arms.iter().filter_map(|(_, arm)| match arm {
                ChoiceArm::Type(ty) => Some(ty),
                ChoiceArm::Text(_) => None,
            });
            arms.collect()
        }
        item => members(item).into_iter().map(|(.., ty)| ty).collect(),
    }
}

/// The items of a file that types name, with those behind the arms of a choice.
fn local<'a>(file: &'a File, tys: impl Iterator<Item = &'a Ty>) -> Vec<&'a Item> {
    let mut queue: Vec<&Ty> = tys.collect();
    let mut items: Vec<&Item> = Vec::new();
    while let Some(ty) = queue.pop() {
        let Ty::Path(path, arguments) = ty else {
            continue;
        };
        queue.extend(arguments);
        let named = file
            .items
            .iter()
            .filter(|item| type_name(item) == Some(path));
        for item in named {
            if items
                .iter()
                .any(|known| type_name(known) == type_name(item))
            {
                continue;
            }
            items.push(item);
            if matches!(item, Item::Either(_) | Item::Choice(_) | Item::Alias { .. }) {
                queue.extend(inner(item));
            }
        }
    }
    items
}

/// The constants and arms that stand for a value.
fn values(file: &File, item: &Item, value: &str) -> Vec<String> {
    let owner = type_name(item).unwrap_or_default();
    let name = |member: &String| format!("{owner}::{member}");
    match item {
        Item::Enum(it) => {
            let same = it.values.iter().filter(|(_, text)| text == value);
            same.map(|(constant, _)| name(constant)).collect()
        }
        Item::Choice(it) => {
            let same = it.arms.iter();
            let same =
                same.filter(|(_, arm)| matches!(arm, ChoiceArm::Text(text) if text == value));
            same.map(|(arm, _)| name(arm)).collect()
        }
        Item::Union(it) => {
            let is_it = |ty: &Ty| matches!(ty, Ty::Path(path, _) if path.ends_with(&camel(value)));
            let same = it.arms.iter().filter(|(_, ty, _)| is_it(ty));
            same.map(|(arm, ..)| name(arm)).collect()
        }
        Item::Alias { ty, .. } => {
            let items = local(file, std::iter::once(ty)).into_iter();
            items.flat_map(|item| values(file, item, value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The type of a schema, unless it had to be called otherwise.
fn camel(id: &str) -> String {
    crate::plan::camel(id)
}

fn type_name(item: &Item) -> Option<&str> {
    crate::plan::type_name(item)
}
