//! A call as a value: built, changed, printed and cloned before anything is sent.
//!
//! Only the last step, decoding the answer, knows the type; all else is in [`Parts`], which is not generic.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::call::{Call, Reply};
use crate::client::Client;
use crate::encode;
use crate::key::ApiKey;
use crate::operation::Operation;
use crate::options::{Options, Setting, StripeContext};
use crate::paging::{Resume, Turn};
use crate::path::{self, Refusal};
use crate::response::Response;
use crate::tree::Entries;
use crate::untyped::Untyped;
use crate::validate::Expansions;
use crate::value::{Params, Value};

/// A request that gives a `T`: `.await` it, or [`send`](Self::send) it to see the status and the headers as well.
///
/// A mistake in an id or an option is reported when it is sent, and then nothing is sent.
#[must_use = "a request is only sent when it is awaited"]
pub struct Request<T> {
    parts: Box<Parts>,
    reply: PhantomData<fn() -> T>,
}

/// All of a request but the type of its answer.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) path: Result<String, Refusal>,
    pub(crate) params: Option<Arc<dyn Params>>,
    /// Parameters without a type, or why they were refused.
    pub(crate) extra: Result<Option<Box<dyn Untyped>>, encode::Error>,
    pub(crate) expand: Expansions,
    pub(crate) options: Options,
    /// Set if this is for a further page.
    pub(crate) turn: Option<Turn>,
    /// A text that says which page this is for; it is read when all else is known.
    pub(crate) resume: Option<Resume>,
    /// Whether the body of a success is to be left unread.
    pub(crate) is_streamed: bool,
}

impl Parts {
    pub(crate) fn new(client: &Client, operation: Operation, ids: &[&str]) -> Box<Self> {
        Box::new(Self {
            client: client.clone(),
            operation,
            path: path::build(operation.path, ids),
            params: None,
            extra: Ok(None),
            expand: Expansions::default(),
            options: Options::default(),
            turn: None,
            resume: None,
            is_streamed: false,
        })
    }

    /// The page that this is for: what the token says, or else what is known already; none for the first.
    pub(crate) fn turn(&self) -> Result<Option<Turn>, crate::Error> {
        match &self.resume {
            Some(resume) => resume.turn(self),
            None => Ok(self.turn.clone()),
        }
    }

    /// Changes the parameters without a type; the first refusal is kept and reported when the request is sent.
    pub(crate) fn add_extra(
        &mut self,
        change: impl FnOnce(&mut dyn Untyped) -> Result<(), encode::Error>,
    ) {
        if let Ok(extra) = &mut self.extra {
            let extra = extra.get_or_insert_with(|| Box::new(Entries::default()));
            if let Err(error) = change(&mut **extra) {
                self.extra = Err(error);
            }
        }
    }
}

impl<T> Request<T> {
    /// A request for an operation whose path has these ids, in order.
    #[doc(hidden)]
    #[inline]
    pub fn new(client: &Client, operation: Operation, ids: &[&str]) -> Self {
        Self {
            parts: Parts::new(client, operation, ids),
            reply: PhantomData,
        }
    }

    pub(crate) fn from_parts(parts: Box<Parts>) -> Self {
        Self {
            parts,
            reply: PhantomData,
        }
    }

    pub(crate) fn parts_mut(&mut self) -> &mut Parts {
        &mut self.parts
    }

    pub(crate) fn into_parts(self) -> Box<Parts> {
        self.parts
    }

    /// Sets the parameters.
    #[doc(hidden)]
    #[inline]
    pub fn params(mut self, params: impl Params) -> Self {
        self.parts.params = Some(Arc::new(params));
        self
    }

    /// A parameter that has no method of its own here, because it is newer than this crate or not documented. It is sent
    /// where the others are, in the query, the form or the JSON.
    ///
    /// The name may lead down into an object or a list, and next to what is set there: `card[new_field]` or
    /// `items.0.new_field`. The value is anything that a parameter can be: a text, a number, a list, an object of the
    /// generated crate, [`Json`](crate::types::Json), or [`Clearable::Clear`](crate::types::Clearable::Clear) to clear a
    /// field. Nothing is overridden: what is set already is refused with
    /// [`Validation`](crate::ErrorKind::Validation) when the request is sent, and so is a name that leads nowhere.
    ///
    /// ```no_run
    /// # use stripe_core::{Client, Operation, Request, types::Json};
    /// # fn example(request: Request<Json>) -> Request<Json> {
    /// request
    ///     .extra_param("payment_method_options[card][new_field]", "automatic")
    ///     .extra_param("allowed_banks", ["abn_amro", "ing"])
    /// # }
    /// ```
    #[inline]
    pub fn extra_param(mut self, name: &str, value: impl Value) -> Self {
        self.parts.add_extra(|extra| extra.set(name, value.node()));
        self
    }

