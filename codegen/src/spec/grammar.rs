//! The grammar of OpenAPI 3.0, as data: which object has which fields of which kind.
//!
//! It covers every field that the conversion to typed structures reads, so that a document that passes converts. It
//! says nothing about what Stripe does with them.

use serde_json::Value;

use super::check::Check;
use super::{operation, schema, security};
use crate::diagnostic::Pointer;

/// What stands behind a field.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Any,
    Text,
    /// A string that becomes a name or a value in code.
    Name,
    /// One of these strings.
    Word(&'static [&'static str]),
    Flag,
    Number,
    /// A whole number that is not negative.
    Count,
    Texts,
    /// An object whose values are strings.
    TextMap,
    AnyMap,
    /// Security schemes by name, each with its scopes; a list of alternatives.
    Requirements,
    /// Values that can be compared: no objects, no arrays.
    Scalars,
    Object(&'static Table),
    List(&'static Table),
    Map(&'static Table),
    Schema,
    Schemas,
    SchemaMap,
    SchemaOrFlag,
    /// The object has its own rules.
    Special(fn(&mut Check<'_>, &Value, &Pointer)),
}

/// One field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// One kind of object.
pub(super) struct Table {
    /// With its article, for messages.
    pub(super) what: &'static str,
    pub(super) fields: &'static [Field],
}

pub(super) const fn needs(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: true,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: false,
    }
}

use Kind::{
    Any, AnyMap, Count, Flag, List, Map, Name, Number, Object, Requirements, Scalars, Schema,
    SchemaMap, SchemaOrFlag, Schemas, Special, Text, TextMap, Texts, Word,
};

pub(super) static DOCUMENT: Table = Table {
    what: "a document",
    fields: &[
        needs("openapi", Text),
        needs("info", Object(&INFO)),
        may("servers", List(&SERVER)),
        needs("paths", Special(operation::paths)),
        needs("components", Object(&COMPONENTS)),
        may("security", Requirements),
        may("tags", List(&TAG)),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
};

static INFO: Table = Table {
    what: "`info`",
    fields: &[
        needs("title", Text),
        needs("version", Name),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Object(&CONTACT)),
        may("license", Object(&LICENSE)),
    ],
};

static CONTACT: Table = Table {
    what: "a contact",
    fields: &[may("name", Text), may("url", Text), may("email", Text)],
};

static LICENSE: Table = Table {
    what: "a license",
    fields: &[needs("name", Text), may("url", Text)],
};

static TAG: Table = Table {
    what: "a tag",
    fields: &[
        needs("name", Name),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
};

static EXTERNAL_DOCS: Table = Table {
    what: "external documentation",
    fields: &[needs("url", Text), may("description", Text)],
};

static SERVER: Table = Table {
    what: "a server",
    fields: &[
        needs("url", Text),
        may("description", Text),
        may("variables", Map(&SERVER_VARIABLE)),
    ],
};

static SERVER_VARIABLE: Table = Table {
    what: "a server variable",
    fields: &[
        needs("default", Text),
        may("enum", Texts),
        may("description", Text),
    ],
};

static COMPONENTS: Table = Table {
    what: "`components`",
    fields: &[
        needs("schemas", SchemaMap),
        may("responses", Map(&RESPONSE)),
        may("parameters", Special(operation::shared_parameters)),
        may("examples", Map(&EXAMPLE)),
        may("requestBodies", Map(&REQUEST_BODY)),
        may("headers", Map(&HEADER)),
        may("securitySchemes", Special(security::schemes)),
        may("links", Map(&LINK)),
        may("callbacks", Special(operation::callbacks)),
    ],
};

pub(super) static PATH_ITEM: Table = Table {
    what: "a path item",
    fields: &[
        may("summary", Text),
        may("description", Text),
        may("servers", List(&SERVER)),
        may("parameters", Special(operation::parameters)),
        may("delete", Object(&OPERATION)),
        may("get", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("trace", Object(&OPERATION)),
    ],
};

static OPERATION: Table = Table {
    what: "an operation",
    fields: &[
        may("tags", Texts),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("operationId", Name),
        may("parameters", Special(operation::parameters)),
        may("requestBody", Object(&REQUEST_BODY)),
        needs("responses", Special(operation::responses)),
        may("callbacks", Special(operation::callbacks)),
        may("deprecated", Flag),
        may("security", Requirements),
        may("servers", List(&SERVER)),
    ],
};

/// Parameters differ only in the styles that each place allows.
const fn parameter(what: &'static str, fields: &'static [Field]) -> Table {
    Table { what, fields }
}

macro_rules! parameter_fields {
    ($($own:expr),*) => {
        &[
            needs("name", Name),
            needs("in", Text),
            may("description", Text),
            may("required", Flag),
            may("deprecated", Flag),
            may("schema", Schema),
            may("content", Map(&MEDIA_TYPE)),
            may("example", Any),
            may("examples", Map(&EXAMPLE)),
            may("explode", Flag),
            may("allowReserved", Flag),
            may("allowEmptyValue", Flag),
            $($own),*
        ]
    };
}

pub(super) static QUERY_PARAMETER: Table = parameter(
    "a query parameter",
    parameter_fields!(may(
        "style",
        Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])
    )),
);
pub(super) static PATH_PARAMETER: Table = parameter(
    "a path parameter",
    parameter_fields!(may("style", Word(&["simple", "matrix", "label"]))),
);
pub(super) static HEADER_PARAMETER: Table = parameter(
    "a header parameter",
    parameter_fields!(may("style", Word(&["simple"]))),
);
pub(super) static COOKIE_PARAMETER: Table = parameter(
    "a cookie parameter",
    parameter_fields!(may("style", Word(&["form"]))),
);

static REQUEST_BODY: Table = Table {
    what: "a request body",
    fields: &[
        needs("content", Map(&MEDIA_TYPE)),
        may("description", Text),
        may("required", Flag),
    ],
};

pub(super) static RESPONSE: Table = Table {
    what: "a response",
    fields: &[
        needs("description", Text),
        may("content", Map(&MEDIA_TYPE)),
        may("headers", Map(&HEADER)),
        may("links", Map(&LINK)),
    ],
};

static MEDIA_TYPE: Table = Table {
    what: "a media type",
    fields: &[
        may("schema", Schema),
        may("example", Any),
        may("examples", Map(&EXAMPLE)),
        may("encoding", Map(&ENCODING)),
    ],
};

static ENCODING: Table = Table {
    what: "an encoding",
    fields: &[
        may("contentType", Text),
        may("headers", Map(&HEADER)),
        may(
            "style",
            Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Flag),
        may("allowReserved", Flag),
    ],
};

static EXAMPLE: Table = Table {
    what: "an example",
    fields: &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
    ],
};

static HEADER: Table = Table {
    what: "a header",
    fields: &[
        needs("schema", Schema),
        may("description", Text),
        may("style", Word(&["simple"])),
        may("required", Flag),
        may("deprecated", Flag),
        may("example", Any),
        may("examples", Map(&EXAMPLE)),
        may("explode", Flag),
    ],
};

static LINK: Table = Table {
    what: "a link",
    fields: &[
        needs("operationId", Text),
        may("description", Text),
        may("requestBody", Any),
        may("parameters", AnyMap),
        may("server", Object(&SERVER)),
    ],
};

pub(super) static SCHEMA: Table = Table {
    what: "a schema",
    fields: &[
        may("type", Word(schema::TYPES)),
        may("format", Text),
        may("title", Text),
        may("description", Text),
        may("enum", Scalars),
        may("default", Any),
        may("example", Any),
        may("nullable", Flag),
        may("deprecated", Flag),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("properties", SchemaMap),
        may("required", Texts),
        may("additionalProperties", SchemaOrFlag),
        may("minProperties", Count),
        may("maxProperties", Count),
        may("items", Schema),
        may("minItems", Count),
        may("maxItems", Count),
        may("uniqueItems", Flag),
        may("anyOf", Schemas),
        may("oneOf", Schemas),
        may("allOf", Schemas),
        may("not", Schema),
        may("pattern", Text),
        may("minLength", Count),
        may("maxLength", Count),
        may("multipleOf", Number),
        may("minimum", Number),
        may("maximum", Number),
        may("exclusiveMinimum", Flag),
        may("exclusiveMaximum", Flag),
        may("discriminator", Object(&DISCRIMINATOR)),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("xml", Any),
    ],
};

static DISCRIMINATOR: Table = Table {
    what: "a discriminator",
    fields: &[needs("propertyName", Name), may("mapping", TextMap)],
};
