//! What the conversion promises, by example.

use super::markdown;

mod inert;

use inert::inert;

/// Each example: the description, and its lines.
fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(markdown(text), *expected, "{text:?}");
        inert(text);
    }
}

/// Descriptions as Stripe writes them, cut short, and what becomes of them.
const REAL: &[(&str, &[&str])] = &[
    ("", &[]),
    (" \n\n ", &[]),
    ("The amount.", &["The amount."]),
    (
        "<p>Creates a <code>Dispute</code>. Refer to <a href=\"/docs/issuing/purchases#x\">Dispute\nreasons</a>.</p>",
        &[
            "Creates a `Dispute`.",
            "Refer to [Dispute reasons](https://docs.stripe.com/issuing/purchases#x).",
        ],
    ),
    (
        "<p><strong>You can only use <a href=\"/connect\">Express</a> here</strong>.</p>\n\n<p><em>Irreversible</em>.</p>",
        &[
            "**You can only use [Express](https://docs.stripe.com/connect) here**.",
            "",
            "*Irreversible*.",
        ],
    ),
    (
        "<p>Any of:</p>\n\n<ul>\n<li>Refunds: use <code>a</code>. Or not.</li>\n<li>Credit</li>\n</ul>\n\n<p>The end.</p>",
        &[
            "Any of:",
            "",
            "- Refunds: use `a`.",
            "  Or not.",
            "- Credit",
            "",
            "The end.",
        ],
    ),
    (
        "creation. <br><br>By default",
        &["creation.", "", "By default"],
    ),
    ("A total of <currency>100</currency>.", &["A total of 100."]),
    (
        "Authorization: Basic <api_key> | Basic <base64 hash of `api_key:`>",
        &["Authorization: Basic \\<api_key\\> | Basic \\<base64 hash of `api_key:`\\>"],
    ),
    (
        "may not include `<`, `>`, `\\`, `\"`.",
        &["may not include `<`, `>`, `\\`, `\"`."],
    ),
    (
        "when the `rate_type`` is `flat`. Then",
        &["when the `rate_type` is `flat`.", "Then"],
    ),
    (
        "e.g., a serial number (e.g. [IMEI]). Must",
        &["e.g., a serial number (e.g. \\[IMEI\\]).", "Must"],
    ),
    (
        "One of [`monday`, `tuesday`].",
        &["One of \\[`monday`, `tuesday`\\]."],
    ),
    (
        "`amount_details[line_items][#][tax]`",
        &["`amount_details[line_items][#][tax]`"],
    ),
    (
        "in _cents (or local equivalent)_, or __cents__",
        &["in *cents (or local equivalent)*, or **cents**"],
    ),
    (
        "the other report_* methods, -#.$&*, and *.updated",
        &["the other report\\_\\* methods, -#.$&\\*, and \\*.updated"],
    ),
    (
        "group of events using * as a wildcard",
        &["group of events using \\* as a wildcard"],
    ),
    (
        "see [settings](https://docs.stripe.com/tax#a-(recommended)) first",
        &["see [settings](https://docs.stripe.com/tax#a-%28recommended%29) first"],
    ),
    (
        "or https://stripe.com/docs/api. It",
        &["or <https://stripe.com/docs/api>.", "It"],
    ),
    (
        "accessed in two ways:\n1. By expanding.\n2. By listing. Twice.\n\nThe end",
        &[
            "accessed in two ways:",
            "",
            "1. By expanding.",
            "2. By listing. Twice.",
            "",
            "The end",
        ],
    ),
    (
        "one of:\n\n - `a`\n - `b`\n\nelse",
        &["one of:", "", "- `a`", "- `b`", "", "else"],
    ),
    (
        "guide.\n\n-----\n\n&nbsp;\n\n*This is beta.*",
        &["guide.", "", "*This is beta.*"],
    ),
    (
        "*[Note: a path]* Additionally",
        &["*\\[Note: a path\\]* Additionally"],
    ),
];

