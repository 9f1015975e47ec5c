//! Every public type, by its file and name: either a value of it full of canaries is printed here, or a reason says why
//! it can hold none. A type that is in neither list fails the test, so that adding one is a decision.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::decode::Decode;
use stripe_core::oauth::{Authorize, Grant, StripeUser, Token};
use stripe_core::transport::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use stripe_core::types::{
    Binary, Clearable, Decimal, Deleted, FileUpload, Json, Map, Metadata, RangeQuery, Timestamp,
};
use stripe_core::{
    ApiError, ApiKey, BaseUrl, Client, Expandable, Headers, Id, List, MaybeDeleted, Method,
    Request, SearchList, StripeContext, V2List,
};

use crate::declared::declared;
use crate::subject::{LIST, POST, Thing, ask};
use crate::{assert_clean, find_canary, webhooks};

const KEY: &str = "sk_test_FAKEcanaryKEY0123456789";

pub(crate) fn show(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn read<T: Decode + Debug>(json: &str) -> String {
    assert!(find_canary(json).is_some(), "{json}");
    show(&T::decode(json.as_bytes()).unwrap())
}

fn client() -> Client {
    let base = BaseUrl::parse("https://example.com").unwrap();
    let key = ApiKey::new(KEY).unwrap();
    let builder = Client::builder(key).base_url_for_all(&base);
    builder.account("acct_canaryHEADER").build().unwrap()
}

fn request(client: &Client) -> Request<Thing> {
    Request::new(client, POST, &["canaryPATH"])
        .params(ask().email("canaryEMAIL"))
        .idempotency_key("canaryIDEM")
        .account("acct_canaryHEADER")
        .context("canaryHEADER")
        .header("x-note", "canaryHEADER")
        .timeout(Duration::from_secs(1))
}

fn headers() -> Headers {
    let mut headers = Headers::new();
    headers.push("authorization", "Bearer canaryKEY");
    headers.push("idempotency-key", "canaryIDEM");
    headers.push("location", "https://canaryBODY@x/canaryBODY");
    headers.push("set-cookie", "canaryBODY");
    headers.push("stripe-account", "canaryHEADER");
    headers.push("stripe-notice", "canaryBODY");
    headers
}

fn page<P: Decode + Debug>() -> String {
    read::<P>(
        r#"{"data":[{"id":"x","amount":1,"new":"canaryBODY"}],"has_more":true,"url":"/v1/canaryPATH",
        "next_page":"canaryBODY","next_page_url":"/v2/x?email=canaryEMAIL","previous_page_url":"/v2/x?email=canaryEMAIL",
        "new":"canaryBODY"}"#,
    )
}

fn transport_error() -> String {
    let error = TransportError::new(TransportErrorKind::Tls);
    format!("{error} {}", show(&error))
}

