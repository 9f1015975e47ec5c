// ruleid: span-takes-arguments
#[instrument]
fn parse(body: &str) {}

// ruleid: span-takes-arguments
#[tracing::instrument(level = "debug", skip(key))]
fn send(key: &str, body: &str) {}

// ok: span-takes-arguments
#[tracing::instrument(skip_all, fields(method))]
fn call(key: &str) {}

// ok: span-takes-arguments
fn plain(key: &str) {
    work.instrument(span);
}
