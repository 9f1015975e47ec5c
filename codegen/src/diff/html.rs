//! The report as an HTML page of one file: search, filters, light and dark, and nothing from the network.
//!
//! **Invariant:** text of the documents is escaped, and the page's own policy forbids it to load or send anything.

use super::change::{Report, Verdict};
use super::entry::{Entry, by_resource, summary};
use super::ignored::NOT_COMPARED;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The page.
pub(super) fn page(report: &Report) -> String {
    let title = format!("Stripe API {} → {}", report.old, report.new);
    let resources = by_resource(report);
    let names = resources
        .keys()
        .map(|name| format!("<option>{}</option>", escaped(name)));
    let mut sorted: Vec<_> = resources.iter().collect();
    sorted.sort_by_key(|(_, entries)| !entries.iter().any(|entry| entry.breaking));
    let sections = sorted
        .into_iter()
        .map(|(name, entries)| section(name, entries));
    let ignored = NOT_COMPARED
        .iter()
        .map(|(what, why)| format!("<li>{}: {}.</li>", escaped(what), code(why)));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p><span class=\"verdict {verdict}\">{verdict}</span> {summary}</p>\n\
         <form role=\"search\">\n\
         <input type=\"search\" id=\"search\" placeholder=\"Search calls, types, fields, values\" aria-label=\"Search\">\n\
         <select id=\"resource\" aria-label=\"Resource\"><option value=\"\">All resources</option>{names}</select>\n\
         <label><input type=\"checkbox\" id=\"breaking\"> Breaking only</label>\n\
         <button type=\"button\" id=\"theme\">Light or dark</button>\n\
         <output id=\"shown\"></output>\n</form>\n</header>\n\
         <main>\n{sections}<p id=\"nothing\" hidden>Nothing matches.</p>\n</main>\n\
         <footer>\n<h2>Not compared</h2>\n<ul>{ignored}</ul>\n</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&title),
        verdict = verdict(report.verdict),
        summary = escaped(&summary(report)),
        names = names.collect::<String>(),
        sections = sections.collect::<String>(),
        ignored = ignored.collect::<String>(),
    )
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::None => "none",
        Verdict::Patch => "patch",
        Verdict::Minor => "minor",
        Verdict::Major => "major",
    }
}

fn section(name: &str, entries: &[Entry]) -> String {
    let items: String = entries.iter().map(item).collect();
    let name = escaped(name);
    format!("<section data-resource=\"{name}\">\n<h2>{name}</h2>\n<ul>\n{items}</ul>\n</section>\n")
}

fn item(entry: &Entry) -> String {
    let badge = if entry.breaking {
        "breaking"
    } else {
        "additive"
    };
    let notes: String = entry
        .notes
        .iter()
        .map(|note| format!("<p class=\"note\">{}</p>", code(note)))
        .collect();
    format!(
        "<li class=\"{badge}\"><span class=\"badge\">{badge}</span> <span>{}.</span>{notes}{}{}</li>\n",
        code(&entry.text),
        calls(&entry.calls),
        items(&entry.items)
    )
}

fn calls(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("<p class=\"names\">Calls: {}</p>", codes(names))
}

/// The public items, folded: they are for those who look for a name.
fn items(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let what = match names.len() {
        1 => "1 public item".to_owned(),
        count => format!("{count} public items"),
    };
    format!(
        "<details class=\"names\"><summary>{what}</summary>{}</details>",
        codes(names)
    )
}

fn codes(names: &[String]) -> String {
    let all: Vec<String> = names
        .iter()
        .map(|name| format!("<code>{}</code>", escaped(name)))
        .collect();
    all.join(" ")
}

/// Text whose backticks mark code.
fn code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        let part = escaped(part);
        if index % 2 == 1 {
            format!("<code>{part}</code>")
        } else {
            part
        }
    });
    parts.collect()
}

/// Text that is no markup, also within a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        for (text, expected) in [
            ("a `b` c", "a <code>b</code> c"),
            ("<script>", "&lt;script&gt;"),
            ("`<b>`", "<code>&lt;b&gt;</code>"),
            ("\"' onload=x", "&quot;&#39; onload=x"),
            ("a & b", "a &amp; b"),
        ] {
            assert_eq!(code(text), expected);
        }
    }
}
