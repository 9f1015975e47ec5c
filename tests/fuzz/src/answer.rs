//! A transport that gives made-up answers and keeps what it was asked, and a clock that never waits.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use stripe_core::transport::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError,
};
use stripe_core::{ApiKey, Client, Clock, Headers};

use crate::KEY;

/// An answer, written as people would: `402`, lines of headers, an empty line, the body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// Whatever the bytes are, they are an answer.
    pub(crate) fn read(data: &[u8]) -> Self {
        let end = data.windows(2).position(|it| it == b"\n\n");
        let end = end.unwrap_or(data.len());
        let head = String::from_utf8_lossy(&data[..end]).into_owned();
        let body = data.get(end + 2..).unwrap_or_default().to_vec();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.trim().parse().ok());
        let headers = lines.filter_map(|line| line.split_once(':'));
        Self {
            status: status.unwrap_or(200),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
                .collect(),
            body,
        }
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }
}

/// What was asked for: the path and query, and the idempotency key.
pub(crate) type Asked = Arc<Mutex<Vec<(String, Option<String>)>>>;

/// Gives the answers in turn, and the last one again and again.
#[derive(Debug)]
struct Scripted {
    answers: Vec<Answer>,
    asked: Asked,
}

impl Transport for Scripted {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        let mut asked = self.asked.lock().unwrap();
        let last = self.answers.len() - 1;
        let answer = &self.answers[asked.len().min(last)];
        let key = request.headers.get("idempotency-key").map(str::to_owned);
        asked.push((request.target.clone(), key));
        let mut headers = Headers::new();
        for (name, value) in &answer.headers {
            headers.push(name, value);
        }
        let body = HttpBody::full(answer.body.clone());
        let response = HttpResponse::new(answer.status, headers, body);
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// Time that stands still. What is slept for one attempt never ends; what is slept between two ends at once.
#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        if time > Duration::from_secs(5) {
            Box::pin(std::future::pending())
        } else {
            Box::pin(std::future::ready(()))
        }
    }
}

/// A client that gets these answers, and what it asks for.
pub(crate) fn client(answers: Vec<Answer>) -> (Client, Asked) {
    let asked = Asked::default();
    let transport = Scripted {
        answers,
        asked: Arc::clone(&asked),
    };
    let key = ApiKey::new(KEY).unwrap();
    let builder = Client::builder(key).transport(transport).clock(Still);
    (builder.max_retries(2).build().unwrap(), asked)
}

/// Runs what never waits for anything.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000 {
        if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("it waits, and nothing will wake it");
}