    /// The idempotency key, instead of a random one: a second request with the same key and the same parameters does not
    /// act again and gets the first one's answer. 1 to 255 visible ASCII characters.
    #[inline]
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.parts.options.set_idempotency_key(key);
        self
    }

    /// Another API key than the client's. If Stripe refuses it, the client's key provider is not asked for one.
    #[inline]
    pub fn key(mut self, key: ApiKey) -> Self {
        self.parts.options.key = Some(key);
        self
    }

    /// The connected account to act for.
    #[inline]
    pub fn account(mut self, account: &str) -> Self {
        self.parts.options.set_account(account);
        self
    }

    /// Acts for no connected account, although the client does.
    #[inline]
    pub fn no_account(mut self) -> Self {
        self.parts.options.account = Setting::None;
        self
    }

    /// The context to act in: account ids separated by slashes.
    #[inline]
    pub fn context(mut self, context: &str) -> Self {
        self.parts.options.set_context(context);
        self
    }

    /// The same as a value. An empty one is none, although the client has one.
    #[inline]
    pub fn in_context(mut self, context: &StripeContext) -> Self {
        self.parts.options.set_stripe_context(context);
        self
    }

    /// Acts in no context, although the client does.
    #[inline]
    pub fn no_context(mut self) -> Self {
        self.parts.options.context = Setting::None;
        self
    }

    /// Another version of the API than the client's. The types are those of the client's version: the answer may not be
    /// understood.
    #[inline]
    pub fn api_version(mut self, version: &str) -> Self {
        self.parts.options.set_api_version(version);
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the answer.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.options.set_timeout(timeout);
        self
    }

    /// How long the call may take with all its attempts and the waits between them.
    #[inline]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.parts.options.set_deadline(deadline);
        self
    }

    /// How often a failed attempt is repeated; 0 for never.
    #[inline]
    pub fn max_retries(mut self, count: u32) -> Self {
        self.parts.options.max_retries = Some(count);
        self
    }

    /// Another header. Those that the client computes cannot be set.
    #[inline]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.parts.options.add_header(name, value);
        self
    }

    /// Does not check the parameters before they are sent, as the client else does: what Stripe thinks of them counts
    /// alone. Ids in the path, and the options of a request, are checked all the same.
    #[inline]
    pub fn skip_validation(mut self) -> Self {
        self.parts.options.validation = Some(false);
        self
    }

    /// Checks the parameters although the client would not, because another version of the API is set, or because it was
    /// told not to.
    #[inline]
    pub fn force_validation(mut self) -> Self {
        self.parts.options.validation = Some(true);
        self
    }

    /// Fields of the answer that hold ids, to be filled with the objects themselves: `data.customer`.
    #[inline]
    pub fn expand(mut self, fields: &[&str]) -> Self {
        self.parts.expand.extend(fields);
        self
    }
}

impl<T: Reply> Request<T> {
    /// Sends the request, and gives the status and the headers of the answer along with it.
    #[inline]
    pub fn send(self) -> Call<Response<T>> {
        Call::new(self.parts)
    }
}

impl<T: Reply> IntoFuture for Request<T> {
    type Output = Result<T, crate::Error>;
    type IntoFuture = Call<T>;

    #[inline]
    fn into_future(self) -> Call<T> {
        Call::new(self.parts)
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            reply: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Request<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.fmt(f)
    }
}

impl fmt::Debug for Parts {
    /// The path as in the documentation, without ids, and the parameters as their own Debug shows them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Request");
        out.field("method", &self.operation.method);
        out.field("path", &self.operation.path);
        if let Some(params) = &self.params {
            out.field("params", params);
        }
        if let Ok(Some(extra)) = &self.extra {
            out.field("extra", extra);
        }
        out.field("expand", &self.expand.paths);
        out.field("options", &self.options);
        out.finish_non_exhaustive()
    }
}
