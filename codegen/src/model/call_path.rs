//! The call path of an operation — `customers.tax_ids.create` — by plain rules over its path, its HTTP
//! method and what it returns.
//!
//! Stripe's document does not say how the official SDKs name a call, but their names follow its paths.
//! This file holds the rules only: it knows no resource and no path. Where an official name follows no
//! rule, `spec/overrides.yaml` states it. It is pure text in, text out; Rust keywords are escaped by the
//! planner, and the document is read elsewhere.

use std::collections::BTreeSet;
use std::fmt;

/// The HTTP methods Stripe's API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

/// What the rules need to know of a successful answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returns<'a> {
    /// A page of a collection, of v1 or v2.
    List,
    /// A page of search results.
    Search,
    /// One component schema, by its id; of an object and its deleted twin, the object.
    Resource(&'a str),
    /// Anything that has no single name: a union, a file, nothing.
    Other,
}

/// What the rules need to know of one operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) returns: Returns<'a>,
}

/// Where users find a call: the accessors that lead to the service, then the method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CallPath {
    pub(crate) service: Vec<String>,
    pub(crate) method: String,
}

impl CallPath {
    /// Reads the dotted form; `None` unless it has a service and every word is in snake case.
    pub(crate) fn parse(dotted: &str) -> Option<Self> {
        let mut service: Vec<String> = dotted.split('.').map(String::from).collect();
        let plain = service.iter().all(|word| snake_case(word) == *word);
        let method = service.pop()?;
        (plain && !service.is_empty()).then_some(Self { service, method })
    }

    fn new(service: &[String], method: impl Into<String>) -> Self {
        let mut service = accessors(service);
        if service.is_empty() {
            // Only a path without any word; a call always has a service to stand in.
            service.push("root".to_owned());
        }
        let method = method.into();
        Self { service, method }
    }

    /// The accessors and a method name in one list, as the name space of a service sees them.
    fn with_method(&self, method: &str) -> Vec<String> {
        [self.service.as_slice(), &[method.to_owned()]].concat()
    }
}

impl fmt::Display for CallPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service.join("."), self.method)
    }
}

/// What all paths of the document together say about one path.
#[derive(Debug, Default)]
pub(crate) struct PathIndex {
    /// Paths that are listed, or that have an id below them.
    collections: BTreeSet<Vec<String>>,
    /// Paths that answer to GET, but for lists.
    gets: BTreeSet<Vec<String>>,
    posts: BTreeSet<Vec<String>>,
}

impl PathIndex {
    pub(crate) fn new<'a>(operations: impl IntoIterator<Item = Operation<'a>>) -> Self {
        let mut index = Self::default();
        for op in operations {
            let path = segments(op.path);
            for (at, _) in path.iter().enumerate().filter(|(_, s)| *s == ID) {
                index.collections.insert(start(&path, at));
            }
            match (op.method, op.returns) {
                (Method::Get, Returns::List) => index.collections.insert(path),
                (Method::Get, _) => index.gets.insert(path),
                (Method::Post, _) => index.posts.insert(path),
                (Method::Delete, _) => false,
            };
        }
        index
    }

    fn is_service(&self, path: &[String]) -> bool {
        self.collections.contains(path) || self.gets.contains(path)
    }
}

/// The call path of an operation of the document the index was made from.
pub(crate) fn call_path(op: &Operation<'_>, index: &PathIndex) -> CallPath {
    let path = segments(op.path);
    match (path.split_last(), op.method) {
        (Some((last, parent)), _) if last != ID => word_at_end(op, last, parent, index),
        // An id at the end: the member of a collection.
        (_, Method::Get) => CallPath::new(&path, "retrieve"),
        (_, Method::Post) => CallPath::new(&path, "update"),
        (_, Method::Delete) => CallPath::new(&path, "delete"),
    }
}

