//! What the tests know of each provider: who runs some MX hosts or name servers, and what a policy or a step says of them.

/// MX hosts, the provider's id, and the lines that a policy for them has. Every provider has a row, and every way its hosts are called.
pub(crate) const MAIL: &[(&[&str], &str, &[&str])] = &[
    (&["smtp.google.com"], "google", &["smtp.google.com"]),
    (
        &["aspmx.l.google.com", "alt1.aspmx.l.google.com", "alt4.aspmx.l.google.com"],
        "google",
        &["aspmx.l.google.com", "*.aspmx.l.google.com"],
    ),
    (
        &["aspmx.l.google.com", "aspmx2.googlemail.com", "aspmx5.googlemail.com"],
        "google",
        &["aspmx.l.google.com", "*.aspmx.l.google.com", "aspmx2.googlemail.com", "aspmx5.googlemail.com"],
    ),
    (&["shop-com-au.mail.protection.outlook.com"], "microsoft", &["*.mail.protection.outlook.com"]),
    (&["shop-com-au.a-v1.mx.microsoft"], "microsoft", &["shop-com-au.a-v1.mx.microsoft"]),
    (
        &["in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"],
        "fastmail",
        &["in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"],
    ),
    (&["mx.zoho.com", "mx2.zoho.com", "mx3.zoho.com"], "zoho", &["mx.zoho.com", "mx2.zoho.com", "mx3.zoho.com"]),
    (&["mx.zoho.com.au"], "zoho", &["mx.zoho.com.au"]),
    (&["mx.zoho.eu"], "zoho", &["mx.zoho.eu"]),
    (&["mx.zoho.in"], "zoho", &["mx.zoho.in"]),
    (&["mx.zoho.jp"], "zoho", &["mx.zoho.jp"]),
    (&["mx.zoho.ca"], "zoho", &["mx.zoho.ca"]),
    (&["mx.zoho.sa"], "zoho", &["mx.zoho.sa"]),
    (&["mx.zoho.uk"], "zoho", &["mx.zoho.uk"]),
    (&["mail.protonmail.ch", "mailsec.protonmail.ch"], "proton", &["mail.protonmail.ch", "mailsec.protonmail.ch"]),
    (&["mx01.mail.icloud.com", "mx02.mail.icloud.com"], "icloud", &["mx01.mail.icloud.com", "mx02.mail.icloud.com"]),
    (&["mail.tutanota.de"], "tuta", &["mail.tutanota.de"]),
    (
        &["route1.mx.cloudflare.net", "route2.mx.cloudflare.net", "route3.mx.cloudflare.net"],
        "cloudflare",
        &["*.mx.cloudflare.net"],
    ),
    (&["aspmx1.migadu.com", "aspmx2.migadu.com"], "migadu", &["aspmx1.migadu.com", "aspmx2.migadu.com"]),
    (&["mxext1.mailbox.org", "mxext3.mailbox.org"], "mailbox-org", &["mxext1.mailbox.org", "mxext3.mailbox.org"]),
    (&["shop.in.tmes.trendmicro.com"], "trend-micro", &["*.in.tmes.trendmicro.com"]),
    (&["shop.in.tmes-anz.trendmicro.com"], "trend-micro", &["*.in.tmes-anz.trendmicro.com"]),
    (
        &["au-smtp-inbound-1.mimecast.com", "au-smtp-inbound-2.mimecast.com"],
        "mimecast",
        &["au-smtp-inbound-1.mimecast.com", "au-smtp-inbound-2.mimecast.com"],
    ),
    (
        &["mxa-00123.gslb.pphosted.com", "mxb-00123.gslb.pphosted.com"],
        "proofpoint",
        &["mxa-00123.gslb.pphosted.com", "mxb-00123.gslb.pphosted.com"],
    ),
    (&["mx1-us1.ppe-hosted.com"], "proofpoint", &["mx1-us1.ppe-hosted.com"]),
    (&["d1234.ess.barracudanetworks.com"], "barracuda", &["d1234.ess.barracudanetworks.com"]),
    (&["shop-com-au.mailguard.com.au"], "mailguard", &["shop-com-au.mailguard.com.au"]),
    (&["mx1.email-hosting.net.au"], "ventraip", &["mx1.email-hosting.net.au"]),
    (&["mx1.privateemail.com", "mx2.privateemail.com"], "namecheap", &["mx1.privateemail.com", "mx2.privateemail.com"]),
    (&["eforward1.registrar-servers.com"], "namecheap", &["eforward1.registrar-servers.com"]),
    (&["mailstore1.secureserver.net"], "godaddy", &["mailstore1.secureserver.net"]),
    (&["mx1.emailsrvr.com", "mx2.emailsrvr.com"], "rackspace", &["mx1.emailsrvr.com", "mx2.emailsrvr.com"]),
    (&["mx1.mail.ovh.net"], "ovh", &["mx1.mail.ovh.net"]),
    (&["spool.mail.gandi.net", "fb.mail.gandi.net"], "gandi", &["fb.mail.gandi.net", "spool.mail.gandi.net"]),
    (&["mx1.hostinger.com", "mx2.hostinger.com"], "hostinger", &["mx1.hostinger.com", "mx2.hostinger.com"]),
    (&["mx1.titan.email", "mx2.titan.email"], "titan", &["mx1.titan.email", "mx2.titan.email"]),
    (&["mx.yandex.net"], "yandex", &["mx.yandex.net"]),
    (&["mxa.mailgun.org", "mxb.mailgun.org"], "mailgun", &["mxa.mailgun.org", "mxb.mailgun.org"]),
    (&["inbound-smtp.us-east-1.amazonaws.com"], "amazon", &["inbound-smtp.us-east-1.amazonaws.com"]),
    (&["mx1.shop.iphmx.com"], "cisco", &["mx1.shop.iphmx.com"]),
    (&["cluster5.us.messagelabs.com"], "symantec", &["cluster5.us.messagelabs.com"]),
];

/// Providers whose lines are documented, or seen to work: the plan may go on to enforce without asking whoever runs them.
pub(crate) const KNOWN: &[&str] = &[
    "google",
    "microsoft",
    "fastmail",
    "proton",
    "icloud",
    "tuta",
    "cloudflare",
    "migadu",
    "mailbox-org",
    "trend-micro",
];

/// Name servers, the DNS host's id, and what its steps call the place.
pub(crate) const DNS: &[(&[&str], &str, &str)] = &[
    (&["amy.ns.cloudflare.com", "bob.ns.cloudflare.com"], "cloudflare", "at Cloudflare (DNS, then Records)"),
    (&["ns-123.awsdns-45.com", "ns-2048.awsdns-64.net", "ns-9.awsdns-1.co.uk"], "amazon", "at Amazon Route 53"),
    (&["ns01.domaincontrol.com"], "godaddy", "at GoDaddy (the domain's page, then DNS)"),
    (&["dns1.registrar-servers.com"], "namecheap", "at Namecheap"),
    (&["ns1-03.azure-dns.com", "ns2-03.azure-dns.net", "ns3-03.azure-dns.org"], "azure", "at Azure DNS"),
    (&["ns-cloud-a1.googledomains.com"], "google", "at Google Cloud DNS"),
    (&["ns1.nameserver.net.au"], "ventraip", "at VentraIP"),
    (&["ns1.crazydomains.com"], "crazy-domains", "at Crazy Domains"),
    (&["ns1.syrahost.com"], "crazy-domains", "at Crazy Domains"),
];