#[test]
fn real_descriptions_become_clean_markdown() {
    check(REAL);
}

#[test]
fn links_are_whole_addresses_of_pages_or_mail() {
    check(&[
        ("[a](/docs)", &["[a](https://docs.stripe.com)"]),
        (
            "[a](/docs/x?y=1&z=2#w)",
            &["[a](https://docs.stripe.com/x?y=1&z=2#w)"],
        ),
        ("[a](/docsx)", &["[a](https://docs.stripe.com/docsx)"]),
        ("[a](/api/x)", &["[a](https://docs.stripe.com/api/x)"]),
        ("[a](api/x)", &["[a](https://docs.stripe.com/api/x)"]),
        ("[a](#x)", &["[a](https://docs.stripe.com/api#x)"]),
        (
            "[a](https://api.stripe.com#x)",
            &["[a](https://docs.stripe.com/api#x)"],
        ),
        ("[a](https://x.y \"title\")", &["[a](https://x.y)"]),
        ("[a](mailto:a@x.y)", &["[a](mailto:a@x.y)"]),
        (
            "[`a` and *b*](/x)",
            &["[`a` and *b*](https://docs.stripe.com/x)"],
        ),
        (
            "<a href='/x?a&amp;b'>a</a>",
            &["[a](https://docs.stripe.com/x?a&b)"],
        ),
        ("<https://x.y/z>", &["<https://x.y/z>"]),
        (
            "(see https://x.y/a_(b)).",
            &["(see <https://x.y/a_%28b%29>)."],
        ),
        ("[https://x.y](https://x.y)", &["<https://x.y>"]),
        (
            "[a](javascript:alert(1))",
            &["\\[a\\](javascript:alert(1))"],
        ),
        ("<a href=\"javascript:alert(1)\">a</a>", &["a"]),
        ("<a href=\"data:text/html,x\">a</a>", &["a"]),
        ("<a href=\"//x.y\">a</a>", &["a"]),
        ("<a>a</a>", &["a"]),
        ("<a href=\"/x\">a", &["a"]),
        ("[](/x) <a href=\"/x\"> </a> a", &["a"]),
        (
            "[a [b](/c) d](/e)",
            &["[a \\[b\\](/c) d](https://docs.stripe.com/e)"],
        ),
        ("![a](https://x.y/z.png)", &["\\![a](https://x.y/z.png)"]),
        ("[a](x\"onclick=`y`)", &["\\[a\\](x\"onclick=`y`)"]),
        ("[a](x<y>)", &["\\[a\\](x\\<y\\>)"]),
        ("http://", &["http\\://"]),
    ]);
}

#[test]
fn nothing_links_into_the_crate_or_makes_a_block_of_its_own() {
    check(&[
        ("[Client]", &["\\[Client\\]"]),
        (
            "[`Client`]: crate::Client",
            &["\\[`Client`\\]: crate::Client"],
        ),
        ("[^1] and [^1]: x", &["\\[^1\\] and \\[^1\\]: x"]),
        ("- [ ] task", &["- \\[ \\] task"]),
        (
            "a Vec<T> and <!-- b --> <script>c</script>",
            &["a Vec\\<T\\> and \\<!-- b --\\> \\<script\\>c\\</script\\>"],
        ),
        (
            "&lt;b&gt; &amp;lt; &#60;i&#62; &unknown; AT&T",
            &["\\<b\\> \\&lt; \\<i\\> \\&unknown; AT\\&T"],
        ),
        ("~~gone~~", &["\\~\\~gone\\~\\~"]),
        ("a\n===\nb", &["a", "", "b"]),
        ("# Title #x\ntext", &["**Title #x**", "", "text"]),
        ("Of 5\n> 4. # x", &["Of 5 \\> 4. # x"]),
        (
            "Wait. # x. - y. + z. 1. A. 2) B. = = = C.",
            &["Wait. # x. - y. + z. 1.", "A. 2) B. = = = C."],
        ),
        ("Yes. 1986. It", &["Yes.", "1986\\.", "It"]),
        ("> quoted\n> text", &["quoted text"]),
        ("1\\. a \\* b \\\\ c", &["1\\. a \\* b \\\\ c"]),
        ("`a", &["\\`a"]),
        ("``a` b\n\nc`", &["\\`\\`a\\` b", "", "c\\`"]),
        ("`a``b`", &["`a`b\\`"]),
        ("`` ` `` b ``` c`` ```", &["`` ` `` b ``` c`` ```"]),
        ("***a***", &["\\*\\*\\*a\\*\\*\\*"]),
        ("<em>a <strong>b</em> c</strong>", &["*a b* c"]),
        ("<em> a </em>b", &["*a* b"]),
    ]);
}

