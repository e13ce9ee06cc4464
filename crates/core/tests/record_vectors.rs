//! Announce and TLS-RPT records: what each text is worth, and where its faults stand.

use announce::AnnounceFault as R;
use announce::FormFault as S;
use mta_sts_core::evaluate;
use mta_sts_core::lint;
use mta_sts_core::mend::remedy::{Mended, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::published::announce;
use mta_sts_core::published::tag_list::Candidate;
use mta_sts_core::published::tls_rpt;
use mta_sts_core::report::Severity::{Error, Info, Warning};
use mta_sts_core::report::{Finding, Outcome, Severity};
use mta_sts_core::scenario::{CHECKED_AT, World};
use mta_sts_core::text::span::Issue;
use proptest::prelude::*;
use tls_rpt::TlsRptFault as T;

/// Text, the id that is read, and each fault with the text that it marks. A record is valid when all its faults are
/// harmless.
type RecordVector = (&'static str, Option<&'static str>, &'static [(R, &'static str)]);

const RECORDS: &[RecordVector] = &[
    // Of RFC 8461 §3.1, and live ones.
    ("v=STSv1; id=20160831085700Z;", Some("20160831085700Z"), &[]),
    ("v=STSv1; id=20210803T010101;", Some("20210803T010101"), &[]),
    ("v=STSv1; id=190906205100Z;", Some("190906205100Z"), &[]),
    ("v=STSv1; id=20230615T153000", Some("20230615T153000"), &[]),
    ("v=STSv1; id=20161109010200Z;", Some("20161109010200Z"), &[]),
    // What the grammar leaves free.
    ("v=STSv1;id=1", Some("1"), &[]),
    ("v=STSv1;\tid=a \t; ", Some("a"), &[]),
    ("v=STSv1; id=12345678901234567890123456789012", Some("12345678901234567890123456789012"), &[]),
    ("v=STSv1; a=b; id=1; x.y-z_0=!#$/<>~;", Some("1"), &[]),
    ("v=STSv1; a2345678901234567890123456789012=1; id=1", Some("1"), &[]),
    ("v=STSv1; id=1; v=STSv1", Some("1"), &[]),
    ("v=STSv1; id=1; ID=2", Some("1"), &[]),
    ("v=STSv1; id=1; quote='no'; path=C:\\x", Some("1"), &[]),
    // The version.
    ("v=STSv1 ; id=1", Some("1"), &[(R::Form(S::SpaceBeforeSemicolon), " ")]),
    ("v=STSv1\t ;id=1;", Some("1"), &[(R::Form(S::SpaceBeforeSemicolon), "\t ")]),
    ("v=stsv1; id=1;", Some("1"), &[(R::Form(S::VersionCase), "v=stsv1")]),
    ("V=STSv1; id=1;", Some("1"), &[(R::Form(S::VersionCase), "V=STSv1")]),
    ("v=STSV1 ; id=1;", Some("1"), &[(R::Form(S::VersionCase), "v=STSV1")]),
    (" v=STSv1; id=1;", Some("1"), &[(R::Form(S::VersionSpacing), " ")]),
    ("v = STSv1; id=1;", Some("1"), &[(R::Form(S::VersionSpacing), " = ")]),
    ("v= STSv1; id=1;", Some("1"), &[(R::Form(S::VersionSpacing), "= ")]),
    ("v=STSv2; id=1;", Some("1"), &[(R::Form(S::VersionUnsupported), "STSv2")]),
    ("v=STSv10; id=1;", Some("1"), &[(R::Form(S::VersionUnsupported), "STSv10")]),
    ("v=STSv1.0; id=1;", Some("1"), &[(R::Form(S::VersionUnsupported), "STSv1.0")]),
    ("v=STS; id=1;", Some("1"), &[(R::Form(S::VersionUnsupported), "STS")]),
    ("v=; id=1;", Some("1"), &[(R::Form(S::VersionUnsupported), "")]),
    ("STSv1; id=1;", Some("1"), &[(R::Form(S::VersionMissing), "STSv1")]),
    ("v:STSv1; id=1;", Some("1"), &[(R::Form(S::VersionMissing), "v:STSv1")]),
    ("id=1; v=STSv1;", Some("1"), &[(R::Form(S::VersionMissing), "id=1")]),
    ("; v=STSv1; id=1;", Some("1"), &[(R::Form(S::VersionMissing), "")]),
    ("v=STSv1 id=1", Some("1"), &[(R::Form(S::MissingSemicolon), " ")]),
    ("v=STSv1, id=1", Some("1"), &[(R::Form(S::MissingSemicolon), ", ")]),
    ("v=STSv1: id=1", Some("1"), &[(R::Form(S::VersionUnsupported), "STSv1:"), (R::Form(S::MissingSemicolon), " ")]),
    ("v=STSv1id=1;", Some("1"), &[(R::Form(S::MissingSemicolon), "")]),
    ("v=STSv1,; id=1", Some("1"), &[(R::Form(S::MissingSemicolon), ",")]),
    // The id.
    ("v=STSv1", None, &[(R::IdMissing, "")]),
    ("v=STSv1;", None, &[(R::IdMissing, "")]),
    ("v=STSv1; id=", None, &[(R::IdMissing, "")]),
    ("v=STSv1; id=; a=b;", None, &[(R::IdMissing, "")]),
    ("v=STSv1; idx=1;", None, &[(R::IdMissing, "")]),
    ("v=STSv1; ID=1;", None, &[(R::IdCase, "ID")]),
    ("v=STSv1; id=2026-11-24;", None, &[(R::IdInvalid, "2026-11-24")]),
    ("v=STSv1; id=a_b;", None, &[(R::IdInvalid, "a_b")]),
    ("v=STSv1; id=09:30;", None, &[(R::IdInvalid, "09:30")]),
    ("v=STSv1; id=1 2;", None, &[(R::IdInvalid, "1 2")]),
    ("v=STSv1; id=1=2;", None, &[(R::IdInvalid, "1=2")]),
    ("v=STSv1; id=123456789012345678901234567890123", None, &[(R::IdTooLong, "123456789012345678901234567890123")]),
    (
        "v=STSv1; id=1234567890-1234567890-1234567890-",
        None,
        &[(R::IdInvalid, "1234567890-1234567890-1234567890-"), (R::IdTooLong, "1234567890-1234567890-1234567890-")],
    ),
    ("v=STSv1; id = 1;", Some("1"), &[(R::IdSpacing, " = ")]),
    ("v=STSv1; id =1;", Some("1"), &[(R::IdSpacing, " =")]),
    ("v=STSv1; id=1; id=2;", Some("1"), &[(R::IdDuplicate, "id=2")]),
    ("v=STSv1; id=1; id=2-;", Some("1"), &[(R::IdDuplicate, "id=2-")]),
    ("v=STSv1; id=1-; id=2;", None, &[(R::IdInvalid, "1-"), (R::IdDuplicate, "id=2")]),
    ("v=STSv1; id=1; id=;", Some("1"), &[(R::Form(S::ValueInvalid), "")]),
    ("v=STSv1; id;", None, &[(R::Form(S::NoEquals), "id")]),
    ("v=STSv1; id:1;", None, &[(R::Form(S::NoEquals), "id:1")]),
    // The form of the whole.
    ("v=STSv1;; id=1;", Some("1"), &[(R::Form(S::EmptyField), ";;")]),
    ("v=STSv1; id=1; ;", Some("1"), &[(R::Form(S::EmptyField), "; ;")]),
    ("v=STSv1; id=1; junk", Some("1"), &[(R::Form(S::NoEquals), "junk")]),
    ("v=STSv1; id=1; a=b=c;", Some("1"), &[(R::Form(S::ValueInvalid), "b=c")]),
    ("v=STSv1; id=1; a=b c;", Some("1"), &[(R::Form(S::ValueInvalid), "b c")]),
    ("v=STSv1; id=1; a=;", Some("1"), &[(R::Form(S::ValueInvalid), "")]),
    ("v=STSv1; id=1; _a=b;", Some("1"), &[(R::Form(S::NameInvalid), "_a")]),
    ("v=STSv1; id=1; =b;", Some("1"), &[(R::Form(S::NameInvalid), "")]),
    (
        "v=STSv1; id=1; a23456789012345678901234567890123=1;",
        Some("1"),
        &[(R::Form(S::NameInvalid), "a23456789012345678901234567890123")],
    ),
    ("v=STSv1; id=1; a = b;", Some("1"), &[(R::Form(S::Spacing), " = ")]),
    ("v=STSv1; id=1 ", Some("1"), &[(R::Form(S::TrailingSpace), " ")]),
    ("v=STSv1; id=1;\n", Some("1"), &[(R::Form(S::Control), "\n")]),
    ("v=STSv1;\r\nid=1;", Some("1"), &[(R::Form(S::Control), "\r\n")]),
    // Marks of pasting.
    ("\"v=STSv1; id=1;\"", Some("1"), &[(R::Form(S::Quote), "\""), (R::Form(S::Quote), "\"")]),
    ("'v=STSv1; id=1;'", Some("1"), &[(R::Form(S::Quote), "'"), (R::Form(S::Quote), "'")]),
    ("v=STSv1\\; id=1\\;", Some("1"), &[(R::Form(S::Quote), "\\"), (R::Form(S::Quote), "\\")]),
    ("v=STSv1; id=\"1\";", Some("1"), &[(R::Form(S::Quote), "\""), (R::Form(S::Quote), "\"")]),
    (
        "v=STSv1; id=\u{201c}1\u{201d};",
        Some("1"),
        &[(R::Form(S::NonAscii), "\u{201c}"), (R::Form(S::NonAscii), "\u{201d}")],
    ),
    ("v=STSv1;\u{a0}id=1;", Some("1"), &[(R::Form(S::NonAscii), "\u{a0}")]),
    ("\u{feff}v=STSv1; id=1;", Some("1"), &[(R::Form(S::NonAscii), "\u{feff}")]),
    ("v=STSv1; id=caf\u{e9};", None, &[(R::Form(S::NonAscii), "\u{e9}")]),
    ("v=STSv1; id=1\u{fffd};", None, &[(R::Form(S::NonAscii), "\u{fffd}")]),
    // Two records in one text, as one TXT record of several strings or one long paste.
    (
        "v=STSv1; id=20240101v=TLSRPTv1; rua=mailto:a@b.com",
        Some("20240101"),
        &[(R::Form(S::Joined), "v=TLSRPTv1; rua=mailto:a@b.com")],
    ),
    ("v=STSv1; id=1 v=STSv1; id=2", Some("1"), &[(R::Form(S::Joined), " v=STSv1; id=2")]),
    ("v=STSv1; id=1V=spf1 -all", Some("1"), &[(R::Form(S::Joined), "V=spf1 -all")]),
    ("v=STSv1; id=1; v=TLSRPTv1; rua=a", Some("1"), &[(R::Form(S::JoinedApart), " v=TLSRPTv1; rua=a")]),
    // Examples of which the id was not filled in.
    ("v=STSv1; id=<YYYYMMDD>", None, &[(R::IdInvalid, "<YYYYMMDD>")]),
    ("v=STSv1; id={{ timestamp }};", None, &[(R::IdInvalid, "{{ timestamp }}")]),
    ("v=STSv1; id=YYYYMMDDHHMMSS;", Some("YYYYMMDDHHMMSS"), &[(R::IdPlaceholder, "YYYYMMDDHHMMSS")]),
    // The policy file's text.
    (
        "version: STSv1 mode: enforce mx: a.com max_age: 86400",
        None,
        &[(R::PolicyText, "version: STSv1 mode: enforce mx: a.com max_age: 86400")],
    ),
    // Of the kinds that other readers of such records are tried with.
    ("v=STSv1; \t id=20160831085700Z  \t;", Some("20160831085700Z"), &[]),
    ("v=STSv1; id=a; 1%=a", Some("a"), &[(R::Form(S::NameInvalid), "1%")]),
    ("v=STSv1; id=a; test==", Some("a"), &[(R::Form(S::ValueInvalid), "=")]),
    ("v=STSv1; id=a;;", Some("a"), &[(R::Form(S::EmptyField), ";;")]),
    ("v=STSv1; badtag; id=test", Some("test"), &[(R::Form(S::NoEquals), "badtag")]),
    ("v=STSv1; x-custom=hello; id=test", Some("test"), &[]),
    // Something else.
    ("", None, &[(R::Form(S::VersionMissing), ""), (R::IdMissing, "")]),
    (
        "v=spf1 -all",
        None,
        &[
            (R::Form(S::VersionUnsupported), "spf1"),
            (R::Form(S::MissingSemicolon), " -"),
            (R::Form(S::NoEquals), "all"),
            (R::IdMissing, ""),
        ],
    ),
];