/// The rules for a path that ends in a word; the first that fits holds.
fn word_at_end(op: &Operation<'_>, last: &str, parent: &[String], index: &PathIndex) -> CallPath {
    let path = &[parent, &[last.to_owned()]].concat();
    // Read and written at the same path: a thing there is one of, such as the settings of an account.
    let is_singleton = index.gets.contains(path) && index.posts.contains(path);
    let below_id = parent.last().is_some_and(|segment| segment == ID);
    match (op.method, op.returns) {
        (Method::Delete, _) if below_id => CallPath::new(parent, format!("delete_{last}")),
        (Method::Delete, _) => CallPath::new(path, "delete"),
        (Method::Get, Returns::List) => CallPath::new(path, "list"),
        (_, Returns::Search) => CallPath::new(parent, "search"),
        (Method::Post, _) if index.collections.contains(path) => CallPath::new(path, "create"),
        (_, returns) if !is_singleton && is_verb(last, parent, returns, index) => {
            CallPath::new(verb_owner(parent, returns, index), verb_name(last, returns))
        }
        (Method::Get, _) => CallPath::new(path, "retrieve"),
        (Method::Post, _) if is_singleton => CallPath::new(path, "update"),
        (Method::Post, _) => CallPath::new(path, "create"),
    }
}

/// Whether the last word acts on what stands before it, rather than naming a resource of its own.
fn is_verb(last: &str, parent: &[String], returns: Returns<'_>, index: &PathIndex) -> bool {
    let below_resource = parent.iter().any(|segment| segment == ID)
        || index.collections.contains(parent)
        || parent
            .last()
            .is_some_and(|word| names_result(word, returns));
    below_resource && !accessors(parent).is_empty() && !names_result(last, returns)
}

/// The path of the service a verb belongs to. A word between an id and its verb where nothing can be read
/// (`…/{card}/shipping/ship`) is no service.
fn verb_owner<'p>(parent: &'p [String], returns: Returns<'_>, index: &PathIndex) -> &'p [String] {
    let mut owner = parent;
    while let Some((last, shorter)) = owner.split_last() {
        if last == ID || index.is_service(owner) || names_result(last, returns) {
            return owner;
        }
        owner = shorter;
    }
    parent
}

/// A verb as a method name. A word that is a keyword or a method of every object in a language with an
/// official SDK takes the name of the resource (`void_invoice`), as it does there.
fn verb_name(verb: &str, returns: Returns<'_>) -> String {
    match (verb, returns) {
        ("finalize" | "return" | "send" | "void", Returns::Resource(id)) => {
            format!("{verb}_{}", resource_name(id))
        }
        _ => verb.to_owned(),
    }
}

/// Whether a word is the name of what is returned, in singular or plural, with or without the leading
/// words of that name: `login_links` for `login_link`, `features` for `financial_account_features`.
fn names_result(word: &str, returns: Returns<'_>) -> bool {
    let Returns::Resource(id) = returns else {
        return false;
    };
    let name = format!("_{}", resource_name(id));
    let y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let plural = ["s", "es"].map(|ending| word.strip_suffix(ending));
    let mut singulars = [Some(word), y.as_deref()]
        .into_iter()
        .chain(plural)
        .flatten();
    singulars.any(|singular| name.ends_with(&format!("_{singular}")))
}

/// A schema id without its namespace: `invoice`, `inbound_transfer` for `treasury.inbound_transfer`.
fn resource_name(id: &str) -> String {
    snake_case(id.rsplit('.').next().unwrap_or(id))
}

