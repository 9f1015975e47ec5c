//! The walk over the parameters of a request, which finds everything that breaks a rule. It is written once, without
//! generics, and allocates only for what it finds.

use super::place::{Place, Step};
use super::rule::{Format, Rule, Scope};
use super::text;
use super::verdict::{self, Verdict};
use super::violation::Violation;
use crate::untyped::Untyped;
use crate::value::{Field, Fields, List, Map, MapLimits, Node, Value};

/// Everything in `params` that breaks a rule, in the order of the names.
///
/// `is_form` says whether what is empty is not sent. A parameter that `extra` has is not missing.
pub(super) fn violations(
    params: &dyn Value,
    extra: Option<&dyn Untyped>,
    is_form: bool,
) -> Vec<Violation> {
    let everywhere = params.shape().checks.first();
    let mut walk = Walk {
        is_form,
        clears: !everywhere
            .is_some_and(|check| check.path.is_empty() && check.rule == Rule::NotCleared),
        extra,
        found: Vec::new(),
    };
    walk.object(params, None, Scope::NONE);
    walk.found
}

struct Walk<'a> {
    is_form: bool,
    /// Whether anything can be cleared.
    clears: bool,
    extra: Option<&'a dyn Untyped>,
    found: Vec<Violation>,
}

/// A field with its value, and what is around it.
struct Spot<'a> {
    node: Node<'a>,
    place: Place<'a>,
    fields: &'static [Field],
    values: &'a [&'a dyn Value],
}

impl Spot<'_> {
    /// What stands beside it under another name.
    fn beside(&self, wire: &str) -> Node<'_> {
        let found = self.fields.binary_search_by(|field| field.wire().cmp(wire));
        let value = found.ok().and_then(|index| self.values.get(index));
        value.map_or(Node::Absent, |value| value.node())
    }
}

