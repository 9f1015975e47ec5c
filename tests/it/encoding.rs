//! Random parameters, sent and then read by decoders that know nothing of ours: every value arrives where it was put, and
//! nothing else does. The dice are the same every time.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde_json::{Map, Value, json};
use stripe_generated::checkout::session;
use stripe_generated::types::{Currency, Metadata};
use stripe_generated::v2::core::account;
use stripe_generated::{Client, ErrorKind, customer};
use tests::server::{Answer, Recorded, Server};

use crate::calls;

const ROUNDS: usize = 300;

/// Where a value stands, from the outside, and the value.
type Leaves = BTreeMap<Vec<String>, String>;

/// Numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % sides
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }

    /// A short text of what means something to forms, URLs and JSON.
    fn text(&mut self) -> String {
        self.pick(&[
            "&", "=", "+", "%", "%26", "[", "]", "[0]", "\"", "\\", "\n", "\u{1}", ";", " ", "é",
            "字", "😀", "a", "Z9", "~", "null",
        ])
    }

    /// The same, without the brackets that no name may hold.
    fn key(&mut self) -> String {
        self.pick(&[
            "&", "=", "+", "%5B", "%", "\"", "\\", "\n", ";", " ", "é", "😀", "a", "Z9", ".",
            "expand",
        ])
    }

    fn pick(&mut self, parts: &[&str]) -> String {
        // Never empty: that would be an order to clear, and is refused.
        let count = 1 + self.roll(5);
        (0..count)
            .map(|_| parts[usize::try_from(self.roll(parts.len() as u64)).unwrap()])
            .collect()
    }

    fn number(&mut self) -> i64 {
        i64::from_ne_bytes(self.roll(u64::MAX).to_ne_bytes()) >> self.roll(63)
    }
}

/// Remembers what was set, while it is set.
struct Notes<'a> {
    leaves: &'a mut Leaves,
    at: Vec<String>,
}

impl Notes<'_> {
    fn note(&mut self, name: &str, value: impl Display) {
        let mut at = self.at.clone();
        at.push(name.to_owned());
        self.leaves.insert(at, value.to_string());
    }

    fn within(&mut self, name: impl Display) -> Notes<'_> {
        let mut at = self.at.clone();
        at.push(name.to_string());
        Notes {
            leaves: &mut *self.leaves,
            at,
        }
    }
}

fn metadata(dice: &mut Dice, mut notes: Notes<'_>) -> Metadata {
    let mut metadata = Metadata::new();
    for _ in 0..dice.roll(4) {
        let (key, value) = (dice.key(), dice.text());
        metadata = if dice.coin() {
            notes.note(&key, &value);
            metadata.set(&key, &value)
        } else {
            notes.note(&key, "");
            metadata.unset(&key)
        };
    }
    metadata
}

fn texts(dice: &mut Dice, mut notes: Notes<'_>) -> Vec<String> {
    let texts: Vec<_> = (0..dice.roll(4)).map(|_| dice.text()).collect();
    for (index, text) in texts.iter().enumerate() {
        notes.note(&index.to_string(), text);
    }
    texts
}

fn line_item(dice: &mut Dice, mut notes: Notes<'_>) -> session::LineItem {
    let mut item = session::LineItem::new();
    if dice.coin() {
        let quantity = dice.number();
        notes.note("quantity", quantity);
        item = item.quantity(quantity);
    }
    if dice.coin() {
        notes.note("metadata", "");
        item = item.clear_metadata();
    }
    if dice.coin() {
        let mut notes = notes.within("price_data");
        let currency = dice.text();
        // Of a currency it is not for the writer to keep capitals.
        notes.note("currency", currency.to_ascii_lowercase());
        let mut price = session::LineItemPriceData::new(Currency::from(currency.as_str()));
        if dice.coin() {
            let mut notes = notes.within("product_data");
            let name = dice.text();
            notes.note("name", &name);
            let images = texts(dice, notes.within("images"));
            let images: Vec<_> = images.iter().map(String::as_str).collect();
            let product = session::LineItemPriceDataProductData::new(&name).images(&images);
            price = price.product_data(product.metadata(metadata(dice, notes.within("metadata"))));
        }
        item = item.price_data(price);
    }
    item
}

fn session(dice: &mut Dice, leaves: &mut Leaves) -> session::Create {
    let mut notes = Notes {
        leaves,
        at: Vec::new(),
    };
    let mut params = session::Create::new().metadata(metadata(dice, notes.within("metadata")));
    let count = dice.roll(4);
    let items = (0..count).map(|index| line_item(dice, notes.within("line_items").within(index)));
    params = params.line_items(items.collect());
    if dice.coin() {
        let id = dice.text();
        notes.note("client_reference_id", &id);
        params = params.client_reference_id(&id);
    }
    if dice.coin() {
        let flag = dice.coin();
        notes.note("allow_promotion_codes", flag);
        params = params.allow_promotion_codes(flag);
    }
    params
}

