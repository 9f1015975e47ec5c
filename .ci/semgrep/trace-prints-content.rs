fn traces() {
    // ruleid: trace-prints-content
    tracing::debug!(?response, "answered");
    // ruleid: trace-prints-content
    tracing::event!(Level::INFO, body = %self.body);
    // ruleid: trace-prints-content
    let span = info_span!("call", url = %request.url);
    // ok: trace-prints-content
    tracing::debug!(status = response.status(), "answered");
    // ok: trace-prints-content
    tracing::warn!(target: "stripe_core", "{error}");
}
