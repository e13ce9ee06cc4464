//! Policies, before and after.

use mta_sts_core::lint;

use crate::RFC;
use crate::check;
use crate::policy;
use crate::to_ascii;

/// Changes of the RFC's example: what is replaced, by what, and what that becomes.
pub(crate) const CHANGES: &[(&str, &str, &str)] = &[
    // Lines.
    ("version", "\u{feff}version", "version"),
    ("mode", "\nmode", "mode"),
    ("mode", " \t\r\nmode", "mode"),
    ("604800\n", "604800\n\n\n", "604800\n"),
    ("mode", " \tmode", "mode"),
    ("mode", "\u{a0}mode", "mode"),
    ("mode", "# note\nmode", "mode"),
    ("mode", "// mode: none\nmode", "mode"),
    ("mode", "; mode: none\nmode", "mode"),
    ("mode", "nonsense\nmode", "mode"),
    ("mode", "contact: a@example.com \t\nmode", "contact: a@example.com \t\nmode"),
    ("version", "x: y\nversion", "x: y\nversion"),
    ("mode", "contact =  a@example.com\nmode", "contact: a@example.com\nmode"),
    ("mode", "contact:\nmode", "mode"),
    ("enforce\n", "enforce\r", "enforce\n"),
    ("enforce\n", "enforce \t\r\n", "enforce \t\r\n"),
    // Keys.
    ("version", "Version", "version"),
    ("mx: mail", "MX: mail", "mx: mail"),
    ("mx: mail", "nmx: mail", "mx: mail"),
    ("mx: mail", "mx1: mail", "mx: mail"),
    ("max_age", "max-age", "max_age"),
    ("max_age", "maxage", "max_age"),
    ("max_age", "Max Age", "max_age"),
    ("mode:", "mode :", "mode:"),
    ("mode:", "mode =", "mode:"),
    ("mode: ", "mode=", "mode: "),
    ("mode:", "mode", "mode:"),
    ("mode:", "\"mode\":", "mode:"),
    ("mode: enforce", "- mode: enforce", "mode: enforce"),
    // Of a key that is there twice the first counts, and one that senders see before one that they do not.
    ("enforce", "enforce\nmode: none", "enforce"),
    ("version: STSv1", "version: STSv1\nversion: STSv1", "version: STSv1"),
    ("max_age: 604800", "max_age: 604800\nmax_age: 86400", "max_age: 604800"),
    ("mode: enforce", "Mode: none\nmode: enforce", "mode: enforce"),
    ("mode: enforce", "mode: on\nmode: enforce", "mode: enforce"),
    // The version.
    ("version: STSv1", "version: stsv1", "version: STSv1"),
    ("version: STSv1", "version:STSv2", "version:STSv1"),
    ("version: STSv1", "v=STSv1x", "version: STSv1"),
    ("version: STSv1\n", "STSv1\n", "version: STSv1\n"),
    ("version: STSv1\n", "", "version: STSv1\n"),
    ("version: STSv1\n", "\u{feff}\n", "version: STSv1\n"),
    // The mode.
    ("enforce", "Enforce", "enforce"),
    ("enforce", "enforced", "enforce"),
    ("enforce", "\"enforce\"", "enforce"),
    ("enforce", "\u{201c}enforce\u{201d}", "enforce"),
    ("enforce", "en\u{7}force", "enforce"),
    ("enforce", "enforce;", "enforce"),
    ("enforce", "enforce # at last", "enforce"),
    ("enforce", "NONE", "none"),
    ("mode: enforce", "mode:\tTesting", "mode: testing"),
    ("mode: enforce", "mode:Testing", "mode:testing"),
    ("enforce", "report", "testing"),
    ("enforce", "", "testing"),
    ("mode: enforce\n", "", ""),
    // max_age.
    ("604800", "1d", "86400"),
    ("604800", "2 weeks", "1209600"),
    ("604800", "12h", "43200"),
    ("604800", "90 min", "5400"),
    ("604800", "1 year", "31557600"),
    ("604800", "604800s", "604800"),
    ("604800", "604800 (a week)", "604800"),
    ("604800", "604,800", "604800"),
    ("604800", "'604800'", "604800"),
    ("604800", "+604800", "604800"),
    ("604800", "00000604800", "604800"),
    ("604800", "31557601", "31557600"),
    ("604800", "99999999999999999999", "31557600"),
    ("604800", "999999999d", "31557600"),
    ("604800", "-1", "1209600"),
    ("604800", "1.5d", "1209600"),
    ("604800", "1 month", "1209600"),
    ("604800", "", "1209600"),
    // Patterns.
    ("mail.example.com", "mail.example.com.", "mail.example.com"),
    ("mail.example.com", "Mail.Example.com:25", "Mail.Example.com"),
    ("mail.example.com", "10 mail.example.com", "mail.example.com"),
    ("mail.example.com", "10 mail.example.com.", "mail.example.com"),
    ("mail.example.com", "a.example, *.b.example; c.example", "a.example\nmx: *.b.example\nmx: c.example"),
    ("mail.example.com", "a.example b.example", "a.example\nmx: b.example"),
    ("mail.example.com", "a.example (main)", "a.example"),
    ("mail.example.com", "[\"a.example\", \"b.example\"]", "a.example\nmx: b.example"),
    ("mail.example.com", "\"a.example\"", "a.example"),
    ("mail.example.com", "smtp://a.example:25/x?y", "a.example"),
    ("mail.example.com", "mailto:me@a.example", "a.example"),
    ("mail.example.com", "<me@a.example>", "a.example"),
    ("mail.example.com", "bücher.example", "xn--bcher-kva.example"),
    ("mail.example.com", "*.bücher.example.", "*.xn--bcher-kva.example"),
    ("mail.example.com", "mail\u{200b}.example.com", "mail.example.com"),
    ("mail.example.com", ".example.com", "*.example.com"),
    ("mail.example.com", "mail.example.com # ours", "mail.example.com"),
    ("mx: mail.example.com", "mx:mail.example.com\t#\tmail.example.net", "mx:mail.example.com"),
    // What senders can read stays, also where it is too broad: the finding says so.
    ("mx: mail.example.com", "mx: *.com", "mx: *.com"),
    ("mx: mail.example.com", " mx: *.com # all", "mx: *.com"),
    ("mode: enforce\nmx: mail.example.com", "Mode: enforce\nmx:*.com \t", "mode: enforce\nmx:*.com \t"),
    // What cannot be mended goes, since other lines remain.
    ("mx: mail.example.com\n", "mx: *\n", ""),
    ("mx: mail.example.com\n", "mx: mail*.example.com\n", ""),
    ("mx: mail.example.com\n", "mx: a.*.example.com\n", ""),
    ("mx: mail.example.com\n", "mx: 192.0.2.1\n", ""),
    ("mx: mail.example.com\n", "mx: [2001:db8::1]:25\n", ""),
    ("mx: mail.example.com\n", "mx: 192.0.2.1:25\n", ""),
    ("mx: mail.example.com\n", "mx: a_b.example.com\n", ""),
    ("mx: mail.example.com\n", "mx: -a.example.com\n", ""),
    ("mx: mail.example.com\n", "mx: b\u{fc}cher_.example\n", ""),
    ("mx: mail.example.com\n", "mx: *.com.\n", ""),
    ("mx: mail.example.com\n", "mx:\n", ""),
    ("mx: mail.example.com\n", "mx: # mail.example.com\n", ""),
    ("mx: mail.example.com\n", "mx: 2001:db8::1\n", ""),
];

