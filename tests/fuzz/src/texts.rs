//! Any text where a key, an address, an option or a header is asked for: taken or refused, never repeated.

use stripe_core::types::Json;
use stripe_core::{ApiKey, BaseUrl, Operation, Request};

use crate::answer::{Answer, client, run};

/// How many characters of an input a message may have in common with it by chance.
const CHANCE: usize = 8;

/// What is refused is not repeated in the error; what is taken is safe to use.
pub fn texts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match ApiKey::new(&*text) {
        Ok(key) => {
            let shown = format!("{key:?}");
            assert_silent(&shown, &text);
            assert!(text.bytes().all(|it| it.is_ascii_graphic()));
        }
        Err(error) => assert_silent(&format!("{error} {error:?}"), &text),
    }
    if let Ok(base) = BaseUrl::parse(&text) {
        assert!(base.as_str().starts_with("https://"), "{}", base.as_str());
        assert_eq!(BaseUrl::parse(base.as_str()).unwrap(), base);
    }
    if let Ok(base) = BaseUrl::plain_http_on_loopback(&text) {
        let hosts = ["http://127.", "http://localhost", "http://[::1]"];
        let is_loopback = hosts.iter().any(|it| base.as_str().starts_with(it));
        assert!(is_loopback, "{}", base.as_str());
    }
    options(&text);
}

/// Options that become headers: the request goes out with exactly this text, or not at all.
fn options(text: &str) {
    let (client, asked) = client(vec![Answer::read(b"200\n\n{}")]);
    let request = || Request::<Json>::new(&client, Operation::post_form("/v1/things"), &[]);
    let all = [
        request().idempotency_key(text),
        request().account(text),
        request().context(text),
        request().api_version(text),
        request().header("x-own", text),
        request().header(text, "own"),
    ];
    for (number, request) in all.into_iter().enumerate() {
        let before = asked.lock().unwrap().len();
        let result = run(request.send());
        let asked = asked.lock().unwrap();
        match result {
            Err(error) => {
                assert_eq!(asked.len(), before, "a refused request was sent: {error}");
                assert!(!error.to_string().contains(char::is_control));
            }
            Ok(_) => {
                assert!(
                    number == 2 || !text.contains(['\r', '\n', '\0']),
                    "{text:?}"
                );
                let key = asked.last().unwrap().1.as_deref();
                assert!(number != 0 || key == Some(text), "another key was sent");
            }
        }
    }
}

/// No run of characters with a digit in it stands in both.
fn assert_silent(message: &str, input: &str) {
    let input: Vec<_> = input.chars().collect();
    for run in input.windows(CHANCE) {
        let run: String = run.iter().collect();
        let is_telling = run.contains(|it: char| it.is_ascii_digit());
        assert!(
            !is_telling || !message.contains(&run),
            "{run:?} in {message:?}"
        );
    }
}
