//! Which server an operation goes to, and what only these servers take and give: files and streams.

use stripe_generated::stripe_core::Host;
use stripe_generated::types::{FileUpload, Map, Metadata};
use stripe_generated::v2::billing::meter_event_stream;
use stripe_generated::{Client, file};
use tests::server::{Answer, Server};

use super::{base, builder};

const FILE: &str =
    r#"{"id":"file_1","object":"file","created":1767225600,"purpose":"dispute_evidence","size":9}"#;

/// A server of its own for each of Stripe's hosts that operations go to.
struct Hosts {
    api: Server,
    files: Server,
    meter_events: Server,
}

impl Hosts {
    /// All give the same answer.
    fn start(answer: &Answer) -> Self {
        let start = || Server::start([answer.clone()]);
        Self {
            api: start(),
            files: start(),
            meter_events: start(),
        }
    }

    fn client(&self) -> Client {
        let builder = builder()
            .base_url(Host::Api, base(&self.api))
            .base_url(Host::Files, base(&self.files))
            .base_url(Host::MeterEvents, base(&self.meter_events));
        Client::build(builder).unwrap()
    }

    /// Which servers were called, each once: `files POST /v1/files`.
    fn lines(&self) -> Vec<String> {
        let all = [
            ("api", &self.api),
            ("files", &self.files),
            ("meter_events", &self.meter_events),
        ];
        let mut lines = Vec::new();
        for (name, server) in all {
            for request in server.recorded() {
                request.assert_header("host", Some(server.authority()));
                lines.push(format!("{name} {}", request.line()));
            }
        }
        lines
    }
}

#[tokio::test]
async fn an_upload_is_multipart_and_goes_to_files() {
    let hosts = Hosts::start(&Answer::json(FILE));
    let content = b"\x00\xff\r\n--x\r\n".to_vec();
    let link = file::FileLinkData::new(true).metadata(Metadata::from([("order", "1 & 2")]));
    let upload = FileUpload::new("receipt \"1\".png", content.clone());
    let params = file::Create::new(upload, file::Purpose::DISPUTE_EVIDENCE).file_link_data(link);
    let file = hosts.client().files().create(params).await.unwrap();
    assert_eq!(file.id, "file_1");
    assert_eq!(hosts.lines(), ["files POST /v1/files"]);
    let request = hosts.files.only();
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert!(boundary.len() >= 22, "a boundary of 128 random bits");
    let part = |head: &str, body: &[u8]| {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n"].concat()
    };
    let file_head = "name=\"file\"; filename=\"receipt %221%22.png\"\r\n\
        Content-Type: application/octet-stream";
    let expected = [
        part(file_head, &content),
        part("name=\"file_link_data[create]\"", b"true"),
        part("name=\"file_link_data[metadata][order]\"", b"1 & 2"),
        part("name=\"purpose\"", b"dispute_evidence"),
        format!("--{boundary}--\r\n").into_bytes(),
    ];
    assert_eq!(request.body, expected.concat());
}

#[tokio::test]
async fn a_boundary_is_never_used_twice() {
    let server = Server::start([Answer::json(FILE), Answer::json(FILE)]);
    let client = super::client(&server);
    for _ in 0..2 {
        let upload = FileUpload::new("a", *b"b");
        let params = file::Create::new(upload, file::Purpose::DISPUTE_EVIDENCE);
        client.files().create(params).await.unwrap();
    }
    let recorded = server.recorded();
    let types: Vec<_> = recorded
        .iter()
        .map(|request| request.header("content-type"))
        .collect();
    assert_ne!(types.first(), types.last());
}

#[tokio::test]
async fn a_pdf_comes_from_files_as_it_is() {
    let pdf = b"%PDF-1.7\n\x00\xff\xfe".to_vec();
    let hosts = Hosts::start(&Answer::new(200, "application/pdf", pdf.clone()));
    let got = hosts.client().quotes().pdf("qt_1").await.unwrap();
    assert_eq!(got.as_bytes(), pdf);
    assert_eq!(hosts.lines(), ["files GET /v1/quotes/qt_1/pdf"]);
}

#[tokio::test]
async fn files_are_listed_by_the_api_itself() {
    let page = r#"{"object":"list","data":[],"has_more":false,"url":"/v1/files"}"#;
    let hosts = Hosts::start(&Answer::json(page));
    let files = hosts.client().files();
    files.list(file::List::new()).await.unwrap();
    assert_eq!(hosts.lines(), ["api GET /v1/files"]);
}

#[tokio::test]
async fn the_stream_of_meter_events_has_a_host_of_its_own() {
    let hosts = Hosts::start(&Answer::json("{}"));
    let payload = Map::from([("value".to_owned(), "25".to_owned())]);
    let event = meter_event_stream::Event::new("api_requests", payload).identifier("idmp_1");
    let params = meter_event_stream::Create::new(vec![event]);
    let stream = hosts.client().v2().billing().meter_event_stream();
    stream.create(params).await.unwrap();
    assert_eq!(
        hosts.lines(),
        ["meter_events POST /v2/billing/meter_event_stream"]
    );
    let expected = r#"{"events":[{"event_name":"api_requests","identifier":"idmp_1","payload":{"value":"25"}}]}"#;
    assert_eq!(hosts.meter_events.only().text(), expected);
}
