//! A file sent to Stripe, a link to it for others, and a document read piece by piece.
//!
//! Features: `file-links`, `files`, `quotes`.

mod client;

use stripe_generated::file::{self, Purpose};
use stripe_generated::types::FileUpload;
use stripe_generated::{Client, Error, file_link, quote};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    // `FileUpload::from_path` is for a file on the disk, which is then never in memory as a whole.
    let receipt = FileUpload::new("receipt.pdf", *b"%PDF-1.7\n%%EOF\n");
    let params = file::Create::new(receipt, Purpose::DISPUTE_EVIDENCE);
    let receipt = stripe.files().create(params).await?;
    println!("{} has {} bytes", receipt.id, receipt.size);

    let link = stripe
        .file_links()
        .create(file_link::Create::new(&receipt.id))
        .await?;
    println!("{} is public: {}", link.id, link.url.is_some());

    let quotes = stripe.quotes().list(quote::List::new().limit(1)).await?;
    if let Some(quote) = quotes.data.first() {
        let mut pdf = stripe.quotes().pdf(&quote.id).stream().await?;
        let mut size = 0;
        while let Some(piece) = pdf.next().await {
            size += piece?.len();
        }
        println!("{} as a PDF has {size} bytes", quote.id);
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