/// `a[b][0]` as `a`, `b`, `0`.
fn steps(name: &str) -> Vec<String> {
    let (first, rest) = name
        .split_once('[')
        .map_or((name, None), |(first, rest)| (first, Some(rest)));
    let rest = rest
        .map(|rest| rest.strip_suffix(']').unwrap().split("]["))
        .into_iter()
        .flatten();
    std::iter::once(first)
        .chain(rest)
        .map(str::to_owned)
        .collect()
}

fn leaves(form: &str) -> Leaves {
    let pairs: Vec<_> = form_urlencoded::parse(form.as_bytes()).collect();
    let leaves: Leaves = pairs
        .iter()
        .map(|(name, value)| (steps(name), value.clone().into_owned()))
        .collect();
    assert_eq!(leaves.len(), pairs.len(), "a name was written twice");
    leaves
}

fn ascii(request: &Recorded) -> &str {
    let text = request.text();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?}");
    text
}

async fn sent<T>(
    client: &Client,
    server: &Server,
    params: session::Create,
    read: impl Fn(&Recorded) -> T,
) -> T {
    client
        .checkout()
        .sessions()
        .create(params)
        .skip_validation()
        .await
        .unwrap_err();
    read(server.recorded().last().unwrap())
}

#[tokio::test]
async fn row_11_every_value_of_a_form_arrives_where_it_was_put() {
    let server = Server::start([]);
    let client = calls::client(&server);
    let mut dice = Dice(1);
    let mut total = 0;
    for round in 0..ROUNDS {
        let mut expected = Leaves::new();
        let params = session(&mut dice, &mut expected);
        let read = sent(&client, &server, params, |request| leaves(ascii(request))).await;
        assert_eq!(read, expected, "round {round}");
        total += expected.len();
    }
    assert!(total > 5 * ROUNDS, "{total} values");
}

#[tokio::test]
async fn row_11_a_name_cannot_grow_into_another_parameter() {
    let server = Server::start([]);
    let client = calls::client(&server);
    for key in ["[", "]", "x][y", "x[y]", "[]", "a[0]", ""] {
        let params = customer::Create::new().metadata(Metadata::new().set(key, "v"));
        let error = client.customers().create(params).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{key}");
        assert!(
            error.param().unwrap_or_default().starts_with("metadata"),
            "{error}"
        );
    }
    assert!(server.recorded().is_empty());
}

#[tokio::test]
async fn every_value_of_a_query_arrives_where_it_was_put() {
    let server = Server::start([]);
    let client = calls::client(&server);
    let mut dice = Dice(2);
    for round in 0..ROUNDS {
        let mut expected = Leaves::new();
        let mut notes = Notes {
            leaves: &mut expected,
            at: Vec::new(),
        };
        let (email, limit, expand) = (dice.text(), dice.number(), dice.text());
        notes.note("email", &email);
        notes.note("limit", limit);
        notes.within("expand").note("0", &expand);
        let params = customer::List::new().email(&email).limit(limit);
        client
            .customers()
            .list(params)
            .expand(&[&expand])
            .skip_validation()
            .await
            .unwrap_err();
        let recorded = server.recorded();
        let (path, query) = recorded.last().unwrap().target().split_once('?').unwrap();
        assert_eq!(
            (path, leaves(query)),
            ("/v1/customers", expected),
            "round {round}"
        );
    }
}

#[tokio::test]
async fn every_value_of_a_json_body_arrives_where_it_was_put() {
    let server = Server::start((0..ROUNDS).map(|_| Answer::json("{}")));
    let client = calls::client(&server);
    let mut dice = Dice(3);
    for round in 0..ROUNDS {
        let (name, key, value) = (dice.text(), dice.key(), dice.text());
        let applied = dice.coin();
        let number = dice.number();
        let invoice = account::ConfigurationCustomerBillingInvoice::new()
            .next_sequence(number)
            .clear_footer();
        let billing = account::ConfigurationCustomerBilling::new().invoice(invoice);
        let customer = account::ConfigurationCustomer::new()
            .applied(applied)
            .billing(billing);
        let params = account::Update::new()
            .display_name(&name)
            .metadata(Metadata::new().set(&key, &value).unset("gone"))
            .configuration(account::Configuration::new().customer(customer));
        let expected = json!({
            "display_name": name,
            "metadata": {"gone": null},
            "configuration": {
                "customer": {"applied": applied, "billing": {"invoice": {"next_sequence": number, "footer": null}}},
            },
        });
        client
            .v2()
            .core()
            .accounts()
            .update("acct_1", params)
            .await
            .unwrap_err();
        let mut read: Map<String, Value> =
            serde_json::from_slice(&server.recorded().last().unwrap().body).unwrap();
        // The one name that is data.
        assert_eq!(
            read["metadata"].as_object_mut().unwrap().remove(&key),
            Some(json!(value)),
            "round {round}"
        );
        assert_eq!(Value::Object(read), expected, "round {round}");
    }
}
