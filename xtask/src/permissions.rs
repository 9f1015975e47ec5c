//! The guide's table of which operation likely needs which permission of a restricted key. It prints what the generator
//! derived, and derives nothing.

use codegen::OperationSummary;

/// The table in Markdown, a resource after the other, and in it what reads before what writes.
pub(crate) fn table(operations: &[OperationSummary]) -> String {
    let mut rows: Vec<_> = operations.iter().map(Row::new).collect();
    rows.sort();
    let mut text = String::from("| permission | call | operation |\n| --- | --- | --- |\n");
    for row in rows {
        text.push_str(&format!(
            "| {} | {} | `{}` |\n",
            row.permission, row.calls, row.operation
        ));
    }
    text
}

/// Sorted by its fields in this order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row<'a> {
    permission: &'a str,
    calls: String,
    operation: String,
}

impl<'a> Row<'a> {
    fn new(operation: &'a OperationSummary) -> Self {
        let calls = operation.calls.iter().map(|call| format!("`{call}`"));
        Self {
            permission: &operation.permission,
            calls: calls.collect::<Vec<_>>().join(", "),
            operation: format!("{} {}", operation.method, operation.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(calls: &[&str], method: &str, path: &str, permission: &str) -> OperationSummary {
        OperationSummary {
            method: method.to_owned(),
            path: path.to_owned(),
            call: calls[0].to_owned(),
            calls: calls.iter().map(|call| (*call).to_owned()).collect(),
            feature: String::new(),
            params: None,
            result: String::new(),
            host: String::new(),
            body: String::new(),
            paging: String::new(),
            legacy: false,
            permission: permission.to_owned(),
        }
    }

    #[test]
    fn u2_every_operation_has_a_row_beside_those_of_its_resource() {
        let operations = [
            operation(&["refunds.create"], "POST", "/v1/refunds", "refunds: write"),
            operation(&["b.list", "c.list"], "GET", "/v1/b", "customers: read"),
            operation(
                &["customers.delete"],
                "DELETE",
                "/v1/customers/{customer}",
                "customers: write",
            ),
        ];
        assert_eq!(
            table(&operations),
            "| permission | call | operation |\n| --- | --- | --- |\n\
             | customers: read | `b.list`, `c.list` | `GET /v1/b` |\n\
             | customers: write | `customers.delete` | `DELETE /v1/customers/{customer}` |\n\
             | refunds: write | `refunds.create` | `POST /v1/refunds` |\n"
        );
    }
}
