//! Evidence against the disputes that wait for an answer: a text and a file, staged first and submitted by a person.
//!
//! Features: `disputes`, `files`.

mod client;

use stripe_generated::dispute::{self, Evidence};
use stripe_generated::file::{self, Purpose};
use stripe_generated::schema::DisputeStatus;
use stripe_generated::types::FileUpload;
use stripe_generated::{Client, Error};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let mut disputes = stripe
        .disputes()
        .list(dispute::List::new().limit(100))
        .items();
    while let Some(dispute) = disputes.next().await {
        let dispute = dispute?;
        println!(
            "{} over {} is {}",
            dispute.id, dispute.amount, dispute.status
        );
        if dispute.status != DisputeStatus::NEEDS_RESPONSE {
            continue;
        }
        let receipt = FileUpload::new("receipt.pdf", *b"%PDF-1.7");
        let params = file::Create::new(receipt, Purpose::DISPUTE_EVIDENCE);
        let receipt = stripe.files().create(params).await?;

        let evidence = Evidence::new()
            .product_description("Two books, delivered on 3 May")
            .receipt(&receipt.id);
        // Nothing can be added once it is submitted.
        let params = dispute::Update::new().evidence(evidence).submit(false);
        stripe.disputes().update(&dispute.id, params).await?;
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
