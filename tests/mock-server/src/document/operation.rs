//! Operations: where a request goes, what it may carry, and what comes back. Checking is not here.

use serde_json::Value;

use super::pointer::escape;
use super::schema::{NodeId, Schemas};

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) pointer: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) path_parameters: Vec<Parameter>,
    pub(crate) query: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) answer: Answer,
}

impl Operation {
    /// The method, in capitals.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method.name()
    }

    /// The path, with parameters in braces.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The JSON pointer of the operation in the document.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Whether requests and errors have the form of v2.
    pub(crate) fn is_v2(&self) -> bool {
        is_v2(&self.path)
    }

    /// How many parameters the path has.
    pub(crate) fn path_parameter_count(&self) -> usize {
        let is_parameter = |segment: &&Segment| matches!(segment, Segment::Parameter(_));
        self.segments.iter().filter(is_parameter).count()
    }

    /// Whether the last segment of the path is a parameter: the operation is about one object.
    pub(crate) fn ends_in_parameter(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Parameter(_)))
    }
}

/// Whether a path belongs to v2 of the API.
pub(crate) fn is_v2(path: &str) -> bool {
    path.starts_with("/v2/")
}

/// The methods that the document uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    /// The method of this name, in capitals.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Get, Self::Post, Self::Delete];
        all.into_iter().find(|method| method.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Literal(String),
    Parameter(String),
}

/// A parameter in the path or the query.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) node: NodeId,
    pub(crate) required: bool,
}

/// What a request may have in its body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media: Media,
    pub(crate) node: NodeId,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Form,
    Json,
    Multipart,
}

impl Media {
    pub(crate) const ALL: [Self; 3] = [Self::Form, Self::Json, Self::Multipart];

    /// The content type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Json => "application/json",
            Self::Multipart => "multipart/form-data",
        }
    }
}

/// What comes back.
#[derive(Debug)]
pub(crate) enum Answer {
    Json(NodeId),
    /// Bytes of this content type.
    Bytes(String),
}

/// Splits a path template.
pub(crate) fn segments(path: &str) -> Vec<Segment> {
    let parts = path.split('/').skip(1);
    let segment = |part: &str| {
        let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        name.map_or_else(
            || Segment::Literal(part.to_owned()),
            |name| Segment::Parameter(name.to_owned()),
        )
    };
    parts.map(segment).collect()
}

/// Reads `/paths`.
pub(crate) fn read(raw: &Value, schemas: &mut Schemas) -> Result<Vec<Operation>, String> {
    let Some(paths) = raw.get("paths").and_then(Value::as_object) else {
        return Err("/paths: an object is expected here".to_owned());
    };
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (name, operation) in item.as_object().into_iter().flatten() {
            let Some(method) = Method::named(&name.to_ascii_uppercase()) else {
                return Err(format!(
                    "/paths/{}/{name}: a method that is not known",
                    escape(path)
                ));
            };
            operations.push(one(path, method, operation, schemas)?);
        }
    }
    Ok(operations)
}

fn one(
    path: &str,
    method: Method,
    raw: &Value,
    schemas: &mut Schemas,
) -> Result<Operation, String> {
    let method_name = method.name().to_ascii_lowercase();
    let pointer = format!("/paths/{}/{method_name}", escape(path));
    let mut operation = Operation {
        method,
        path: path.to_owned(),
        segments: segments(path),
        path_parameters: Vec::new(),
        query: Vec::new(),
        body: body(raw, &pointer, schemas)?,
        answer: answer(raw, &pointer, schemas)?,
        pointer,
    };
    let given = raw.get("parameters").and_then(Value::as_array);
    for (index, parameter) in given.into_iter().flatten().enumerate() {
        let at = format!("{}/parameters/{index}", operation.pointer);
        let text = |name: &str| parameter.get(name).and_then(Value::as_str);
        let name = text("name").ok_or_else(|| format!("{at}: no name"))?;
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let read = Parameter {
            name: name.to_owned(),
            node: schemas.add(schema, None, format!("{at}/schema"))?,
            required: parameter
                .get("required")
                .and_then(Value::as_bool)
                .unwrap_or_default(),
        };
        match text("in") {
            Some("path") => operation.path_parameters.push(read),
            Some("query") => operation.query.push(read),
            _ => return Err(format!("{at}/in: `path` or `query` is expected here")),
        }
    }
    Ok(operation)
}

fn body(raw: &Value, pointer: &str, schemas: &mut Schemas) -> Result<Option<Body>, String> {
    let content = raw
        .pointer("/requestBody/content")
        .and_then(Value::as_object);
    let Some((name, media)) = content.and_then(|it| it.iter().next()) else {
        return Ok(None);
    };
    let at = format!("{pointer}/requestBody/content/{}", escape(name));
    let Some(known) = Media::ALL.into_iter().find(|it| it.name() == name) else {
        return Err(format!("{at}: a media type that is not known"));
    };
    let schema = media.get("schema").unwrap_or(&Value::Null);
    Ok(Some(Body {
        media: known,
        node: schemas.add(schema, None, format!("{at}/schema"))?,
    }))
}

fn answer(raw: &Value, pointer: &str, schemas: &mut Schemas) -> Result<Answer, String> {
    let content = raw
        .pointer("/responses/200/content")
        .and_then(Value::as_object);
    let Some((name, media)) = content.and_then(|it| it.iter().next()) else {
        return Err(format!(
            "{pointer}/responses/200/content: a media type is expected here"
        ));
    };
    if name != Media::Json.name() {
        return Ok(Answer::Bytes(name.clone()));
    }
    let at = format!("{pointer}/responses/200/content/{}/schema", escape(name));
    let schema = media.get("schema").unwrap_or(&Value::Null);
    Ok(Answer::Json(schemas.add(schema, None, at)?))
}
