fn paths(id: &str) {
    // ruleid: path-from-text
    let one = format!("/v1/customers/{id}");
    // ruleid: path-from-text
    let two = "/v1/customers/".to_owned() + id;
    // ruleid: path-from-text
    path.push_str(&format!("/{id}"));
    // ok: path-from-text
    let three = Path::new("/v1/customers").segment(id);
    // ok: path-from-text
    let four = format!("{id} was not found");
}
