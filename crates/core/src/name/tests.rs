//! Vectors: what is typed, and what comes of it.

use super::DomainErrorKind::*;
use super::*;

fn parse(input: &str) -> Result<DomainName, DomainError> {
    DomainName::parse(input, |name| idna::domain_to_ascii(name).ok())
}

#[test]
fn what_is_a_domain_is_read() {
    let longest = format!("{}.{}.{}.{}", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(50));
    let vectors = [
        ("example.com", "example.com"),
        ("EXAMPLE.Com", "example.com"),
        (" \t example.com\r\n", "example.com"),
        ("\u{a0}example.com\u{3000}", "example.com"),
        ("example.com.", "example.com"),
        ("mail.example.co.uk", "mail.example.co.uk"),
        ("mta-sts.example.com", "mta-sts.example.com"),
        ("example.net", "example.net"),
        ("protected.example", "protected.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example.", "xn--bcher-kva.example"),
        ("bu\u{308}cher.de", "xn--bcher-kva.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("例え。テスト。com", "xn--r8jz45g.xn--zckzah.com"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("exa\u{200b}mple.com", "example.com"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("ab--cd.com", "ab--cd.com"),
        ("1.2.3.4.com", "1.2.3.4.com"),
        ("163.com", "163.com"),
        ("0xa.com", "0xa.com"),
        ("example.0a", "example.0a"),
        ("a.b", "a.b"),
        ("latest.local.com", "latest.local.com"),
        ("contest.com", "contest.com"),
        ("notexample.xn--p1ai", "notexample.xn--p1ai"),
        (longest.as_str(), longest.as_str()),
    ];
    for (input, domain) in vectors {
        assert_eq!(parse(input).as_ref().map(DomainName::as_str), Ok(domain), "{input:?}");
    }
}

#[test]
fn what_is_not_a_domain_has_its_kind() {
    let too_long = format!("{}.{}.{}.{}", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(51));
    let long_label = format!("{}.com", "a".repeat(64));
    let long_unicode_label = format!("{}.com", "ü".repeat(64));
    let huge = "a.".repeat(1_000_000);
    let huge_unicode = "ü.".repeat(1_000_000);
    let vectors = [
        ("", Empty),
        ("  \n", Empty),
        (".", Empty),
        (&too_long, TooLong),
        (&huge, TooLong),
        (&huge_unicode, TooLong),
        ("192.0.2.1", IpAddress),
        ("192.0.2.1.", IpAddress),
        ("192.0.2.1:443", IpAddress),
        ("https://192.0.2.1/", IpAddress),
        ("postmaster@[192.0.2.1]", IpAddress),
        ("postmaster@[IPv6:2001:db8::1]", IpAddress),
        ("2001:db8::1", IpAddress),
        ("::1", IpAddress),
        ("::ffff:192.0.2.1", IpAddress),
        ("fe80::1%eth0", IpAddress),
        ("[2001:db8::1]", IpAddress),
        ("[2001:db8::1]:443", IpAddress),
        ("https://[::1]:443/", IpAddress),
        ("0x7f.1", IpAddress),
        ("127.1", IpAddress),
        ("0177.0.0.01", IpAddress),
        ("2130706433", IpAddress),
        ("0x7F000001", IpAddress),
        ("1.2.3.0x", IpAddress),
        ("1.2.3.4.5", IpAddress),
        ("example.123", IpAddress),
        ("１２７.０.０.１", IpAddress),
        ("①②⑦.1", IpAddress),
        ("com", SingleLabel),
        ("example", SingleLabel),
        ("com.", SingleLabel),
        ("münchen", SingleLabel),
        ("localhost", SpecialUse),
        ("LOCALHOST.", SpecialUse),
        ("printer.local", SpecialUse),
        ("mail.corp.internal", SpecialUse),
        ("foo.test", SpecialUse),
        ("foo.invalid", SpecialUse),
        ("foo.alt", SpecialUse),
        ("router.home.arpa", SpecialUse),
        ("1.2.0.192.in-addr.arpa", SpecialUse),
        ("8.b.d.0.1.0.0.2.ip6.arpa", SpecialUse),
        ("expyuzz4wqqyqhjn.onion", SpecialUse),
        ("ｌｏｃａｌｈｏｓｔ", SpecialUse),
        ("user@printer.local", SpecialUse),
        ("http://localhost:8787/check", SpecialUse),
        ("foo\u{fffd}.com", Unicode),
        ("exa\u{202e}mple.com", Unicode),
        ("xn--a-ü.com", Unicode),
        (&long_unicode_label, LabelTooLong),
        ("exa\0mple.com", Control),
        ("exa\u{1b}[31mmple.com", Control),
        ("exa\u{7f}mple.com", Control),
        ("exa\u{85}mple.com", Whitespace),
        ("exa mple.com", Whitespace),
        ("example.com example.org", Whitespace),
        ("exa\nmple.com", Whitespace),
        ("bücher\u{a0}.com", Whitespace),
        ("-example.com", Hyphen),
        ("example-.com", Hyphen),
        ("xn--.com", Hyphen),
        ("example..com", EmptyLabel),
        ("example.com..", EmptyLabel),
        (".example.com", EmptyLabel),
        ("..", EmptyLabel),
        (&long_label, LabelTooLong),
        ("exa!mple.com", Character),
        ("exa%6dple.com", Character),
        ("bücher%2f.com", Character),
        ("<script>alert(1)<", Character),
        ("exam'ple.com", Character),
        ("https://", Url),
        ("https:", Url),
        ("/check", Url),
        ("javascript:alert(1)", Url),
        ("\\\\server\\share", Url),
        ("data:text/html,x", Url),
        ("user@", MailAddress),
        ("@", MailAddress),
        ("_", Underscore),
        ("_mta-sts", Underscore),
        ("_mta-sts.com", Underscore),
        ("*", Wildcard),
        ("*.com", Wildcard),
    ];
    for (input, kind) in vectors {
        let start: String = input.chars().take(40).collect();
        let error = parse(input).expect_err(&start);
        assert_eq!((error.kind, &error.suggestion), (kind, &None), "{start:?}");
    }
}

#[test]
fn the_domain_in_what_was_typed_is_offered() {
    let vectors = [
        ("https://www.example.com/x", Url, "example.com"),
        ("WWW.example.co.uk/", Url, "example.co.uk"),
        ("https://www.com/", Url, "www.com"),
        ("https://www2.example.com/", Url, "www2.example.com"),
        ("HTTPS://Example.COM", Url, "example.com"),
        ("http://user:pa@ss@example.com:8080/?q=a@b.net#c", Url, "example.com"),
        ("example.com/", Url, "example.com"),
        ("example.com?x", Url, "example.com"),
        ("example.com:443", Url, "example.com"),
        ("//example.com/x", Url, "example.com"),
        ("example.com\\x", Url, "example.com"),
        ("see https://example.com for more", Url, "example.com"),
        ("https://bücher.example/ü", Url, "xn--bcher-kva.example"),
        ("https://mta-sts.example.com/", Url, "mta-sts.example.com"),
        ("https://mta-sts.example.com/.well-known/mta-sts.txt", Url, "example.com"),
        ("https://_mta-sts.example.com/", Url, "example.com"),
        ("user@example.com", MailAddress, "example.com"),
        ("mailto:user@example.com?subject=x/y", MailAddress, "example.com"),
        ("Jane Doe <jane@example.com>", MailAddress, "example.com"),
        ("\"a@b\"@example.com", MailAddress, "example.com"),
        ("@example.com", MailAddress, "example.com"),
        ("user@bücher.example", MailAddress, "xn--bcher-kva.example"),
        ("user@example.com:25", MailAddress, "example.com"),
        ("_mta-sts.example.com", Underscore, "example.com"),
        ("_smtp._tls.example.com.", Underscore, "example.com"),
        ("_mta-sts.bücher.example", Underscore, "xn--bcher-kva.example"),
        ("_mta-sts。bücher。example", Underscore, "xn--bcher-kva.example"),
        ("my_shop.example.com", Underscore, "example.com"),
        ("*.example.com", Wildcard, "example.com"),
    ];
    for (input, kind, domain) in vectors {
        let error = parse(input).expect_err(input);
        assert_eq!((error.kind, error.suggestion.as_ref().map(DomainName::as_str)), (kind, Some(domain)), "{input:?}");
        assert!(error.to_string().ends_with(&format!(": {domain}")), "{error}");
    }
}

#[test]
fn a_sentence_says_what_to_type_and_shows_little_of_what_was_typed() {
    for input in ["", "a\u{1b}[31m\u{202e}b", &"x".repeat(9_999), &format!("https://{}.com/", "ü".repeat(500))] {
        let sentence = parse(input).expect_err("not a domain").to_string();
        assert!(sentence.ends_with("example.com."), "{sentence}");
        assert!(sentence.chars().count() < 300, "{sentence}");
        assert!(!sentence.contains(['\u{1b}', '\u{202e}']), "{sentence:?}");
    }
    let long = format!("user@{}.com", ["a".repeat(60), "b".repeat(60), "c".repeat(60)].join("."));
    let sentence = parse(&long).expect_err("a mail address").to_string();
    assert!(sentence.ends_with("a.b…") || sentence.chars().count() < 150, "{sentence}");
}

#[test]
fn what_the_host_maps_to_is_not_trusted() {
    for (mapped, kind) in
        [("127.0.0.1", IpAddress), ("localhost", SpecialUse), ("a/b.com", Url), ("ü.com", Unicode), ("", Empty)]
    {
        let error = DomainName::parse("ü.com", |_| Some(mapped.to_owned())).expect_err(mapped);
        assert_eq!(error.kind, kind, "{mapped}");
    }
    let never = |name: &str| -> Option<String> { panic!("{name} was given to IDNA") };
    assert!(DomainName::parse("example.com", never).is_ok());
    assert!(DomainName::parse("ü%2f.com", never).is_err_and(|e| e.kind == Character));
}

#[test]
fn names_of_a_check() {
    let domain = DomainName::from_ascii("Example.COM.").expect("a domain");
    assert_eq!(domain.policy_host().as_str(), "mta-sts.example.com");
    assert_eq!(domain.announce_name(), "_mta-sts.example.com");
    assert_eq!(domain.tlsrpt_name(), "_smtp._tls.example.com");
    assert_eq!(domain.labels().rev().collect::<Vec<_>>(), ["com", "example"]);
    assert!(!domain.is_worked_example());
    assert!(parse("mx-mismatch.example").is_ok_and(|domain| domain.is_worked_example()));
}

#[test]
fn json_is_a_string_and_validated() {
    let domain = DomainName::from_ascii("example.com").expect("a domain");
    assert_eq!(serde_json::to_string(&domain).expect("serializes"), r#""example.com""#);
    assert_eq!(serde_json::from_str::<DomainName>(r#""EXAMPLE.com.""#).expect("a domain"), domain);
    for bad in [r#""127.0.0.1""#, r#""localhost""#, r#""https://example.com""#, r#""ü.com""#, r#""""#, "3"] {
        assert!(serde_json::from_str::<DomainName>(bad).is_err(), "{bad}");
    }
    // The policy host of the longest domain is longer than a domain may be, and still is read back.
    let longest = format!("{}.{}.{}.{}", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(50));
    let host = DomainName::from_ascii(&longest).expect("a domain").policy_host();
    let json = serde_json::to_string(&host).expect("serializes");
    assert_eq!(serde_json::from_str::<DomainName>(&json).expect("reads back"), host);
}

#[test]
fn special_use_names() {
    for name in ["test", "a.TEST.", "localhost", "a.b.onion", "home.arpa", "internal", "x.alt", "local."] {
        assert!(is_special_use(name), "{name}");
    }
    for name in ["example.com", "protected.example", "testing.com", "test.com", "", "."] {
        assert!(!is_special_use(name), "{name}");
    }
}

#[test]
fn no_text_makes_it_panic_and_a_domain_is_its_own_spelling() {
    let pieces: Vec<&str> =
        "a example com xn-- mta-sts 0x 7 ü \u{3002} \u{ff0e} \u{202e} é\u{301} . .. - _ * @ / \\ : :// [ ] ? # \0"
            .split(' ')
            .chain([" "])
            .collect();
    // Xorshift: the same numbers in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let mut domains = 0;
    for _ in 0..50_000 {
        let input: String = (0..random(9)).map(|_| pieces[random(pieces.len())]).collect();
        match parse(&input) {
            Ok(domain) => {
                domains += 1;
                assert_eq!(DomainName::from_ascii(domain.as_str()), Ok(domain), "{input:?}");
            }
            Err(error) => assert!(error.to_string().chars().count() < 300, "{input:?}"),
        }
    }
    assert!(domains > 100, "only {domains} domains among them");
}