#[test]
fn preformatted_text_is_text_to_rustdoc() {
    check(&[
        (
            "a\n```\nlet x = 1;\n```\nb",
            &["a", "", "```text", "let x = 1;", "```", "", "b"],
        ),
        ("~~~rust\n```\n~~~", &["````text", "```", "````"]),
        ("```should_panic\npanic!()", &["```text", "panic!()", "```"]),
        (
            "a\n\n    let x;\n      y\n\nb",
            &["a", "", "```text", "let x;", "  y", "```", "", "b"],
        ),
        ("\tlet x;", &["```text", "let x;", "```"]),
        (
            "<pre><code>a &lt; b\n  c</code></pre>",
            &["```text", "a < b", "  c", "```"],
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\nc",
            &[
                "```text",
                "| a | b |",
                "|---|---|",
                "| 1 | 2 |",
                "```",
                "",
                "c",
            ],
        ),
        ("a\n    wrapped", &["a wrapped"]),
        ("- a\n\n    more\n- b\n  - c", &["- a more", "- b", "  - c"]),
        ("```\n```", &[]),
    ]);
}

#[test]
fn what_no_reader_sees_is_left_out() {
    let hidden = "a\u{202e}b\u{200b}c\u{61c}d\u{feff}e\u{0}f\u{1b}[0mg\u{9b}h\u{e0041}i";
    assert_eq!(markdown(hidden), ["abcdef\\[0mghi"]);
    assert_eq!(
        markdown("a\u{2028}b\u{2029}c\u{85}d\u{a0}e\u{3000}f\r\ng\rh"),
        ["a b c d e f g h"]
    );
    assert_eq!(markdown("a&#x202e;b&#8203;c&#0;d&#27;e"), ["a b c d e"]);
}

#[test]
fn a_sentence_ends_where_a_reader_says_so() {
    let table: [(&str, &[&str]); 10] = [
        ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
        (
            "Use e.g. JSON, i.e. Text, etc. And U.S. Dollar vs. Euro",
            &["Use e.g. JSON, i.e. Text, etc. And U.S. Dollar vs. Euro"],
        ),
        ("By J. Doe. Next", &["By J. Doe.", "Next"]),
        (
            "In v1.5 and stripe.com it is. `x` is code",
            &["In v1.5 and stripe.com it is.", "`x` is code"],
        ),
        (
            "(In brackets.) \"Quoted.\" [Link.](/x) **Bold.** End",
            &[
                "(In brackets.)",
                "\"Quoted.\"",
                "[Link.](https://docs.stripe.com/x)",
                "**Bold.**",
                "End",
            ],
        ),
        ("is lower. case goes on", &["is lower. case goes on"]),
        ("wait... What", &["wait...", "What"]),
        ("costs 5. 10 more", &["costs 5.", "10 more"]),
        ("see `a.` Then", &["see `a.` Then"]),
        ("[A. B. C](/x)", &["[A. B. C](https://docs.stripe.com/x)"]),
    ];
    check(&table);
}