fn decode_error() -> String {
    let error = Thing::decode(br#"{"id":"x","amount":"canaryBODY"}"#).unwrap_err();
    format!("{error} {}", show(&error))
}

fn encode_error() -> String {
    let params = Metadata::new().set("canaryBODY", "");
    let error = stripe_core::form::encode(&Holder::new().metadata(params)).unwrap_err();
    format!("{error} {}", show(&error))
}

stripe_core::params! {
    /// Parameters with metadata.
    pub struct Holder {
        pub metadata: Metadata,
    }
}

/// The kind of an id that can be expanded.
#[derive(Debug)]
enum ThingKind {}

impl stripe_core::Expand for ThingKind {
    type Object = Thing;
}

pub(crate) type Shown = (&'static str, fn() -> String);

/// One value of each type that can hold what is secret.
const SHOWN: &[Shown] = &[
    #[cfg(feature = "blocking")]
    ("blocking Blocking", || show(&list().items().blocking())),
    ("call Call", || show(&request(&client()).send())),
    ("client Client", || show(&client())),
    ("client/builder ClientBuilder", || {
        let key = ApiKey::new(KEY).unwrap();
        let builder = Client::builder(key).account("acct_canaryHEADER");
        show(&builder.proxy("http://canaryHEADER:canaryHEADER@canaryHEADER"))
    }),
    ("decode/error Error", decode_error),
    ("encode Error", encode_error),
    ("error/api ApiError", || {
        read::<ApiError>(
            r#"{"type":"card_error","message":"canaryBODY","param":"metadata[canaryBODY]","request_log_url":"x?canaryBODY",
            "user_message":"canaryBODY","payment_intent":{"client_secret":"canaryBODY"}}"#,
        )
    }),
    ("expand Expandable", || {
        read::<Expandable<Id<ThingKind>>>(r#"{"id":"thing_1","amount":1,"x":"canaryBODY"}"#)
    }),
    ("headers Headers", || show(&headers())),
    ("key ApiKey", || show(&ApiKey::new(KEY).unwrap())),
    ("list List", page::<List<Thing>>),
    ("list SearchList", page::<SearchList<Thing>>),
    ("list V2List", page::<V2List<Thing>>),
    ("maybe_deleted Deleted", || {
        read::<Deleted>(r#"{"deleted":true,"id":"x","name":"canaryBODY"}"#)
    }),
    ("maybe_deleted MaybeDeleted", || {
        read::<MaybeDeleted<Thing>>(r#"{"id":"x","amount":1,"name":"canaryBODY"}"#)
    }),
    ("oauth Grant", || {
        read::<Grant>(
            r#"{"access_token":"canaryBODY","refresh_token":"canaryBODY","stripe_user_id":"acct_1"}"#,
        )
    }),
    ("oauth/params Authorize", || {
        let user = StripeUser::new().email("canaryEMAIL");
        show(&Authorize::new("canaryBODY").stripe_user(user))
    }),
    ("oauth/params Token", || {
        show(&Token::from_code("canaryBODY"))
    }),
    ("options/context StripeContext", || {
        show(&StripeContext::parse("canaryHEADER/canaryKEY").unwrap())
    }),
    ("paging/items Items", || show(&list().items())),
    ("paging/pages Pages", || show(&list().pages())),
    ("request Request", || {
        let typed = request(&client()).extra_param("card[new]", "canaryBODY");
        let raw = client()
            .raw_request(Method::Post, "/v1/canaryPATH/{id}?x=canaryEMAIL")
            .path_param("canaryPATH")
            .param("x", "canaryBODY")
            .params_json(r#"{"y":{"canaryBODY":"canaryBODY"}}"#);
        show(&[show(&typed), show(&raw)])
    }),
    ("response/stream StreamingCall", || {
        show(&Request::<Binary>::new(&client(), POST, &["canaryPATH"]).stream())
    }),
    ("transport HttpBody", || show(&HttpBody::full("canaryBODY"))),
    ("transport HttpResponse", || {
        show(&HttpResponse::new(
            200,
            headers(),
            HttpBody::full("canaryBODY"),
        ))
    }),
    ("transport TransportError", transport_error),
    ("types/binary Binary", || {
        show(&Binary::from(b"canaryBODY".to_vec()))
    }),
    ("types/clearable Clearable", || {
        show(&Clearable::Set("canaryBODY".to_owned()))
    }),
    ("types/file FileUpload", || {
        let bytes = FileUpload::new("canaryBODY.pdf", b"canaryBODY".to_vec());
        show(&[bytes, FileUpload::from_path("canaryPATH/canaryBODY.pdf")])
    }),
    ("types/json Json", || {
        show(&r#"{"canaryBODY":"canaryBODY"}"#.parse::<Json>().unwrap())
    }),
    ("types/metadata Metadata", || {
        let received: Map<String> = Map::from([("canaryBODY".to_owned(), "canaryBODY".to_owned())]);
        show(&Metadata::from(&received).unset("canaryEMAIL"))
    }),
];

fn list() -> Request<List<Thing>> {
    Request::new(&client(), LIST, &[])
        .params(ask().email("canaryEMAIL"))
        .account("acct_canaryHEADER")
}

/// The types that hold nothing secret, those that cannot be printed, and those that the sweep over the wire prints.
const OTHERS: &[(&str, &str)] = &[
    (
        "base_url BaseUrl",
        "an address; one with a user name is refused",
    ),
    #[cfg(not(feature = "blocking"))]
    ("blocking Blocking", "not there without its feature"),
    (
        "client/app_info AppInfo",
        "what the application says of itself to Stripe",
    ),
    ("decode/slots Slots", "cannot be printed"),
    ("decode/slots Target", "cannot be printed"),
    (
        "error Error",
        "printed for every end of a call by the sweep over the wire",
    ),
    ("error/code $name", "declared by name below"),
    ("error/code AdviceCode", "a code"),
    ("error/code DeclineCode", "a code"),
    ("error/code ErrorCode", "a code"),
    ("error/kind ErrorKind", "names"),
    ("error/kind TimeoutPhase", "names"),
    ("extra Extra", "in `Thing`, which has unknown fields"),
    ("host Host", "names"),
    ("id AnyKind", "has no value"),
    ("id Id", "shown by design: an id alone gives no access"),
    ("key/kind KeyKind", "names"),
    ("key/kind KeyMode", "names"),
    ("list $name", "declared by name above"),
    ("method Method", "names"),
    (
        "object $name",
        "every object, printed by its shape: `Thing`",
    ),
    ("observe Observation", "numbers and names"),
    ("open_enum $name", "values of an open list, shown by design"),
    (
        "open_enum Symbol",
        "values of an open list, shown by design",
    ),
    ("oauth Deauthorized", "the id of an account"),
    ("oauth OAuth", "a client, and its public id"),
    ("oauth/params StripeUser", "in `Authorize`"),
    ("operation Body", "names"),
    ("operation Operation", "a route as the documentation has it"),
    ("paging/cursor Direction", "names"),
    (
        "paging/cursor Next",
        "inner: hidden from the documentation, and in no type that is printed",
    ),
    (
        "params $name",
        "every parameter, printed by its shape: `Ask`",
    ),
    ("response RawResponse", "in `Response`"),
    (
        "response Response",
        "printed for every success by the sweep over the wire",
    ),
    (
        "response/stream StreamingResponse",
        "printed for every success by the sweep over the wire",
    ),
    (
        "transport HttpRequest",
        "printed by the custom transport below",
    ),
    ("transport TransportErrorKind", "names"),
    ("transport/body RequestBody", "in `HttpRequest`"),
    ("transport/body RequestStream", "printed with `HttpRequest`"),
    ("transport/tower TowerBody", "prints its length"),
    (
        "transport/tower TowerTransport",
        "prints nothing of its service",
    ),
    (
        "types/currency Currency",
        "values of an open list, shown by design",
    ),
    (
        "types/decimal $name",
        "numbers, times and tags, shown by design",
    ),
    ("types/decimal Decimal", "a number"),
    ("types/decimal Int64", "a number"),
    ("types/money Money", "a number"),
    ("types/range RangeQuery", "numbers"),
    ("testing/failure Failure", "what a test wrote"),
    ("testing/mock MockStripe", "numbers of rules and requests"),
    (
        "testing/reply Reply",
        "printed in the tests of the kit: no body",
    ),
    ("testing/rule Replies", "numbers of rules and requests"),
    ("testing/rule Rule", "what a test wrote"),
    (
        "testing/sent SentRequest",
        "printed in the tests of the kit: names of parameters alone",
    ),
    ("types/tag ObjectType", "a value of a list"),
    ("types/time DateTime", "a time"),
    ("types/time Timestamp", "a time"),
    (
        "union $name",
        "either of two objects, printed by their shapes",
    ),
    ("value Field", "names of fields"),
    ("value Fields", "cannot be printed"),
    ("value Node", "cannot be printed"),
    ("value Shape", "names of fields"),
];

#[test]
fn e1_no_public_type_prints_what_is_secret() {
    for (name, shown) in SHOWN.iter().chain(webhooks::SHOWN) {
        let shown = shown();
        assert!(!shown.trim().is_empty(), "{name}");
        assert_clean(name, &shown);
    }
    // What is shown by design does not turn up here by accident.
    assert_eq!(show(&Decimal::from("1.5")), "\"1.5\" \"1.5\"");
    assert_eq!(show(&Timestamp::from_unix(5)), "5 5");
    assert!(show(&RangeQuery::new().gt(5)).contains('5'));
}

/// Prints what it is to send.
#[derive(Debug)]
struct Printer(Arc<Mutex<String>>);

impl Transport for Printer {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        assert!(request.target.contains("canaryPATH"));
        let shown = [show(request), show(&request.body.stream())];
        self.0.lock().unwrap().push_str(&shown.concat());
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Unsendable)) })
    }
}

#[tokio::test]
async fn e1_what_a_transport_is_given_prints_no_secret() {
    let printed = Arc::default();
    let client =
        Client::builder(ApiKey::new(KEY).unwrap()).transport(Printer(Arc::clone(&printed)));
    request(&client.build().unwrap()).await.unwrap_err();
    let printed = printed.lock().unwrap();
    assert!(printed.contains("authorization"), "{printed}");
    assert_clean("HttpRequest", &printed);
}

#[test]
fn every_public_type_is_listed() {
    let declared = declared();
    assert!(declared.len() > 50, "{declared:?}");
    let shown = SHOWN.iter().chain(webhooks::SHOWN);
    let shown = shown.map(|(name, _)| *name);
    let others = OTHERS.iter().chain(webhooks::OTHERS);
    let others = others.map(|(name, reason)| {
        assert!(!reason.is_empty());
        *name
    });
    let listed: BTreeSet<String> = shown.chain(others).map(str::to_owned).collect();
    assert_eq!(
        listed.len(),
        SHOWN.len() + OTHERS.len() + webhooks::SHOWN.len() + webhooks::OTHERS.len(),
        "a type is listed twice"
    );
    let missing: Vec<_> = declared.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "print these here, or say why they hold nothing secret: {missing:?}"
    );
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "no longer declared: {gone:?}");
}
