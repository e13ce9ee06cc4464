//! The policy's text, and its `mx:` patterns.

use crate::report::Verdict::{self, AtRisk, Blocking, Broken, Disabled, Enforced, Missing};
use crate::scenario::world::ENFORCE;

use super::given::{Scenario, given};

const MX: &str = "mx: mx1.mail-host.net\nmx: mx2.mail-host.net\n";

pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut scenarios = vec![
        given(
            "a greeting from a web server that answers to every name",
            |w| w.without_announce().policy("It works!\n"),
            Missing,
            &["record-missing"],
            &["record-missing-policy-served", "policy-line-invalid", "policy-version-missing"],
        ),
        given(
            "JSON from a web server that answers to every name",
            |w| w.without_announce().policy("{\"status\":\"ok\"}"),
            Missing,
            &["record-missing"],
            &["record-missing-policy-served", "policy-legacy-json"],
        ),
        given(
            "a policy with errors, and no record",
            |w| w.without_announce().policy("version: STSv1\nmodus: enforce\n"),
            Broken,
            &["record-missing-policy-served", "policy-mode-missing"],
            &["record-missing"],
        ),
        given(
            "the policy is well",
            |w| w,
            Enforced,
            &["policy-ok"],
            &[
                "policy-bom",
                "policy-utf16",
                "policy-cr-only",
                "policy-blank-line",
                "policy-leading-space",
                "policy-comment",
                "policy-line-invalid",
                "policy-key-case",
                "policy-key-typo",
                "policy-key-unknown",
                "policy-key-duplicate",
                "policy-version-missing",
                "policy-version-invalid",
                "policy-version-not-first",
                "policy-mode-missing",
                "policy-mode-invalid",
                "policy-max-age-missing",
                "policy-max-age-invalid",
                "policy-max-age-too-long",
                "policy-max-age-too-short",
                "policy-max-age-short",
                "policy-max-age-modest",
                "policy-mx-missing",
                "policy-legacy-json",
                "policy-record-pasted",
                "mx-pattern-trailing-dot",
                "mx-pattern-port",
                "mx-pattern-ip",
                "mx-pattern-list",
                "mx-pattern-priority",
                "mx-pattern-url-or-address",
                "mx-pattern-bad-wildcard",
                "mx-pattern-non-ascii",
                "mx-pattern-invalid-label",
                "mx-pattern-too-broad",
                "mx-pattern-own-wildcard",
                "mx-pattern-duplicate",
                "mx-pattern-unused",
                "mx-pattern-wildcard-depth",
            ],
        ),
    ];
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(ENFORCE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    scenarios.push(given(
        "UTF-16",
        |w| w.policy_bytes(&utf16),
        Broken,
        &["policy-utf16"],
        &["policy-ok", "policy-version-missing"],
    ));

    scenarios.push(given(
        "a name in another encoding",
        |w| w.policy_bytes(&[ENFORCE.as_bytes(), b"contact: J\xfcrgen\n"].concat()),
        Broken,
        &["policy-utf16"],
        &["policy-ok", "policy-line-invalid"],
    ));

    let broken = |name: &'static str, text: String, must: &'static [&'static str]| {
        given(name, |w| w.policy(&text), Broken, must, &["policy-ok"])
    };
    let with = |change: &dyn Fn(&str) -> String| change(ENFORCE);
    scenarios.extend([
        broken("a byte-order mark", format!("\u{feff}{ENFORCE}"), &["policy-bom"]),
        broken("bare CR", ENFORCE.replace('\n', "\r"), &["policy-cr-only"]),
        broken("a comment", format!("{ENFORCE}# by Sam\n"), &["policy-comment"]),
        broken("an indented line", with(&|p| p.replace("mode", "  mode")), &["policy-leading-space"]),
        broken("every line indented", ENFORCE.trim_end().replace('\n', "\n    "), &["policy-leading-space"]),
        broken("no colon", format!("{ENFORCE}hello\n"), &["policy-line-invalid"]),
        broken(
            "an equals sign",
            with(&|p| p.replace("mode: ", "mode=")),
            &["policy-line-invalid", "policy-mode-missing"],
        ),
        broken("Version", with(&|p| p.replace("version", "Version")), &["policy-key-case", "policy-version-missing"]),
        broken("max-age", with(&|p| p.replace("max_age", "max-age")), &["policy-key-typo", "policy-max-age-missing"]),
        broken("no version", with(&|p| p.replace("version: STSv1\n", "")), &["policy-version-missing"]),
        broken("version 2", with(&|p| p.replace("STSv1", "STSv2")), &["policy-version-invalid"]),
        broken("no mode", with(&|p| p.replace("mode: enforce\n", "")), &["policy-mode-missing"]),
        broken("mode Enforce", with(&|p| p.replace("enforce", "Enforce")), &["policy-mode-invalid"]),
        broken("no max_age", with(&|p| p.replace("max_age: 2592000\n", "")), &["policy-max-age-missing"]),
        broken("max_age 30d", with(&|p| p.replace("2592000", "30d")), &["policy-max-age-invalid"]),
        broken("max_age over a year", with(&|p| p.replace("2592000", "31557601")), &["policy-max-age-too-long"]),
        broken("no mx", "version: STSv1\nmode: enforce\nmax_age: 2592000\n".into(), &["policy-mx-missing"]),
        broken(
            "JSON of an old draft",
            r#"{"version": "STSv1", "mode": "enforce", "mx": ["a.net"]}"#.into(),
            &["policy-legacy-json"],
        ),
        broken("the record in the file", "v=STSv1; id=20261101T0800;\n".into(), &["policy-record-pasted"]),
        broken("a comment behind a value", with(&|p| p.replace("enforce", "enforce # at last")), &["policy-comment"]),
        broken("a pattern without its name", format!("{ENFORCE}mx:\n"), &["policy-line-invalid"]),
    ]);
    let of_lines = |name: &'static str, text: String| {
        let must_not = &[
            "policy-ok",
            "policy-version-missing",
            "policy-mode-missing",
            "policy-max-age-missing",
            "policy-mx-missing",
            "policy-leading-space",
        ];
        given(name, |w| w.policy(&text), Broken, &["policy-line-invalid"], must_not)
    };
    scenarios.extend([
        of_lines("one line, with semicolons", ENFORCE.trim_end().replace('\n', "; ")),
        of_lines("one line, with the line ends written out", ENFORCE.replace('\n', "\\n")),
        of_lines(
            "servers as a YAML list",
            "version: STSv1\nmode: enforce\nmx:\n  - mx1.mail-host.net\n  - mx2.mail-host.net\nmax_age: 604800\n"
                .into(),
        ),
    ]);
    let fine = |name: &'static str, text: String, must: &'static [&'static str]| {
        given(name, |w| w.policy(&text), Enforced, must, &["policy-version-missing", "policy-line-invalid"])
    };
    scenarios.extend([
        fine("CRLF", ENFORCE.replace('\n', "\r\n"), &["policy-ok"]),
        fine("no line end at the end", ENFORCE.trim_end().to_owned(), &["policy-ok"]),
        fine("a blank line", with(&|p| p.replace("mx: mx1", "\nmx: mx1")), &["policy-blank-line"]),
        fine("an unknown key", format!("{ENFORCE}contact: postmaster\n"), &["policy-key-unknown", "policy-ok"]),
        fine("mode twice", format!("{ENFORCE}mode: testing\n"), &["policy-key-duplicate"]),
        fine(
            "version last",
            with(&|p| p.replace("version: STSv1\n", "") + "version: STSv1\n"),
            &["policy-version-not-first"],
        ),
        fine("max_age of an hour", with(&|p| p.replace("2592000", "3600")), &["policy-max-age-too-short"]),
        fine("max_age of a day", with(&|p| p.replace("2592000", "86400")), &["policy-max-age-short"]),
        fine("max_age of a week", with(&|p| p.replace("2592000", "604800")), &["policy-max-age-modest"]),
        fine("an address among the patterns", format!("{ENFORCE}mx: 192.0.2.25\n"), &["mx-pattern-ip"]),
        broken("an IPv6 address among the patterns", format!("{ENFORCE}mx: 2001:db8::25\n"), &["mx-pattern-ip"]),
        fine("a pattern twice", format!("{ENFORCE}mx: mx1.mail-host.net\n"), &["mx-pattern-duplicate"]),
        fine("a pattern for nobody", format!("{ENFORCE}mx: old.gone-host.net\n"), &["mx-pattern-unused"]),
        fine(
            "a wildcard for every host of ours",
            format!("{ENFORCE}mx: *.shop.com.au\n"),
            &["mx-pattern-own-wildcard"],
        ),
        fine("a wildcard under a public suffix", format!("{ENFORCE}mx: *.com.au\n"), &["mx-pattern-too-broad"]),
    ]);
    let patterns: &[(&'static str, &'static str, &'static [&'static str])] = &[
        ("a trailing dot", "mx1.mail-host.net.", &["mx-pattern-trailing-dot"]),
        ("a port", "mx1.mail-host.net:25", &["mx-pattern-port"]),
        ("two hosts on a line", "mx1.mail-host.net, mx2.mail-host.net", &["mx-pattern-list"]),
        ("a preference", "10 mx1.mail-host.net", &["mx-pattern-priority"]),
        ("a mail address", "postmaster@mail-host.net", &["mx-pattern-url-or-address"]),
        ("a URL", "https://mx1.mail-host.net/", &["mx-pattern-url-or-address"]),
        ("half a wildcard", "mx*.mail-host.net", &["mx-pattern-bad-wildcard"]),
        ("a dot in front", ".mail-host.net", &["mx-pattern-bad-wildcard"]),
        ("a U-label", "mx.bücher.net", &["mx-pattern-non-ascii"]),
        ("an underscore", "mx_1.mail-host.net", &["mx-pattern-invalid-label"]),
    ];
    scenarios.extend(patterns.iter().map(|&(name, pattern, must)| {
        broken(name, format!("version: STSv1\nmode: enforce\nmx: {pattern}\n{MX}max_age: 2592000\n"), must)
    }));
    let depth = |name, mode: &str, verdict: Verdict, must, must_not| {
        let text = format!("version: STSv1\nmode: {mode}\nmx: *.google.com\nmax_age: 2592000\n");
        given(
            name,
            |w| w.without_mx().mx(1, "aspmx.l.google.com").address("aspmx.l.google.com", "192.0.2.9").policy(&text),
            verdict,
            must,
            must_not,
        )
    };
    scenarios.extend([
        depth(
            "a wildcard one label short",
            "enforce",
            Blocking,
            &["mx-pattern-wildcard-depth", "mx-none-match"],
            &["mx-all-match"],
        ),
        depth(
            "a wildcard one label short, switched off",
            "none",
            Disabled,
            &["policy-mode-none"],
            &["mx-pattern-wildcard-depth", "mx-none-match"],
        ),
        given(
            "one of two wildcards is short",
            |w| {
                w.mx(5, "a.deep.mail-host.net")
                    .address("a.deep.mail-host.net", "192.0.2.9")
                    .policy(&format!("{ENFORCE}mx: *.mail-host.net\n"))
            },
            AtRisk,
            &["mx-pattern-wildcard-depth", "mx-some-unmatched"],
            &["mx-none-match"],
        ),
    ]);
    scenarios
}