#[test]
fn a_policy_changes_only_where_it_is_wrong() {
    let mut wrong = Vec::new();
    for &(right, broken, mended) in CHANGES {
        let (before, after) = (RFC.replacen(right, broken, 1), RFC.replacen(right, mended, 1));
        // Where the mode was taken away, one comes at the end.
        let after = if after.contains("mode") { after } else { after + "mode: testing\n" };
        check(policy, &before, (before != after).then_some(&*after), &mut wrong);
        // With the other line ends too, which stay.
        if !before.contains('\r') {
            let [before, after] = [before, after].map(|text| text.replace('\n', "\r\n"));
            check(policy, &before, (before != after).then_some(&*after), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_policy_is_corrected_as_a_whole() {
    let vectors: &[(&str, Option<&str>)] = &[
        // Nothing to mend: the RFC's own, other orders, other line ends, keys that the standard does not know.
        (RFC, None),
        ("mode: none\r\nfoo: bär \nmax_age: 1\nversion:STSv1", None),
        ("version: STSv1\nmode: testing\nmx: *.example.com\nmax_age:0000604800 \t\n", None),
        // Nothing to make a policy of.
        ("", None),
        (" \r\n", None),
        ("hello", None),
        ("<!DOCTYPE html>\n<pre>\nversion: STSv1\nmode: none\nmax_age: 1\n</pre>", None),
        ("User-agent: *\nDisallow: /\n", None),
        ("v=STSv1; id=20160831085700Z;", None),
        ("version: STSv1\nmode: enforce\nmax_age: 604800\n", None),
        ("version: STSv1\nmode: enforce\nmx: *\nmx: 192.0.2.1\nmax_age: 604800\n", None),
        ("version: STSv1\nmode: enforce\nmx: *.com\nmax_age: 604800\n", None),
        // Line ends that are lost, or written out.
        ("version: STSv1 mode: enforce mx: a.example max_age: 604800", Some(ONE)),
        ("version: STSv1; mode: enforce; mx: a.example; max_age: 604800;\n", Some(ONE_WITH_END)),
        ("version: STSv1\\nmode: enforce\\nmx: a.example\\nmax_age: 604800\\n", Some(ONE)),
        ("\"version: STSv1\\r\\nmode: enforce\\r\\nmx: a.example\\r\\nmax_age: 604800\"", Some(ONE)),
        ("version: STSv1<br>mode: enforce<br/>mx: a.example<br />max_age: 604800", Some(ONE)),
        ("version: STSv1mode: enforcemx: a.examplemax_age: 604800", Some(ONE)),
        ("version: STSv1 | mode: enforce, mx: a.example\nmax_age: 604800\n", Some(ONE_WITH_END)),
        (
            "version: STSv1\nmode: enforce\nmx: a.mx:25\nmax_age: 604800\n",
            Some("version: STSv1\nmode: enforce\nmx: a.mx\nmax_age: 604800\n"),
        ),
        // Lists of another form.
        ("version: STSv1\nmode: enforce\nmx:\n  - a.example\nmax_age: 604800\n", Some(ONE_WITH_END)),
        (
            "version: STSv1\nmode: enforce\nmx:\n- \"a.example\"\n- '*.b.example'\nmax_age: 604800\n",
            Some("version: STSv1\nmode: enforce\nmx: a.example\nmx: *.b.example\nmax_age: 604800\n"),
        ),
        // Every line indented but the first, as a configuration holds it.
        ("version: STSv1\n    mode: enforce\n    mx: a.example\n    max_age: 604800\n", Some(ONE_WITH_END)),
        // What is missing, where it is safe to say.
        ("mx: a.example", Some("version: STSv1\nmx: a.example\nmode: testing\nmax_age: 1209600\n")),
        ("mode: none\r\n", Some("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")),
        ("mode: none\nmx: *\nmax_age: x", Some("version: STSv1\nmode: none\nmax_age: 86400")),
        // Lists at the end, with the file's own line ends.
        (
            "version: STSv1\r\nmode: testing\r\nmax_age: 86400\r\nmx:a.example,b.example",
            Some("version: STSv1\r\nmode: testing\r\nmax_age: 86400\r\nmx:a.example\r\nmx:b.example"),
        ),
        // Everything at once.
        (
            "\u{feff}# ours\r\rVersion = stsv1\rMODE: \"Enforce\"\r MX: 10 Mail.example.com.\rmax-age: 1 d",
            Some("version: STSv1\nmode: enforce\nmx: Mail.example.com\nmax_age: 86400"),
        ),
        // What comes to say the same as another line is left out; a text that is right stays, repeats and all.
        (
            "version: STSv1\nmode: enforce\nmx: a.example.\nmx: A.example\nmx: b.example, a.example\nmax_age: 604800\nmx:a.example",
            Some("version: STSv1\nmode: enforce\nmx: A.example\nmx: b.example\nmax_age: 604800\n"),
        ),
        ("version: STSv1\nmode: enforce\nmx: a.example\nmx: a.example\nmax_age: 604800\n", None),
        // Of other forms, where they hold the values.
        (
            r#"{"version": "STSv1", "mode": "report", "policy_id": "x", "mx": [".mail.example.com", "a.example"], "max_age": 123456}"#,
            Some("version: STSv1\nmode: testing\nmx: *.mail.example.com\nmx: a.example\nmax_age: 123456\n"),
        ),
        (
            "{\r\n  \"version\": \"STSv1\",\r\n  \"mode\": \"enforce\",\r\n  \"mx\": [\r\n    \"a.example\",\r\n    \"b.example\"\r\n  ],\r\n  \"max_age\": \"604800\"\r\n}\r\n",
            Some("version: STSv1\nmode: enforce\nmx: a.example\nmx: b.example\nmax_age: 604800\n"),
        ),
        (r#"{"error": "not found"}"#, None),
        (
            "v=STSv1; id=1; mode=enforce; max_age=86400; mx=a.example",
            Some("version: STSv1\nmode: enforce\nmax_age: 86400\nmx: a.example"),
        ),
        ("v=STSv1; mode=enforce; max_age=86400; mx=*", None),
        (
            "v=STSv1\nmode: testing\nmx: a.example\nmax_age: 86400\n",
            Some("version: STSv1\nmode: testing\nmx: a.example\nmax_age: 86400\n"),
        ),
    ];
    let mut wrong = Vec::new();
    for &(before, after) in vectors {
        check(policy, before, after, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const ONE: &str = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800";
const ONE_WITH_END: &str = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n";

#[test]
fn what_is_not_utf_8_is_left_out() {
    let with = |line: &[u8]| [RFC.as_bytes(), line, b"\n"].concat();
    for line in [&b"note: \xff"[..], b"contact: J\xfcrgen", b"# J\xfcrgen", b"mx: b\xfccher.example"] {
        assert_eq!(lint::policy(&with(line), to_ascii).corrected.as_deref(), Some(RFC), "{line:?}");
    }
    // A character that stands for others is one like others where it is what the file says.
    assert_eq!(policy(&format!("{RFC}note: \u{fffd}\n")).corrected, None);
}

#[test]
fn a_policy_in_utf_16_becomes_utf_8() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = [0xfeff].into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let corrected = |text: &str| lint::policy(&utf16(text), to_ascii).corrected;
    assert_eq!(corrected(RFC).as_deref(), Some(RFC));
    assert_eq!(corrected(&RFC.replace("mode", "Mode")).as_deref(), Some(RFC));
    assert_eq!(corrected("<html>"), None);
    assert_eq!(corrected("{}"), None);
}

#[test]
fn a_name_that_the_host_cannot_map_is_not_kept() {
    let text = RFC.replace("mail.example.com", "bücher.example");
    let kept = RFC.replace("mx: mail.example.com\n", "");
    assert_eq!(lint::policy(text.as_bytes(), |_| None).corrected, Some(kept.clone()));
    assert_eq!(lint::policy(text.as_bytes(), |_| Some("a b".to_owned())).corrected, Some(kept));
}

#[test]
fn a_policy_longer_than_senders_read_is_not_given() {
    let many =
        |hosts| format!("{RFC}mx: {}\n", (0..hosts).map(|n| format!("a{n}.example,")).collect::<Vec<_>>().concat());
    let short = policy(&many(1000)).corrected.expect("it fits");
    assert_eq!(short.matches(".example\n").count(), 1000);
    assert_eq!(policy(&many(10_000)).corrected, None);
    assert_eq!(policy(&format!("{RFC}{}", "\n".repeat(200_000))).corrected.as_deref(), Some(RFC));
}
