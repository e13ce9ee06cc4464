//! The page where TLS reports are read: files go in, and what they say together is put in place.

use maud::{Markup, html};

use crate::page::{Head, needs_script, shell, status};
use crate::state::State;

/// What the chooser of files offers first. Any other file can be dropped.
const KINDS: &str =
    ".json,.gz,.tgz,.tar,.zip,.eml,.mbox,application/json,application/gzip,application/zip,message/rfc822";

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Read your TLS reports",
        description: "Drop the TLS reports that senders mailed you, and see what failed, why, and whether it is safe to enforce. Nothing leaves your browser.",
        address: Some("/reports"),
        indexed: true,
        script: Some("/reports.js"),
    };
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p { "See what failed, why, for whom, and whether it is safe to enforce your policy." }
            (needs_script("Reading reports"))
            form #drop.m-drop hidden
                data-reading="Reading the reports…" data-gone="The page cannot read reports just now: a part of it could not be loaded. Check your connection, then load the page again."
                data-broke="The reports could not be read. Load the page again; if that does not help, choose fewer files."
                data-checking="Checking the domain…" data-unchecked="The domain could not be checked just now. The reports are still here: check your connection, then try again."
                data-no-examples="The made-up reports could not be loaded. Check your connection, then try again." data-saved="The table is saved as " data-stopped="Stopped. Below is what was read until then." {
                label for="files" { "Choose reports, or drop them anywhere on this page" }
                input #files type="file" multiple accept=(KINDS) aria-describedby="kinds local";
                p.hint #kinds {
                    "Files that end in " code { ".json" } " or " code { ".json.gz" } ", as many as you have. A " code { ".zip" } " of them is as good, and so are saved mails with them attached ("
                    code { ".eml" } ", " code { ".mbox" } ")."
                }
                p.m-good #local { (State::Good.icon()) " " strong { "Nothing leaves your browser." } " The files are read and summed up on this device, and forgotten when you close the page." }
            }
            (status())
            p #stop .m-about hidden { button type="button" data-stop { "Stop reading" } " " span {} }
            p #made .m-about hidden { strong { "These reports are made up." } " Choose your own, and they take their place." }
            div #result {}
            div #intro {
                section #try hidden {
                    h2 { "No reports at hand?" }
                    p { button type="button" data-examples { "Try it with made-up reports" } }
                }
                section {
                    h2 { "What these reports are" }
                    p {
                        "A domain can ask senders of mail to report, once a day, how often they could deliver over an encrypted connection and why not ("
                        abbr title="SMTP TLS Reporting" { "TLS-RPT" } "). The reports come by mail, packed, one from each sender, to the address in the domain’s "
                        code { "_smtp._tls" } " record. They count sessions. They hold no mail, and no address of a person who writes or gets mail."
                    }
                    p {
                        "While your policy is only tested, they tell what would happen if it were enforced. " a href="/" { "Check your domain" }
                        " to see whether it asks for reports, and " a href="/build" { "plan the next steps" } " if it does not."
                    }
                }
            }
        },
    )
}
