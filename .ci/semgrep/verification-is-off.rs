// ruleid: verification-is-off
impl ServerCertVerifier for Anyone {
}

fn connect() {
    // ruleid: verification-is-off
    let config = ClientConfig::builder().dangerous();
    // ruleid: verification-is-off
    let connector = builder.https_or_http();
    // ruleid: verification-is-off
    config.set_certificate_verifier(verifier);
    // ok: verification-is-off
    let connector = builder.https_only();
}