/// Text, the destinations that are read, and each fault with the text that it marks.
type TlsRptVector = (&'static str, &'static [&'static str], &'static [(T, &'static str)]);

const TLS_RPTS: &[TlsRptVector] = &[
    // Of RFC 8460 §3.1.
    ("v=TLSRPTv1;rua=mailto:reports@example.com", &["mailto:reports@example.com"], &[]),
    ("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", &["https://reporting.example.com/v1/tlsrpt"], &[]),
    // What the grammars leave free.
    ("v=TLSRPTv1; rua=mailto:a@b.com,https://c.net;", &["mailto:a@b.com", "https://c.net"], &[]),
    ("v=TLSRPTv1; rua=mailto:a@b.com , \tmailto:c@d.net", &["mailto:a@b.com", "mailto:c@d.net"], &[]),
    ("v=TLSRPTv1;rua=MAILTO:a+b=c@d.com?subject=x", &["MAILTO:a+b=c@d.com?subject=x"], &[]),
    ("v=TLSRPTv1;rua=mailto:a%21b@c.com", &["mailto:a%21b@c.com"], &[]),
    // A local part in quotation marks (RFC 6068 §2), as RFC 6068 §6.1's "not@me"@example.org.
    ("v=TLSRPTv1; rua=mailto:%22tls%20reports%22@example.com", &["mailto:%22tls%20reports%22@example.com"], &[]),
    ("v=TLSRPTv1; rua=mailto:%22not%40me%22@example.org", &["mailto:%22not%40me%22@example.org"], &[]),
    (
        "v=TLSRPTv1; rua=mailto:%22oh%5C%22no..%2C%22@b.com?subject=x",
        &["mailto:%22oh%5C%22no..%2C%22@b.com?subject=x"],
        &[],
    ),
    ("v=TLSRPTv1; rua=mailto:%22%22@b.com", &["mailto:%22%22@b.com"], &[]),
    ("v=TLSRPTv1; rua=mailto:%22a@b.com", &[], &[(T::RuaBadAddress, "mailto:%22a@b.com")]),
    ("v=TLSRPTv1; rua=mailto:%22@b.com", &[], &[(T::RuaBadAddress, "mailto:%22@b.com")]),
    ("v=TLSRPTv1; rua=mailto:%22a%22b%22@b.com", &[], &[(T::RuaBadAddress, "mailto:%22a%22b%22@b.com")]),
    ("v=TLSRPTv1; rua=mailto:%22a%5C%22@b.com", &[], &[(T::RuaBadAddress, "mailto:%22a%5C%22@b.com")]),
    ("v=TLSRPTv1; rua=mailto:%22a%0Ab%22@b.com", &[], &[(T::RuaBadAddress, "mailto:%22a%0Ab%22@b.com")]),
    ("v=TLSRPTv1; rua=mailto:a.%22b%22@b.com", &[], &[(T::RuaBadAddress, "mailto:a.%22b%22@b.com")]),
    ("v=TLSRPTv1; rua=mailto:%22b%22@", &[], &[(T::RuaBadAddress, "mailto:%22b%22@")]),
    ("v=TLSRPTv1;rua=https://c.com:8443/a?b=c%3Bd#e", &["https://c.com:8443/a?b=c%3Bd#e"], &[]),
    ("v=TLSRPTv1;rua=https://[2001:db8::1]/in", &["https://[2001:db8::1]/in"], &[]),
    ("v=TLSRPTv1;x=y;rua=https://c.com", &["https://c.com"], &[]),
    ("v=TLSRPTv1 ;rua=https://c.com", &["https://c.com"], &[(T::Form(S::SpaceBeforeSemicolon), " ")]),
    // The version.
    ("v=TLSRPT1; rua=https://c.com", &["https://c.com"], &[(T::Form(S::VersionUnsupported), "TLSRPT1")]),
    ("v=tlsrptv1; rua=https://c.com", &["https://c.com"], &[(T::Form(S::VersionCase), "v=tlsrptv1")]),
    ("v =TLSRPTv1; rua=https://c.com", &["https://c.com"], &[(T::Form(S::VersionSpacing), " =")]),
    ("TLSRPTv1; rua=https://c.com", &["https://c.com"], &[(T::Form(S::VersionMissing), "TLSRPTv1")]),
    ("rua=https://c.com", &["https://c.com"], &[(T::Form(S::VersionMissing), "rua=https://c.com")]),
    ("v=TLSRPTv1 rua=https://c.com", &["https://c.com"], &[(T::Form(S::MissingSemicolon), " ")]),
    // The destinations.
    ("v=TLSRPTv1", &[], &[(T::RuaMissing, "")]),
    ("v=TLSRPTv1;", &[], &[(T::RuaMissing, "")]),
    ("v=TLSRPTv1; rua=;", &[], &[(T::RuaMissing, "")]),
    ("v=TLSRPTv1; RUA=mailto:a@b.com;", &[], &[(T::RuaCase, "RUA")]),
    ("v=TLSRPTv1; rua;", &[], &[(T::Form(S::NoEquals), "rua")]),
    ("v=TLSRPTv1; rua=a@b.com", &[], &[(T::RuaScheme, "a@b.com")]),
    ("v=TLSRPTv1; rua=http://b.com/x", &[], &[(T::RuaScheme, "http://b.com/x")]),
    ("v=TLSRPTv1; rua=mailto:a@b.com,c@d.com", &["mailto:a@b.com"], &[(T::RuaScheme, "c@d.com")]),
    ("v=TLSRPTv1; rua=mailto:a", &[], &[(T::RuaBadAddress, "mailto:a")]),
    ("v=TLSRPTv1; rua=mailto:@b.com", &[], &[(T::RuaBadAddress, "mailto:@b.com")]),
    ("v=TLSRPTv1; rua=mailto:a@localhost", &[], &[(T::RuaBadAddress, "mailto:a@localhost")]),
    ("v=TLSRPTv1; rua=mailto:a@b..com", &[], &[(T::RuaBadAddress, "mailto:a@b..com")]),
    ("v=TLSRPTv1; rua=mailto: a@b.com", &[], &[(T::RuaBadAddress, "mailto: a@b.com")]),
    ("v=TLSRPTv1; rua=mailto://a@b.com", &[], &[(T::RuaBadAddress, "mailto://a@b.com")]),
    ("v=TLSRPTv1; rua=mailto:<a@b.com>", &[], &[(T::RuaBadAddress, "mailto:<a@b.com>")]),
    ("v=TLSRPTv1; rua=mailto:a%zz@b.com", &[], &[(T::RuaBadAddress, "mailto:a%zz@b.com")]),
    ("v=TLSRPTv1; rua=https:///x", &[], &[(T::RuaBadAddress, "https:///x")]),
    ("v=TLSRPTv1; rua=https:b.com", &[], &[(T::RuaBadAddress, "https:b.com")]),
    ("v=TLSRPTv1; rua=https://b.com:99999", &[], &[(T::RuaBadAddress, "https://b.com:99999")]),
    ("v=TLSRPTv1; rua=https://b.com/a b", &[], &[(T::RuaBadAddress, "https://b.com/a b")]),
    ("v=TLSRPTv1; rua=mailto:a@b.com!10m", &[], &[(T::RuaUnencoded, "!10m")]),
    ("v=TLSRPTv1; rua=a@b.com!10m", &[], &[(T::RuaScheme, "a@b.com!10m"), (T::RuaUnencoded, "!10m")]),
    ("v=TLSRPTv1; rua=https://b.com/x!y", &[], &[(T::RuaUnencoded, "!y")]),
    ("v=TLSRPTv1; rua=https://b.com/x;y", &["https://b.com/x"], &[(T::RuaUnencoded, ";y")]),
    ("v=TLSRPTv1; rua=https://b.com/x; y", &["https://b.com/x"], &[(T::Form(S::NoEquals), "y")]),
    ("v=TLSRPTv1; rua=https://b.com; rua=https://c.com", &["https://b.com"], &[(T::RuaDuplicate, "rua=https://c.com")]),
    (
        "v=TLSRPTv1; rua=mailto:a@b.com; p=none; ruf=x",
        &["mailto:a@b.com"],
        &[(T::Dmarc, "p=none"), (T::Dmarc, "ruf=x")],
    ),
    // Where no report can go.
    ("v=TLSRPTv1; rua=mailto:tls@b.com.", &[], &[(T::RuaBadAddress, "mailto:tls@b.com.")]),
    ("v=TLSRPTv1; rua=mailto:tls@b.com.?subject=x", &[], &[(T::RuaBadAddress, "mailto:tls@b.com.?subject=x")]),
    ("v=TLSRPTv1; rua=mailto:tls@1.2.3.4", &[], &[(T::RuaBadAddress, "mailto:tls@1.2.3.4")]),
    ("v=TLSRPTv1; rua=https://com", &[], &[(T::RuaBadAddress, "https://com")]),
    ("v=TLSRPTv1; rua=https://com./x", &[], &[(T::RuaBadAddress, "https://com./x")]),
    ("v=TLSRPTv1; rua=https://b.123/x", &[], &[(T::RuaBadAddress, "https://b.123/x")]),
    ("v=TLSRPTv1; rua=https://reports.internal/x", &[], &[(T::RuaBadAddress, "https://reports.internal/x")]),
    ("v=TLSRPTv1; rua=mailto:tls@mail.shop.local", &[], &[(T::RuaBadAddress, "mailto:tls@mail.shop.local")]),
    ("v=TLSRPTv1; rua=https://192.0.2.1/x", &["https://192.0.2.1/x"], &[]),
    ("v=TLSRPTv1; rua=https://b.com./x", &["https://b.com./x"], &[]),
    ("v=TLSRPTv1; rua=https://[bad", &[], &[(T::RuaBadAddress, "https://[bad")]),
    ("v=TLSRPTv1; rua=noscheme", &[], &[(T::RuaScheme, "noscheme")]),
    // A web address that a sign ends.
    ("v=TLSRPTv1; rua=https://b.com/t;tenant=42", &["https://b.com/t"], &[(T::RuaCut, ";tenant=42")]),
    ("v=TLSRPTv1; rua=https://b.com/t; tenant=42", &["https://b.com/t"], &[]),
    ("v=TLSRPTv1; rua=mailto:a@b.com;tenant=42", &["mailto:a@b.com"], &[]),
    ("v=TLSRPTv1; rua=https://b.com/t;p=none", &["https://b.com/t"], &[(T::Dmarc, "p=none")]),
    ("v=TLSRPTv1; rua=https://b.com/a?x=1,2", &["https://b.com/a?x=1"], &[(T::RuaComma, ",2")]),
    (
        "v=TLSRPTv1; rua=https://b.com/a,b,mailto:c@d.com",
        &["https://b.com/a", "mailto:c@d.com"],
        &[(T::RuaComma, ",b")],
    ),
    ("v=TLSRPTv1; rua=https://b.com/a,c.net", &["https://b.com/a"], &[(T::RuaScheme, "c.net")]),
    ("v=TLSRPTv1; rua=https://b.com/?v=STSv1", &["https://b.com/?v=STSv1"], &[]),
    ("v=TLSRPTv1; rua=mailto:a@b.comv=STSv1; id=1", &["mailto:a@b.com"], &[(T::Form(S::Joined), "v=STSv1; id=1")]),
    (
        "v=TLSRPTv1; rua=mailto:a@b.com; v=STSv1; id=1",
        &["mailto:a@b.com"],
        &[(T::Form(S::JoinedApart), " v=STSv1; id=1")],
    ),
    // Of the kinds that other readers of such records are tried with.
    (
        "v=TLSRPTv1; rua=mailto:tlsrpt@b.com , \t\t https://b.com/tlsrpt  ;",
        &["mailto:tlsrpt@b.com", "https://b.com/tlsrpt"],
        &[],
    ),
    ("v=TLSRPTv1; rua=mailto:x@b.com other", &[], &[(T::RuaBadAddress, "mailto:x@b.com other")]),
    ("v=TLSRPTv1; rua=mailto:x@b.com; test==", &["mailto:x@b.com"], &[(T::Form(S::ValueInvalid), "=")]),
    // The form of the whole.
    ("v=TLSRPTv1; rua=https://b.com,", &["https://b.com"], &[(T::Form(S::EmptyField), ",")]),
    ("v=TLSRPTv1; rua=,https://b.com", &["https://b.com"], &[(T::Form(S::EmptyField), ",")]),
    (
        "v=TLSRPTv1; rua=https://b.com,,https://c.com",
        &["https://b.com", "https://c.com"],
        &[(T::Form(S::EmptyField), ",")],
    ),
    ("v=TLSRPTv1;; rua=https://b.com", &["https://b.com"], &[(T::Form(S::EmptyField), ";;")]),
    ("v=TLSRPTv1; rua = https://b.com", &["https://b.com"], &[(T::Form(S::Spacing), " = ")]),
    ("v=TLSRPTv1; rua=https://b.com; a=", &["https://b.com"], &[(T::Form(S::ValueInvalid), "")]),
    ("v=TLSRPTv1; rua=https://b.com; a b=c", &["https://b.com"], &[(T::Form(S::NameInvalid), "a b")]),
    ("v=TLSRPTv1; rua=https://b.com ", &["https://b.com"], &[(T::Form(S::TrailingSpace), " ")]),
    ("v=TLSRPTv1; rua=https://b.com;\n", &["https://b.com"], &[(T::Form(S::Control), "\n")]),
    ("\"v=TLSRPTv1; rua=https://b.com\"", &["https://b.com"], &[(T::Form(S::Quote), "\""), (T::Form(S::Quote), "\"")]),
    ("v=TLSRPTv1; rua=mailto:b\u{fc}ro@b.com", &[], &[(T::Form(S::NonAscii), "\u{fc}")]),
];

#[test]
fn announce_records_are_read_by_the_grammar() {
    for &(text, id, faults) in RECORDS {
        let parsed = announce::parse(text.to_owned());
        assert_eq!(marked(&parsed.issues, text), faults, "{text:?}");
        let valid = parsed.is_valid();
        assert_eq!(parsed.id.map(|id| id.value).as_deref(), id, "the id of {text:?}");
        assert_eq!(valid, faults.iter().all(|(fault, _)| fault.is_harmless()), "{text:?}");
    }
}

#[test]
fn tls_rpt_records_are_read_by_the_grammar() {
    for &(text, rua, faults) in TLS_RPTS {
        let parsed = tls_rpt::parse(text.to_owned());
        assert_eq!(marked(&parsed.issues, text), faults, "{text:?}");
        let read: Vec<&str> = parsed.rua.iter().map(|rua| rua.span.of(text)).collect();
        assert_eq!(read, rua, "the destinations of {text:?}");
        assert_eq!(parsed.is_valid(), faults.iter().all(|(fault, _)| fault.is_harmless()), "{text:?}");
    }
}

/// Each issue with the text that it marks.
fn marked<'t, K: Copy>(issues: &[Issue<K>], text: &'t str) -> Vec<(K, &'t str)> {
    let mark =
        |issue: &Issue<K>| text.get(issue.span.start..issue.span.end).expect("in the text, on character boundaries");
    issues.iter().map(|issue| (issue.kind, mark(issue))).collect()
}

#[test]
fn a_lint_agrees_with_the_parser() {
    for text in RECORDS.iter().map(|vector| vector.0).chain(UNUSUAL.iter().copied()) {
        let parsed = announce::parse(text.to_owned());
        let lint = lint::record(text);
        assert_eq!(lint.valid, parsed.is_valid(), "{text:?}: {:?}", lint.findings);
        let ok = lint.findings.iter().any(|finding| finding.rule == "record-ok");
        assert_eq!(ok, parsed.is_valid(), "{text:?}");
    }
    for text in TLS_RPTS.iter().map(|vector| vector.0).chain(UNUSUAL.iter().copied()) {
        let parsed = tls_rpt::parse(text.to_owned());
        let lint = lint::tls_rpt(text);
        assert_eq!(lint.valid, parsed.is_valid(), "{text:?}: {:?}", lint.findings);
        let ok = lint.findings.iter().any(|finding| finding.rule == "tlsrpt-ok");
        assert_eq!(ok, parsed.is_valid(), "{text:?}");
    }
}

/// Texts that belong somewhere else, or nowhere.
const UNUSUAL: &[&str] = &[
    "v=DMARC1; p=none; rua=mailto:a@b.com",
    "google-site-verification=abc",
    "version: STSv1\nmode: enforce\n",
    "v=STSv1; mode=enforce; max_age=86400; mx=*",
    "hello",
    ";;;;",
    "\0",
    "\"\"",
];

#[test]
fn attempts_are_told_from_what_belongs_elsewhere() {
    for text in [
        "v=STSv1",
        "\"v = stsv1, id",
        "STSv1; id=1",
        "v=STS1; id=1",
        "version: STSv1",
        "id=20260101",
        "v=MTA-STSv1; id=1",
    ] {
        assert!(announce::parse(text.to_owned()).is_attempt(), "{text:?}");
    }
    for text in [
        "",
        "v=spf1 -all",
        "v=TLSRPTv1; rua=mailto:a@b.com",
        "v=DMARC1; p=none",
        "google-site-verification=abc",
        "MS=ms1",
    ] {
        assert!(!announce::parse(text.to_owned()).is_attempt(), "{text:?}");
    }
    for text in ["v=TLSRPTv1", "v=TLSRPT1;rua=x", "v = tlsrptv1", "TLS-RPT v1", "rua=mailto:a@b.com", "v=TLS-RPTv1"] {
        assert!(tls_rpt::parse(text.to_owned()).is_attempt(), "{text:?}");
    }
    for text in ["", "v=spf1 -all", "v=STSv1; id=1", "v=DMARC1; p=none; rua=mailto:a@b.com"] {
        assert!(!tls_rpt::parse(text.to_owned()).is_attempt(), "{text:?}");
    }
}

#[test]
fn only_the_exact_beginning_counts_among_several() {
    for (text, counts) in
        [("v=STSv1;", true), ("v=STSv1 ;", false), (" v=STSv1;", false), ("v=stsv1;", false), ("v=STSv1", false)]
    {
        assert_eq!(announce::parse(text.to_owned()).begins_with_version(), counts, "{text:?}");
    }
    for (text, counts) in [("v=TLSRPTv1;", true), ("v=TLSRPTv1 ;", false), ("v=TLSRPTv10;", false)] {
        assert_eq!(tls_rpt::parse(text.to_owned()).begins_with_version(), counts, "{text:?}");
    }
}

#[test]
fn mailboxes_are_decoded_and_hosts_told() {
    let destinations = |uri: &str| {
        let parsed = tls_rpt::parse(tls_rpt::render([uri]));
        parsed.rua.into_iter().map(|rua| rua.value).collect::<Vec<_>>()
    };
    assert_eq!(
        destinations("mailto:a%2Bb%21@Example.COM?subject=x"),
        [tls_rpt::Destination::Mailto { address: "a+b!@Example.COM".into(), domain: "example.com".into() }]
    );
    assert_eq!(
        destinations("https://Reports.Example.com:444/x"),
        [tls_rpt::Destination::Https { host: "reports.example.com".into() }]
    );
}

#[test]
fn a_record_of_junk_has_a_bounded_number_of_issues_and_is_never_taken_for_valid() {
    let harmless = format!("v=STSv1; id=1; {}", "id=2;".repeat(5000));
    let parsed = announce::parse(harmless.clone());
    assert!(parsed.is_valid() && parsed.issues.len() <= 64);
    let parsed = announce::parse(harmless + ";");
    assert!(!parsed.is_valid() && parsed.issues.len() <= 64);
    assert!(parsed.issues.iter().any(|issue| !issue.kind.is_harmless()), "the fault is told for all the noise");
    let parsed = tls_rpt::parse("v=TLSRPTv1; rua=".to_owned() + &"x,".repeat(30_000));
    assert!(!parsed.is_valid() && parsed.issues.len() <= 64);
}

/// What is said of the two records of a domain, but for good news and what it says of any domain that asks itself.
fn faults(world: &World) -> Vec<(String, Severity)> {
    let said = |finding: &Finding| {
        finding.outcome == Outcome::Fail
            && (finding.rule.starts_with("record-") || finding.rule.starts_with("tlsrpt-"))
            && finding.rule != "tlsrpt-rua-same-domain"
    };
    let report = evaluate(&world.check(), CHECKED_AT.parse().expect("a time"));
    let mut faults: Vec<_> = report.findings.into_iter().filter(said).map(|f| (f.rule, f.severity)).collect();
    faults.sort();
    faults
}

fn mended(world: &World) -> Vec<Mended> {
    evaluate::mended(&world.check(), CHECKED_AT.parse().expect("a time"))
}

/// The TXT records at one name, and what is said of them.
type Several = (&'static [&'static str], &'static [(&'static str, Severity)]);

