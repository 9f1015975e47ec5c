//! Rules: which requests, and what is replied to the first, the second and all further ones.

use std::fmt;
use std::sync::Arc;

use super::mock::MockStripe;
use super::pattern::Pattern;
use super::reply::Reply;
use super::sent::SentRequest;
use crate::method::Method;

/// A rule that is being written: which requests it is for. It counts once it has a reply.
#[must_use = "a rule counts once it has a reply"]
#[derive(Debug)]
pub struct Rule {
    stripe: MockStripe,
    method: Method,
    path: Pattern,
    params: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

impl Rule {
    pub(super) fn new(stripe: MockStripe, method: Method, path: &str) -> Self {
        Self {
            stripe,
            method,
            path: Pattern::new(path),
            params: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// Only for requests with this value of a parameter, by its full name: `metadata[order]`.
    pub fn with_param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Only for requests with this value of a header, such as `stripe-account`.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replies with an object, a [`Failure`](super::Failure) or a [`Reply`], every time unless another one follows.
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn reply(self, reply: impl Into<Reply>) -> Replies {
        let reply = reply.into();
        self.reply_with(move |_| reply.clone())
    }

    /// Replies with what is computed from the request, every time unless another reply follows.
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn reply_with<R: Into<Reply>>(
        self,
        reply: impl Fn(&SentRequest) -> R + Send + Sync + 'static,
    ) -> Replies {
        let Self {
            stripe,
            method,
            path,
            params,
            headers,
        } = self;
        let index = stripe.add(Stub {
            method,
            path,
            params,
            headers,
            steps: vec![Step::new(reply)],
            given: 0,
        });
        Replies { stripe, index }
    }
}

/// The replies of a rule, to which others can be added.
#[derive(Debug)]
pub struct Replies {
    stripe: MockStripe,
    index: usize,
}

impl Replies {
    /// From then on replies with this; the one before was given once, or as [`times`](Self::times) says.
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn then(self, reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        self.then_with(move |_| reply.clone())
    }

    /// From then on replies with what is computed from the request.
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn then_with<R: Into<Reply>>(
        self,
        reply: impl Fn(&SentRequest) -> R + Send + Sync + 'static,
    ) -> Self {
        let step = Step::new(reply);
        self.stripe.change(self.index, |stub| stub.steps.push(step));
        self
    }

    /// Gives the last reply so many times. After it the rule is used up, unless another reply follows, and an earlier rule
    /// for the same requests counts again.
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn times(self, count: u32) -> Self {
        self.stripe.change(self.index, |stub| {
            if let Some(step) = stub.steps.last_mut() {
                step.times = Some(count);
            }
        });
        self
    }

    /// Gives the last reply one time: [`times(1)`](Self::times).
    #[allow(clippy::must_use_candidate, reason = "mostly, nothing follows")]
    pub fn once(self) -> Self {
        self.times(1)
    }
}

type Make = Arc<dyn Fn(&SentRequest) -> Reply + Send + Sync>;

/// One reply of a rule.
struct Step {
    make: Make,
    /// How often it is given; `None` for once if another one follows, and else always.
    times: Option<u32>,
}

impl Step {
    fn new<R: Into<Reply>>(reply: impl Fn(&SentRequest) -> R + Send + Sync + 'static) -> Self {
        Self {
            make: Arc::new(move |request| reply(request).into()),
            times: None,
        }
    }
}

/// A rule that counts.
pub(super) struct Stub {
    method: Method,
    path: Pattern,
    params: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    steps: Vec<Step>,
    pub(super) given: u32,
}

/// What a rule makes of a request.
pub(super) enum Match {
    /// It replies, once it is called with the request.
    Reply(SentRequest, Make),
    /// It is for other requests, or for no more of them: why.
    Not(Option<String>),
}

impl Stub {
    /// Whether this rule is for the request; it counts one reply if it is.
    pub(super) fn answer(&mut self, request: &SentRequest) -> Match {
        if self.method != request.method() {
            return Match::Not(None);
        }
        let Some(captures) = self.path.captures(request.path()) else {
            return Match::Not(None);
        };
        if let Some(why) = self.difference(request) {
            return Match::Not(Some(why));
        }
        match self.next() {
            Some(make) => {
                self.given = self.given.saturating_add(1);
                Match::Reply(request.with_captures(captures), make)
            }
            None => Match::Not(Some(format!("used up after {}", self.given))),
        }
    }

    /// Whether requests like this are what the rule is for, used up or not.
    fn difference(&self, request: &SentRequest) -> Option<String> {
        let params = self
            .params
            .iter()
            .map(|(name, value)| (name, value, request.param(name), "parameter"));
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name, value, request.header(name), "header"));
        let mut all = params.chain(headers);
        let (name, _, sent, what) =
            all.find(|(_, value, sent, _)| *sent != Some(value.as_str()))?;
        Some(match sent {
            Some(sent) => format!("the {what} `{name}` is {sent:?}"),
            None => format!("there is no {what} `{name}`"),
        })
    }

    fn next(&self) -> Option<Make> {
        let mut before = 0_u32;
        let last = self.steps.len().saturating_sub(1);
        for (index, step) in self.steps.iter().enumerate() {
            let times = step
                .times
                .unwrap_or(if index == last { u32::MAX } else { 1 });
            before = before.saturating_add(times);
            if self.given < before {
                return Some(Arc::clone(&step.make));
            }
        }
        None
    }
}

impl fmt::Display for Stub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path.as_str())?;
        for (name, value) in self.params.iter().chain(&self.headers) {
            write!(f, ", {name} = {value}")?;
        }
        Ok(())
    }
}
