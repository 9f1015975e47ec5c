//! A client of HTTP/1.1 by hand: what a library would repair on the way goes out as the test wrote it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;

use mock_server::MockServer;
use serde_json::Value;

/// Another version than any default.
pub(crate) const VERSION: &str = "2025-01-31.test";

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const JSON: &str = "application/json";

/// A request that is not sent yet.
#[derive(Debug)]
pub(crate) struct Call {
    address: String,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A request with a key and a version.
pub(crate) fn call(server: &MockServer, method: &str, target: &str) -> Call {
    call_at(&server.address().to_string(), method, target)
}

/// The same, to a server of which only the address is known.
pub(crate) fn call_at(address: &str, method: &str, target: &str) -> Call {
    Call {
        address: address.to_owned(),
        method: method.to_owned(),
        target: target.to_owned(),
        headers: vec![
            ("Authorization".to_owned(), "Bearer sk_test_FAKE".to_owned()),
            ("Stripe-Version".to_owned(), VERSION.to_owned()),
        ],
        body: Vec::new(),
    }
}

pub(crate) fn get(server: &MockServer, target: &str) -> Answer {
    call(server, "GET", target).send()
}

/// How many customers there are, of those on the first page.
pub(crate) fn count(server: &MockServer) -> usize {
    let page = get(server, "/v1/customers").ok();
    page["data"].as_array().unwrap().len()
}

pub(crate) fn post(server: &MockServer, target: &str, form: &str) -> Answer {
    call(server, "POST", target).body(FORM, form).send()
}

pub(crate) fn post_json(server: &MockServer, target: &str, body: &str) -> Answer {
    call(server, "POST", target).body(JSON, body).send()
}

pub(crate) fn delete(server: &MockServer, target: &str) -> Answer {
    call(server, "DELETE", target).send()
}

impl Call {
    /// Sets a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a header away.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn body(mut self, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self.header("Content-Type", content_type)
    }

    pub(crate) fn send(self) -> Answer {
        self.try_send().unwrap()
    }

    /// Sends the request; an error if the connection ends before the answer does.
    pub(crate) fn try_send(self) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.method, self.target, self.address
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)?;
        read(&mut BufReader::new(stream))
    }
}

/// Reads an answer to its end.
pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Answer> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == "\r\n" {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let status = lines[0].split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    let length = answer.header("content-length").unwrap().parse().unwrap();
    answer.body.resize(length, 0);
    reader.read_exact(&mut answer.body)?;
    Ok(answer)
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The JSON of an answer that must be good.
    pub(crate) fn ok(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, 200, "{text}");
        self.json()
    }

    /// Status, code and parameter of an error.
    pub(crate) fn error(&self) -> (u16, String, String) {
        let error = &self.json()["error"];
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (self.status, text("code"), text("param"))
    }
}