#[test]
fn one_of_several_records_is_judged() {
    let announce: &[Several] = &[
        (&["v=STSv1; id=1;"], &[]),
        (&["v=STSv1; id=1;", "v=STSv1; id=1;"], &[("record-multiple", Error)]),
        (&["v=STSv1; id=1;", "v=STSv1; nothing", "x"], &[("record-multiple", Error)]),
        (&["v=spf1 -all", "v=STSv1; id=1;"], &[("record-unrelated-txt", Warning)]),
        (&["v=stsv1; id=1;", "v=STSv1; id=1;"], &[("record-unrelated-txt", Warning)]),
        (&["v=spf1 -all", "v=STSv1;"], &[("record-id-missing", Error), ("record-unrelated-txt", Warning)]),
        (&["v=STSv1 ; id=1"], &[("record-space-before-semicolon", Warning)]),
        // What the grammar lets pass alone is thrown away beside another.
        (&["v=STSv1 ; id=1", "v=spf1 -all"], &[("record-space-before-semicolon", Error)]),
        (&["v=STSv1 ; id=1", "v=STSv1; id=1"], &[("record-unrelated-txt", Warning)]),
        (&["v=spf1 -all", "v=stsv1; id=1"], &[("record-version-case", Error)]),
        (&["v=spf1 -all", "MS=1"], &[("record-not-sts", Error)]),
        (&[""], &[("record-not-sts", Error)]),
    ];
    let tls_rpt: &[Several] = &[
        (&["v=TLSRPTv1; rua=mailto:a@shop.com.au", "v=spf1 -all"], &[]),
        (&["v=TLSRPTv1; rua=mailto:a@shop.com.au", "v=TLSRPTv1;"], &[("tlsrpt-multiple", Error)]),
        (&["v=TLSRPTv1 ; rua=mailto:a@shop.com.au"], &[("tlsrpt-version-invalid", Warning)]),
        (&["v=TLSRPTv1 ; rua=mailto:a@shop.com.au", "v=spf1 -all"], &[("tlsrpt-version-invalid", Error)]),
        (&["v=DMARC1; p=none; rua=mailto:a@shop.com.au"], &[("tlsrpt-not-tlsrpt", Error)]),
        (&["v=TLSRPTv1 rua=mailto:a@shop.com.au"], &[("tlsrpt-syntax-invalid", Error)]),
        // A mailbox on a name of the same house is neither another domain's nor quite the domain's own.
        (
            &["v=TLSRPTv1; rua=mailto:a@mail.shop.com.au,https://r.net"],
            &[("tlsrpt-rua-domain-no-mx", Error), ("tlsrpt-rua-multiple", Info)],
        ),
    ];
    let bare = || World::protected("shop.com.au");
    let announce = announce.iter().map(|case| ("_mta-sts.shop.com.au", bare().without_announce(), case));
    let tls_rpt = tls_rpt.iter().map(|case| ("_smtp._tls.shop.com.au", bare().without_tls_rpt(), case));
    for (name, world, (texts, expected)) in announce.chain(tls_rpt) {
        let found = faults(&texts.iter().fold(world, |world, text| world.txt(name, text)));
        let found: Vec<(&str, Severity)> = found.iter().map(|(rule, severity)| (rule.as_str(), *severity)).collect();
        assert_eq!(found, *expected, "{texts:?}");
    }
}

