//! The examples of CommonMark 0.31.2 through our writer, all extensions off: no difference is wanted, so none is listed.

use campaign_playbook::base::FileId;
use campaign_playbook::markup::markdown::{AsWritten, Options, render};
use campaign_playbook::sources::markdown::{Document, Flavour};
use serde::Deserialize;

/// An example of the specification (CC BY-SA 4.0, John MacFarlane).
#[derive(Deserialize)]
struct Example {
    example: u32,
    markdown: String,
    html: String,
}

/// Signs that mean the same either way in HTML.
fn normalised(html: &str) -> String {
    html.replace("&quot;", "\"").replace("&#39;", "'")
}

#[test]
fn every_example_of_the_specification_comes_out_as_written() {
    let examples: Vec<Example> = serde_json::from_str(include_str!("../../fixtures/commonmark.json")).unwrap();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for Example { example, markdown, html } in examples {
        let (document, _) = Document::parse_as(FileId(0), &markdown, 0, Flavour::CommonMark);
        let ours = render(&document, &markdown, &Options::new(&AsWritten, &super::words)).html;
        if normalised(&ours) != normalised(&html) {
            wrong.push(format!("example {example}\n{markdown}\n--- want\n{html}\n--- have\n{ours}"));
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
