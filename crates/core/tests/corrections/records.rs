//! Announce and TLS-RPT records, before and after.

use mta_sts_core::lint;

use crate::check;

#[test]
fn an_announce_record_keeps_its_id_and_extensions() {
    let vectors: &[(&str, Option<&str>)] = &[
        // Nothing to mend.
        ("v=STSv1; id=1;", None),
        ("v=STSv1;\tid=a \t; ", None),
        ("v=STSv1; a=b; id=1; x.y-z_0=!#$/<>~", None),
        // Nothing to keep.
        ("", None),
        ("v=STSv1", None),
        ("v=STSv1; id=;", None),
        ("v=STSv1; id=---", None),
        ("v=STSv1; idx=1;;", None),
        ("v=spf1 id=1 -all", None),
        ("v=DKIM1; id=1; p=x", None),
        ("google-site-verification=abc", None),
        ("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 86400", None),
        // The version.
        ("v=stsv1; id=1", Some("v=STSv1; id=1")),
        ("V=STSv1;id=1;", Some("v=STSv1;id=1;")),
        (" v = STSv1;  id=1 ;", Some("v=STSv1;  id=1 ;")),
        ("v=STSv1 ; id=1", Some("v=STSv1; id=1")),
        ("v=STSv2; id=1;", Some("v=STSv1; id=1;")),
        ("STSv1; id=1;", Some("v=STSv1; id=1;")),
        ("v:STSv1; id=1;", Some("v=STSv1; id=1;")),
        ("id=1; v=STSv1; a=b", Some("v=STSv1; id=1; a=b")),
        ("; v=STSv1; id=1;", Some("v=STSv1; id=1;")),
        ("v=STSv1 id=1", Some("v=STSv1; id=1")),
        ("v=STSv1, id=1", Some("v=STSv1; id=1")),
        ("v=STSv1id=1;", Some("v=STSv1; id=1;")),
        // The id.
        ("v=STSv1; ID=1;", Some("v=STSv1; id=1;")),
        ("v=STSv1; id = 1; a=b", Some("v=STSv1; id=1; a=b")),
        ("v=STSv1; id:1;", Some("v=STSv1; id=1;")),
        ("v=STSv1; id 1", Some("v=STSv1; id=1")),
        ("v=STSv1; id=2026-11-24T09:30", Some("v=STSv1; id=20261124T0930")),
        ("v=STSv1; id=café", Some("v=STSv1; id=caf")),
        ("v=STSv1; id=123456789012345678901234567890123", Some("v=STSv1; id=12345678901234567890123456789012")),
        ("v=STSv1; id=1; id=2; a=b", Some("v=STSv1; id=1; a=b")),
        ("v=STSv1; id=-; id=2;", Some("v=STSv1; id=2;")),
        ("v=STSv1; ID=3; id=2-;", Some("v=STSv1; ID=3; id=2;")),
        // The form of the whole.
        ("v=STSv1;; id=1;;", Some("v=STSv1; id=1;")),
        ("v=STSv1; id=1 ;junk", Some("v=STSv1; id=1")),
        ("v=STSv1; id=1; a=b=c; _d=e; f=g h; i=; j=k;", Some("v=STSv1; id=1; j=k;")),
        ("v=STSv1; id=1 ", Some("v=STSv1; id=1")),
        ("v=STSv1;\r\nid=1;\n", Some("v=STSv1; id=1;")),
        ("\"v=STSv1; id=1;\"", Some("v=STSv1; id=1;")),
        ("v=STSv1\\; id=1\\;", Some("v=STSv1; id=1;")),
        ("v=STSv1; id=\"1\"; a=\"b\"", Some("v=STSv1; id=1; a=b")),
        ("“v=STSv1;\u{a0}id=1;”", Some("v=STSv1; id=1;")),
        ("\u{feff}v=STSv1; id=1;", Some("v=STSv1; id=1;")),
        // Of two records the first.
        ("v=STSv1; id=20240101v=TLSRPTv1; rua=mailto:a@b.example", Some("v=STSv1; id=20240101")),
        ("\"v=STSv1; id=1\" \"v=TLSRPTv1; rua=mailto:a@b.example\"", Some("v=STSv1; id=1")),
        ("v=STSv1; id=1; v=spf1 -all", Some("v=STSv1; id=1;")),
        // What may stand in the middle, and not at the end or before a semicolon.
        ("v=STSv1; id=1; a=b';;", Some("v=STSv1; id=1; a=b';")),
        ("v=STSv1; id=1; a=b'; junk", Some("v=STSv1; id=1; a=b';")),
        ("v=STSv1; id=1; a=b\\\u{a0}; c=d", Some("v=STSv1; id=1; a=b\\ ; c=d")),
    ];
    let mut wrong = Vec::new();
    for &(before, after) in vectors {
        check(lint::record, before, after, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_tls_rpt_record_keeps_its_destinations() {
    let vectors: &[(&str, Option<&str>)] = &[
        // Nothing to mend.
        ("v=TLSRPTv1;rua=mailto:a@b.com", None),
        ("v=TLSRPTv1; x=y; rua=mailto:a@b.com , \thttps://c.net;", None),
        // Nothing to keep.
        ("", None),
        ("v=TLSRPTv1", None),
        ("v=TLSRPTv1; rua=", None),
        ("v=TLSRPTv1; rua=mailto:a", None),
        ("v=TLSRPTv1; rua=https:///x", None),
        ("v=TLSRPTv1; rua=ftp://a.com/x", None),
        ("v=DMARC1; p=none; rua=mailto:a@b.com", None),
        // The version.
        ("v=TLSRPTv1 ;rua=mailto:a@b.com , mailto:c@d.net", Some("v=TLSRPTv1;rua=mailto:a@b.com , mailto:c@d.net")),
        ("v=tlsrptv1; rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPT1; rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLS-RPTv1;rua=mailto:a@b.com;", Some("v=TLSRPTv1;rua=mailto:a@b.com;")),
        ("v =TLSRPTv1; rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("TLSRPTv1 rua=mailto:a@b.com", None),
        ("TLSRPTv1; rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1 rua=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        // The destinations.
        ("v=TLSRPTv1; RUA=mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua = mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua:mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; mailto:a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=<a@b.com>", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto:<a@b.com>", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto: a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto://a@b.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=http://b.com/x", Some("v=TLSRPTv1; rua=https://b.com/x")),
        ("v=TLSRPTv1; rua=mailto:büro@b.com", Some("v=TLSRPTv1; rua=mailto:b%C3%BCro@b.com")),
        ("v=TLSRPTv1; rua=mailto:a@b.com!10m,c@d.com", Some("v=TLSRPTv1; rua=mailto:a@b.com,mailto:c@d.com")),
        ("v=TLSRPTv1; rua=a@b.com!50", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto:a!b@c.com", Some("v=TLSRPTv1; rua=mailto:a%21b@c.com")),
        ("v=TLSRPTv1; rua=https://b.com/x!y z", None),
        ("v=TLSRPTv1; rua=https://b.com/x;y;z; a=b", Some("v=TLSRPTv1; rua=https://b.com/x%3By%3Bz; a=b")),
        ("v=TLSRPTv1; rua=https://b.com/x; y", Some("v=TLSRPTv1; rua=https://b.com/x")),
        ("v=TLSRPTv1; rua=https://b.com/x;mailto:a@b.com", Some("v=TLSRPTv1; rua=https://b.com/x,mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto:a@b.com mailto:c@d.com", Some("v=TLSRPTv1; rua=mailto:a@b.com,mailto:c@d.com")),
        ("v=TLSRPTv1; rua=https://b.com/ c@d.com", Some("v=TLSRPTv1; rua=https://b.com/,mailto:c@d.com")),
        ("v=TLSRPTv1; rua=mailto:a@b.com; mailto:c@d.com", Some("v=TLSRPTv1; rua=mailto:a@b.com,mailto:c@d.com")),
        (
            "v=TLSRPTv1; rua=mailto:a@b.com; x=y; rua=mailto:c@d.com,mailto:a@b.com;",
            Some("v=TLSRPTv1; rua=mailto:a@b.com,mailto:c@d.com; x=y;"),
        ),
        ("v=TLSRPTv1; rua=mailto:a,mailto:c@d.com", None),
        ("v=TLSRPTv1; rua=https://b.com/x!y", Some("v=TLSRPTv1; rua=https://b.com/x%21y")),
        ("v=TLSRPTv1; rua=mailto:c@d.com,,", Some("v=TLSRPTv1; rua=mailto:c@d.com")),
        ("v=TLSRPTv1; rua=mailto:a@b.com.", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=a@b.com.?subject=x", Some("v=TLSRPTv1; rua=mailto:a@b.com?subject=x")),
        ("v=TLSRPTv1; rua=https://b.com/t;tenant=42", Some("v=TLSRPTv1; rua=https://b.com/t%3Btenant=42")),
        ("v=TLSRPTv1; rua=https://b.com/a?x=1,2,3", Some("v=TLSRPTv1; rua=https://b.com/a?x=1%2C2%2C3")),
        (
            "v=TLSRPTv1; rua=https://b.com/a?x=1,2,mailto:c@d.com",
            Some("v=TLSRPTv1; rua=https://b.com/a?x=1%2C2,mailto:c@d.com"),
        ),
        ("v=TLSRPTv1; rua=https://com", None),
        ("v=TLSRPTv1; rua=mailto:a@b.com; v=STSv1; id=1", Some("v=TLSRPTv1; rua=mailto:a@b.com;")),
        // The form of the whole.
        ("v=TLSRPTv1; rua=mailto:a@b.com; p=none; ruf=mailto:x@y.com", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1;; rua=mailto:a@b.com; junk; x=y=z", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("\"v=TLSRPTv1; rua=mailto:a@b.com\"", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1\\; rua=“mailto:a@b.com”\n", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
        ("v=TLSRPTv1; rua=mailto:a@b.com ", Some("v=TLSRPTv1; rua=mailto:a@b.com")),
    ];
    let mut wrong = Vec::new();
    for &(before, after) in vectors {
        check(lint::tls_rpt, before, after, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Long texts of one kind of slip: the time must not grow with their square.
#[test]
fn long_texts_are_corrected_all_the_same() {
    let n = 20_000;
    let record = format!("v=stsv1; id=1; {}", "a=b;".repeat(n));
    assert!(lint::record(&record).corrected.is_some_and(|text| text.len() == record.len()));
    for slip in ["mailto:a@b.com,", "https://b.com/x;", "x;", ";", " a@b.com", "!"] {
        let text = format!("v=tlsrptv1; rua=https://b.com/{}", slip.repeat(n));
        let corrected = lint::tls_rpt(&text).corrected;
        assert!(corrected.is_none_or(|text| text.len() < 8 * n), "{slip}");
    }
}
