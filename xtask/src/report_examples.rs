//! Made-up TLS reports (RFC 8460 §4.4), for whoever has none at hand: of two weeks, by two senders, about the worked example
//! whose policy leaves out a mail server.

use serde_json::{Value, json};

const DOMAIN: &str = "mx-mismatch.example";
/// The day that they are read on: reports grow old.
const READ_ON: &str = "2026-11-25T09:00:00Z";
const FIRST_DAY: usize = 11;

/// A sender, and what it saw on each day: how many sessions went well, and how many failed.
struct Sender {
    file: &'static str,
    name: &'static str,
    ip: &'static str,
    days: [(u32, u32); 14],
}

static SENDERS: [Sender; 2] = [
    Sender {
        file: "example-mail.json",
        name: "Example Mail",
        ip: "192.0.2.61",
        days: [
            (118, 0),
            (131, 0),
            (96, 0),
            (34, 0),
            (29, 0),
            (124, 0),
            (140, 6),
            (87, 31),
            (133, 2),
            (121, 0),
            (38, 0),
            (31, 0),
            (127, 4),
            (119, 0),
        ],
    },
    Sender {
        file: "sample-post.json",
        name: "Sample Post",
        ip: "198.51.100.7",
        days: [
            (22, 0),
            (19, 0),
            (25, 0),
            (4, 0),
            (6, 0),
            (21, 0),
            (24, 1),
            (13, 9),
            (26, 0),
            (18, 0),
            (5, 0),
            (3, 0),
            (20, 0),
            (23, 0),
        ],
    },
];

/// Each file's name and text.
pub(crate) fn files() -> anyhow::Result<Vec<(&'static str, String)>> {
    let names: Vec<&str> = SENDERS.iter().map(|sender| sender.file).collect();
    let mut files = vec![("index.json", json!({ "day": READ_ON, "files": names }))];
    for sender in &SENDERS {
        let reports = sender.days.iter().enumerate().map(|(at, sessions)| report(sender, FIRST_DAY + at, *sessions));
        files.push((sender.file, reports.collect()));
    }
    files.into_iter().map(|(name, value)| Ok((name, serde_json::to_string(&value)? + "\n"))).collect()
}

fn report(sender: &Sender, day: usize, (successful, failed): (u32, u32)) -> Value {
    let failures = json!([{
        "result-type": "validation-failure",
        "sending-mta-ip": sender.ip,
        "receiving-mx-hostname": "backup.other-host.net",
        "failed-session-count": failed,
        "failure-reason-code": "The policy does not name this mail server",
    }]);
    json!({
        "organization-name": sender.name,
        "date-range": {
            "start-datetime": format!("2026-11-{day}T00:00:00Z"),
            "end-datetime": format!("2026-11-{day}T23:59:59Z"),
        },
        "contact-info": "postmaster@mail.example",
        "report-id": format!("2026-11-{day}-{DOMAIN}"),
        "policies": [{
            "policy": {
                "policy-type": "sts",
                "policy-string": ["version: STSv1", "mode: enforce", "mx: mx1.mail-host.net", "mx: mx2.mail-host.net", "max_age: 2592000"],
                "policy-domain": DOMAIN,
                "mx-host": ["mx1.mail-host.net", "mx2.mail-host.net"],
            },
            "summary": { "total-successful-session-count": successful, "total-failure-session-count": failed },
            "failure-details": if failed > 0 { failures } else { json!([]) },
        }],
    })
}