impl Walk<'_> {
    /// `outer` holds what the request's own shape says of this object.
    fn object(&mut self, object: &dyn Value, place: Option<&Place<'_>>, mut outer: Scope) {
        let shape = object.shape();
        let mut own = Scope::new(shape.checks);
        object.fields(Fields::new(&mut |values, _| {
            for (field, value) in shape.fields.iter().zip(values) {
                let spot = Spot {
                    node: value.node(),
                    place: Place::after(place, Step::Name(field.wire())),
                    fields: shape.fields,
                    values,
                };
                let (own, outer) = (own.take(field.wire()), outer.take(field.wire()));
                self.field(field, &spot, own, outer);
            }
        }));
    }

    fn field(&mut self, field: &Field, spot: &Spot<'_>, own: Scope, outer: Scope) {
        if field.is_required() {
            self.required(spot);
        }
        for checks in [own.here(), outer.here()] {
            for check in checks {
                self.rule(&check.rule, spot);
            }
        }
        // Only the request's own shape says anything of the inside of its fields.
        let (own, outer) = (own.inside(), outer.inside());
        let inside = if outer.is_empty() { own } else { outer };
        self.value(spot.node, &spot.place, field.limit(), inside);
    }

    fn rule(&mut self, rule: &Rule, spot: &Spot<'_>) {
        let is_broken = match rule {
            Rule::Required => return self.required(spot),
            Rule::Unknown => self.is_sent(spot.node),
            Rule::NotCleared => matches!(spot.node, Node::Null),
            Rule::Without(other) => self.is_set(spot.node) && self.is_set(spot.beside(other)),
            rule => return self.content(rule, spot.node, &spot.place),
        };
        if is_broken {
            self.refuse(*rule, &spot.place, None);
        }
    }

    fn required(&mut self, spot: &Spot<'_>) {
        let is_extra = || {
            self.extra
                .is_some_and(|extra| extra.holds(&spot.place.steps()))
        };
        if !self.is_sent(spot.node) && !is_extra() {
            self.refuse(Rule::Required, &spot.place, None);
        }
    }

    /// Judges the values of a field, in lists and maps too, but not those in objects.
    fn content(&mut self, rule: &Rule, node: Node<'_>, place: &Place<'_>) {
        match node {
            Node::List(list) => {
                self.judge(verdict::items(rule, list.len()), *rule, place);
                each_item(list, place, &mut |node, place| {
                    self.content(rule, node, place);
                });
            }
            Node::Map(map) => map.entries(&mut |key, node| {
                self.content(rule, node, &Place::after(Some(place), Step::Name(key)));
            }),
            node => self.judge(verdict::value(rule, node), *rule, place),
        }
    }

    /// Judges by what kind of value it is, all the way down.
    fn value(&mut self, node: Node<'_>, place: &Place<'_>, limit: u32, inside: Scope) {
        match node {
            Node::Text(text) => {
                self.text(text, place);
                if limit > 0 {
                    self.judge(verdict::length(text, limit), Rule::MaxLength(limit), place);
                }
            }
            Node::Symbol(text) => self.text(text, place),
            Node::Formatted("", _) if self.is_form => self.text("", place),
            Node::Formatted(text, format) if !text::is_of(format, text) => {
                self.refuse(Rule::Format(format), place, None);
            }
            Node::Time(seconds) if !text::is_unix_time(seconds) => {
                self.refuse(Rule::Format(Format::UnixTime), place, Some(seconds));
            }
            Node::List(list) => each_item(list, place, &mut |node, place| {
                self.value(node, place, limit, inside);
            }),
            Node::Null if !self.clears => self.refuse(Rule::NotCleared, place, None),
            Node::Map(map) => self.map(map, place, limit, inside),
            Node::Object(object) => self.object(object, Some(place), inside),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: &Place<'_>) {
        if self.is_form && text.is_empty() {
            self.refuse(Rule::NotEmpty, place, None);
        }
    }

    fn map(&mut self, map: &dyn Map, place: &Place<'_>, limit: u32, inside: Scope) {
        let limits = map.limits();
        let mut count = 0_usize;
        map.entries(&mut |key, node| {
            let place = Place::after(Some(place), Step::Name(key));
            if self.is_form && (key.is_empty() || key.contains(['[', ']'])) {
                self.refuse(Rule::KeyName, &place, None);
            }
            count = count.saturating_add(usize::from(!matches!(node, Node::Null)));
            match limits {
                Some(limits) => self.entry(key, node, &place, limits),
                None => self.value(node, &place, limit, inside),
            }
        });
        if let Some(MapLimits { keys, .. }) = limits {
            self.judge(verdict::at_most(count, keys), Rule::MaxKeys(keys), place);
        }
    }

    fn entry(&mut self, key: &str, node: Node<'_>, place: &Place<'_>, limits: MapLimits) {
        let MapLimits { key: most, .. } = limits;
        self.judge(verdict::length(key, most), Rule::MaxKeyLength(most), place);
        if let Node::Text(text) = node {
            self.text(text, place);
            let most = limits.value;
            self.judge(
                verdict::length(text, most),
                Rule::MaxValueLength(most),
                place,
            );
        }
    }

    /// Whether a value is written that is not there to clear what Stripe has.
    fn is_set(&self, node: Node<'_>) -> bool {
        !matches!(node, Node::Null) && self.is_sent(node)
    }

    /// Whether anything is written for a value: a form has nothing for what is empty.
    fn is_sent(&self, node: Node<'_>) -> bool {
        match node {
            Node::Absent => false,
            Node::List(list) if self.is_form => !list.is_empty(),
            Node::Map(map) if self.is_form => !map.is_empty(),
            Node::Object(object) if self.is_form => {
                let mut is_sent = false;
                object.fields(Fields::new(&mut |values, extra| {
                    let mut nodes = values.iter().map(|value| value.node());
                    is_sent = !extra.is_empty() || nodes.any(|node| self.is_sent(node));
                }));
                is_sent
            }
            _ => true,
        }
    }

    fn judge(&mut self, verdict: Verdict, rule: Rule, place: &Place<'_>) {
        if let Verdict::Broken(measure) = verdict {
            self.refuse(rule, place, measure);
        }
    }

    fn refuse(&mut self, rule: Rule, place: &Place<'_>, measure: Option<i64>) {
        self.found.push(Violation::new(place.name(), rule, measure));
    }
}

fn each_item(list: &dyn List, place: &Place<'_>, visit: &mut dyn FnMut(Node<'_>, &Place<'_>)) {
    for index in 0..list.len() {
        let place = Place::after(Some(place), Step::Position(index));
        visit(list.item(index), &place);
    }
}