/// The texts that a rule's own way gives for a record.
fn values(world: &World, rule: &str, txt: Txt) -> Vec<String> {
    let found = mended(world).into_iter().filter(|found| found.judged.rule.id == rule);
    found
        .flat_map(|found| found.remedies[0].pasted(PastePlace::TxtValue(txt)).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_stands_at_the_other_records_name_is_moved_as_it_is() {
    let (sts, rpt) = ("v=STSv1; id=20260101T0930;", "v=TLSRPTv1; rua=mailto:own@shop.com.au");
    let bare = || World::protected("shop.com.au").without_announce().without_tls_rpt();
    let rules = |world: &World| faults(world).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    let swapped = bare().announce(rpt).tls_rpt(sts);
    assert_eq!(rules(&swapped), ["record-wrong-name", "tlsrpt-wrong-name"]);
    assert_eq!(values(&swapped, "record-wrong-name", Txt::Announce), [sts]);
    assert_eq!(values(&swapped, "tlsrpt-wrong-name", Txt::TlsRpt), [rpt]);
    // One of them: the other is still to be made.
    let one = bare().announce(rpt);
    assert_eq!(rules(&one), ["record-not-sts", "tlsrpt-wrong-name"]);
    assert_eq!(values(&one, "tlsrpt-wrong-name", Txt::TlsRpt), [rpt]);
    let one = bare().tls_rpt(sts);
    assert_eq!(rules(&one), ["record-wrong-name", "tlsrpt-not-tlsrpt"]);
    assert_eq!(values(&one, "record-wrong-name", Txt::Announce), [sts]);
    // Beside a good one, or in the same text: to be moved, and nothing to be deleted before.
    let beside = bare().announce(sts).also_announce(rpt);
    assert_eq!(rules(&beside), ["tlsrpt-wrong-name"]);
    let joined = bare().announce(&[sts.trim_end_matches(';'), rpt].concat());
    assert_eq!(rules(&joined), ["record-syntax-invalid", "tlsrpt-wrong-name"]);
    assert_eq!(values(&joined, "record-syntax-invalid", Txt::Announce), [sts.trim_end_matches(';')]);
    assert_eq!(values(&joined, "tlsrpt-wrong-name", Txt::TlsRpt), [rpt]);
}

#[test]
fn what_was_to_be_filled_in_is_not_kept() {
    let fresh = values(&World::protected("shop.com.au").announce("v=STSv1"), "record-id-missing", Txt::Announce);
    for id in ["<YYYYMMDD>", "{{ timestamp }}", "${DATE}", "[id]", "%TIMESTAMP%", "YYYYMMDDTHHMMSSZ"] {
        let world = World::protected("shop.com.au").announce(&format!("v=STSv1; id={id};"));
        assert_eq!(values(&world, "record-id-invalid", Txt::Announce), fresh, "{id}");
        assert_eq!(lint::record(&format!("v=STSv1; id={id};")).corrected, None, "{id}");
    }
    for rua in ["mailto:<name>@shop.com.au", "mailto:{{ mailbox }}@shop.com.au", "<mailbox>@<domain>"] {
        assert_eq!(lint::tls_rpt(&format!("v=TLSRPTv1; rua={rua}")).corrected, None, "{rua}");
    }
}

#[test]
fn nothing_is_missed_on_a_domain_that_takes_no_mail() {
    let nothing = |world: World| world.without_announce().without_tls_rpt().without_host();
    let report = |world: &World| faults(world).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert_eq!(report(&nothing(World::protected("shop.com.au"))), ["record-missing", "tlsrpt-missing"]);
    assert!(report(&nothing(World::protected("shop.com.au")).without_mx().mx(0, "")).is_empty(), "a null MX");
    assert!(report(&World::new("no-such-shop.com.au").nonexistent()).is_empty(), "no such domain");
}

#[test]
fn the_first_policy_names_the_live_mail_servers() {
    let world = World::protected("shop.com.au").without_announce().without_host().mx(30, "not_a_host.shop.com.au");
    let mended = mended(&world);
    let missing = mended.iter().find(|found| found.judged.rule.id == "record-missing").expect("found");
    let text = missing.remedies[0].pasted(PastePlace::PolicyText).next().expect("given");
    assert_eq!(text, "version: STSv1\nmode: testing\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n");
    assert!(lint::policy(text.as_bytes(), |_| None).usable);
}

#[test]
fn the_text_to_paste_is_a_valid_record() {
    let worlds = [
        World::protected("shop.com.au").without_announce().without_tls_rpt(),
        World::protected("shop.com.au").announce("v=spf1 -all").tls_rpt("v=spf1 -all"),
        World::protected("shop.com.au").announce("v=stsv1, id=1").tls_rpt("rua=a@shop.com.au!10m"),
        World::protected("shop.com.au").announce("v=STSv1").tls_rpt("v=TLSRPTv1"),
        World::protected("shop.com.au")
            .also_announce("v=STSv1; id=2")
            .tls_rpt("v=TLSRPTv1; rua=mailto:a@shop.com.au; p=none"),
    ];
    let (worlds_count, mut pasted) = (worlds.len(), 0);
    for world in worlds {
        for found in mended(&world) {
            let values = |txt| found.remedies.iter().flat_map(move |remedy| remedy.pasted(PastePlace::TxtValue(txt)));
            for text in values(Txt::Announce) {
                assert!(announce::parse(text.to_owned()).issues.is_empty(), "{}: {text:?}", found.judged.rule.id);
            }
            for text in values(Txt::TlsRpt) {
                assert!(tls_rpt::parse(text.to_owned()).issues.is_empty(), "{}: {text:?}", found.judged.rule.id);
            }
            let (of_record, of_reports) = (values(Txt::Announce).count(), values(Txt::TlsRpt).count());
            let is_of_record = found.judged.rule.id.starts_with("record-");
            assert!(if is_of_record { of_reports == 0 } else { of_record == 0 }, "{}", found.judged.rule.id);
            pasted += of_record + of_reports;
        }
    }
    assert!(pasted >= worlds_count, "{pasted}");
}

/// Texts near records: pieces that mean something here, in any order.
fn near_records() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "v=STSv1",
        "v=TLSRPTv1",
        "V",
        "v",
        "=",
        ";",
        " ",
        "\t",
        "id=",
        "id",
        "rua=",
        "mailto:",
        "https://",
        "a@b.com",
        "c.net",
        ",",
        "!",
        "%21",
        "%",
        "\"",
        "\\",
        "'",
        "\n",
        "\u{a0}",
        "\u{201c}",
        "é",
        "p=none",
        "20260512T0930",
        "x",
        "[",
        "]",
        ":",
        "?",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![near_records(), any::<String>()]
}

proptest! {
    #[test]
    fn every_issue_marks_a_piece_of_the_text(text in any_text()) {
        let announce = announce::parse(text.clone());
        marked(&announce.issues, &text);
        prop_assert!(announce.issues.len() <= 64);
        prop_assert_eq!(announce.is_valid(), announce.issues.iter().all(|issue| issue.kind.is_harmless()));
        prop_assert!(!announce.is_valid() || (announce.is_attempt() && announce.id.is_some()));
        let tls_rpt = tls_rpt::parse(text.clone());
        marked(&tls_rpt.issues, &text);
        prop_assert!(tls_rpt.issues.len() <= 64);
        prop_assert_eq!(tls_rpt.is_valid(), tls_rpt.issues.iter().all(|issue| issue.kind.is_harmless()));
        prop_assert!(!tls_rpt.is_valid() || (tls_rpt.is_attempt() && !tls_rpt.rua.is_empty()));
    }

    #[test]
    fn a_rendered_announce_record_reads_back(
        id in "[A-Za-z0-9]{1,32}",
        name in "[A-Za-z0-9][A-Za-z0-9_.-]{2,31}",
        value in "[!-:<>-~&&[^=\"'\\\\]]{1,20}",
    ) {
        let text = format!("{} {name}={value}", announce::render(&id));
        let parsed = announce::parse(text);
        prop_assert!(parsed.issues.is_empty(), "{:?}", parsed);
        prop_assert_eq!(parsed.id.map(|id| id.value), Some(id));
        prop_assert_eq!(parsed.extensions.len(), 1);
    }

    #[test]
    fn a_rendered_tls_rpt_record_reads_back(
        mailbox in "[a-z0-9+_-]{1,20}",
        host in "[a-z]([a-z0-9]{0,9}[a-z])?\\.(com\\.au|net)",
        path in "(/[a-z0-9._~-]{0,8}){0,3}",
    ) {
        let uris = [format!("mailto:{mailbox}@{host}"), format!("https://{host}{path}")];
        let parsed = tls_rpt::parse(tls_rpt::render(uris.iter().map(String::as_str)));
        prop_assert!(parsed.issues.is_empty(), "{:?}", parsed);
        let read: Vec<&str> = parsed.rua.iter().map(|rua| rua.span.of(&parsed.text)).collect();
        prop_assert_eq!(read, uris.each_ref());
    }
}