/// Gives every operation a call of its own, where rules alone would give two the same, or hide the
/// accessor of a service behind a method. `fixed` holds the calls stated by overrides. The operation
/// with the shortest path keeps the plain name.
pub(crate) fn resolve_collisions(calls: &mut [(Operation<'_>, CallPath)], fixed: &[CallPath]) {
    let mut taken = BTreeSet::new();
    for call in calls.iter().map(|(_, call)| call).chain(fixed) {
        taken.extend((1..=call.service.len()).map(|len| start(&call.service, len)));
    }
    taken.extend(fixed.iter().map(|call| call.with_method(&call.method)));
    let mut shortest_first: Vec<_> = calls.iter_mut().collect();
    shortest_first.sort_by_key(|(op, _)| (segments(op.path).len(), op.path, op.method));
    for (op, call) in shortest_first {
        let whole = format!("{} via {:?} {}", call.method, op.method, op.path);
        let whole = snake_case(&whole.replace(['{', '}'], ""));
        // Two paths may differ in punctuation only; then nothing readable is left but to count.
        let counted = (2_u32..).map(|count| format!("{whole}_{count}"));
        let mut longer = std::iter::once(whole.clone()).chain(counted);
        while taken.contains(&call.with_method(&call.method)) {
            call.method = longer.next().unwrap_or_default();
        }
        taken.insert(call.with_method(&call.method));
    }
}

/// Stands for an id in a path. The name of a parameter does not count: Stripe calls the same id `{id}`
/// and `{invoice}`.
const ID: &str = "{}";

fn segments(path: &str) -> Vec<String> {
    let is_id = |s: &str| s.starts_with('{') && s.find('}') == Some(s.len() - 1);
    let segment = |s| if is_id(s) { ID.into() } else { snake_case(s) };
    let texts = path.split('/').filter(|text| !text.is_empty());
    texts.map(segment).collect()
}

fn start(path: &[String], len: usize) -> Vec<String> {
    path.iter().take(len).cloned().collect()
}

/// The words of a path. `v1` is the version one does not say.
fn accessors(path: &[String]) -> Vec<String> {
    let unversioned = match path {
        [version, rest @ ..] if version == "v1" => rest,
        _ => path,
    };
    unversioned.iter().filter(|s| *s != ID).cloned().collect()
}

/// Any text as a snake-case identifier (or keyword) of ASCII letters, digits and single underscores.
fn snake_case(text: &str) -> String {
    let mut word = String::new();
    let mut after_lower = false;
    for c in text.chars() {
        let is_boundary = !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && after_lower);
        if is_boundary && !word.is_empty() && !word.ends_with('_') {
            word.push('_');
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    let word = word.trim_end_matches('_');
    match word.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{word}"),
        Some(_) => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row: HTTP method, path, what it returns (`list`, `search`, a schema id, or `-`), call.
    type Row = [&'static str; 4];

    fn operation(&[method, path, returns, _]: &Row) -> Operation<'static> {
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            _ => Method::Delete,
        };
        let returns = match returns {
            "list" => Returns::List,
            "search" => Returns::Search,
            "-" => Returns::Other,
            id => Returns::Resource(id),
        };
        Operation {
            method,
            path,
            returns,
        }
    }

    /// The operations of a table, which together are the document, are called as its last column says.
    fn check(table: &'static str, stated: &[CallPath]) {
        let words = table.lines().map(|line| line.split_whitespace());
        let rows: Vec<Row> = words
            .map(|row| row.collect::<Vec<_>>().try_into().unwrap())
            .collect();
        let index = PathIndex::new(rows.iter().map(operation));
        let ops = rows.iter().map(operation);
        let mut calls: Vec<_> = ops.map(|op| (op, call_path(&op, &index))).collect();
        resolve_collisions(&mut calls, stated);
        for ((_, call), row) in calls.iter().zip(rows) {
            assert_eq!(call.to_string(), row[3], "{row:?}");
        }
    }

    macro_rules! rules {
        ($($rule:ident: $table:literal)*) => { $(#[test] fn $rule() { check($table, &[]); })* };
    }

    rules! {
        a_collection_is_listed_and_created_and_its_members_are_read_and_written:
            "GET    /v1/customers             list      customers.list
             POST   /v1/customers             customer  customers.create
             GET    /v1/customers/search      search    customers.search
             GET    /v1/customers/{customer}  -         customers.retrieve
             POST   /v1/customers/{customer}  customer  customers.update
             DELETE /v1/customers/{customer}  -         customers.delete"

        a_collection_below_an_id_is_a_service_of_its_parent:
            "GET  /v1/customers/{customer}/tax_ids  list        customers.tax_ids.list
             POST /v1/customers/{customer}/sources  -           customers.sources.create
             GET  /v1/customers/{c}/sources/{id}    -           customers.sources.retrieve
             POST /v1/accounts/{a}/login_links      login_link  accounts.login_links.create"

        leading_words_are_namespaces_and_only_v1_is_not_said:
            "GET  /v1/tax/registrations/{id}                 -     tax.registrations.retrieve
             POST /v1/test_helpers/test_clocks/{id}/advance  -     test_helpers.test_clocks.advance
             GET  /v2/core/events                            list  v2.core.events.list
             POST /v2/billing/meter_event_stream             -     v2.billing.meter_event_stream.create"

        a_last_word_that_does_not_name_the_result_is_a_verb:
            "POST /v1/charges/{charge}/capture  charge           charges.capture
             POST /v1/invoices/create_preview   invoice          invoices.create_preview
             GET  /v1/quotes/{quote}/pdf        -                quotes.pdf
             GET  /v1/tax/associations/find     tax.association  tax.associations.find"

        a_thing_there_is_one_of_is_retrieved_and_updated:
            "GET  /v1/balance                 balance           balance.retrieve
             GET  /v1/tax/settings            tax.settings      tax.settings.retrieve
             POST /v1/tax/settings            tax.settings      tax.settings.update
             GET  /v1/accounts/{id}/limits    -                 accounts.limits.retrieve
             POST /v1/accounts/{id}/limits    -                 accounts.limits.update
             GET  /v1/accounts/{id}/features  account_features  accounts.features.retrieve"

        delete_of_a_word_below_an_id_says_the_word:
            "DELETE /v1/customers/{customer}/discount  -  customers.delete_discount
             DELETE /v1/session                        -  session.delete"

        a_reserved_verb_says_its_resource_where_that_is_known:
            "POST /v1/a/{id}/void           tax.invoice  a.void_invoice
             POST /v1/a/{id}/parcel/return  card         a.return_card
             POST /v1/a/{id}/send           -            a.send"

        a_word_between_id_and_verb_is_a_service_only_if_something_can_be_read_there:
            "POST /v1/cards/{card}/shipping/ship      card     cards.ship
             GET  /v1/charges/{charge}/dispute        dispute  charges.dispute.retrieve
             POST /v1/charges/{charge}/dispute/close  dispute  charges.dispute.close
             POST /v1/a/{id}/reviews/start            review   a.reviews.start"

        any_text_gives_snake_case_words:
            "GET  /                    -       root.retrieve
             POST //{id}/              -       root.update
             GET  /v1/search           search  root.search
             GET  /v1/3dSecure/{a}{b}  -       n3d_secure.a_b.retrieve
             POST v3/Ünï/%/{/type:end  -       v3.n.unnamed.unnamed.type_end.create"

        of_operations_with_one_name_the_longer_path_says_more:
            "GET    /v1/files/{file}/{page}  -  files.retrieve_via_get_v1_files_file_page
             GET    /v1/files/{file}         -  files.retrieve
             GET    /v1/a-b/{id}             -  a_b.retrieve
             GET    /v1/aB/{id}              -  a_b.retrieve_via_get_v1_a_b_id
             GET    /v1/a_b/{id}             -  a_b.retrieve_via_get_v1_a_b_id_2
             POST   /v1/a/{id}/delete_b      -  a.delete_b_via_post_v1_a_id_delete_b
             DELETE /v1/a/{id}/b             -  a.delete_b"
    }

    #[test]
    fn a_stated_call_and_the_accessor_of_a_service_keep_their_names() {
        let table = "GET /v1/notes                list  notes.list_via_get_v1_notes
                     GET /v1/notes/preview        note  notes.preview_via_get_v1_notes_preview
                     GET /v1/notes/preview/lines  list  notes.preview.lines.list";
        check(table, &[CallPath::parse("notes.list").unwrap()]);
    }

    #[test]
    fn a_stated_call_needs_a_service_and_snake_case() {
        assert_eq!(CallPath::parse("a.b.list").unwrap().service, ["a", "b"]);
        for text in [
            "", "list", "a..b", ".b", "a.", "a.B", "a.b-c", "a._b", "a.3d",
        ] {
            assert_eq!(CallPath::parse(text), None, "{text}");
        }
    }
}
