//! Names from the DNS may hold braces, as the words have that sentences put in. They are data: said as they are, and nothing is
//! ever put in their place.

use mta_sts_core::advice::{Goal, advise};
use mta_sts_core::evaluate;
use mta_sts_core::scenario::{CHECKED_AT, Scenario, World, scenarios};

/// Words of templates, and what stands in for them in the same world without braces: as long, since texts are cut by length.
const WORDS: [(&str, &str); 9] = [
    ("{sign}", "qsignq"),
    ("{dns}", "qdnsq"),
    ("{zone}", "qzoneq"),
    ("{record}", "qrecordq"),
    ("{target}", "qtargetq"),
    ("{operator}", "qoperatorq"),
    ("{announce}", "qannounceq"),
    ("{host}", "qhostq"),
    ("{domain}", "qdomainq"),
];

const NAMES: [(&str, &str); 3] =
    [("_mta-sts.shop.com.au", "_mta-sts"), ("_smtp._tls.shop.com.au", "reports"), ("mta-sts.shop.com.au", "mta-sts")];

/// The same world with a name behind an alias: the label, below a label that looks like a word of a template.
fn behind(world: World, (name, label): (&str, &str), inside: &str) -> World {
    world.moved(name, &format!("{label}.{inside}.keeper.example"))
}

/// All that is said of a world: its report, and the plan to an enforced policy.
fn said(world: &World) -> String {
    let (evidence, now) = (world.check(), CHECKED_AT.parse().expect("a time"));
    let report = serde_json::to_string_pretty(&evaluate(&evidence, now)).expect("a report is JSON");
    let advice = serde_json::to_string_pretty(&advise(&evidence, now, &Goal::RollOut)).expect("advice is JSON");
    // Long lines of the plan's calendar are folded, which may be in the middle of a name.
    report + &advice.replace("\\r\\n ", "")
}

#[test]
fn a_target_is_said_as_it_is_and_nothing_is_put_into_it() {
    let mut held = 0;
    for (at, Scenario { name: scenario, world, .. }) in scenarios().into_iter().enumerate() {
        let (word, stand_in) = WORDS[at % WORDS.len()];
        // Each of the names alone, and all of them.
        for names in NAMES.chunks(1).chain([&NAMES[..]]) {
            let below = |word: &str| names.iter().fold(world.clone(), |world, name| behind(world, *name, word));
            let (told, expected) = (said(&below(word)), said(&below(stand_in)).replace(stand_in, word));
            let other = told.lines().zip(expected.lines()).find(|(told, expected)| told != expected);
            assert_eq!(other, None, "{scenario}, with {word}");
            assert_eq!(told.len(), expected.len(), "{scenario}, with {word}");
            held += told.matches(&format!("{word}.keeper.example")).count();
        }
    }
    assert!(held > 1000, "{held}");
}

#[test]
fn the_scenario_has_its_targets_in_its_sentences() {
    let is_it = |scenario: &Scenario| said(&scenario.world).contains("{sign}.keeper.example");
    let scenario = scenarios().into_iter().find(is_it).expect("a scenario has such a target");
    let report = evaluate(&scenario.world.check(), CHECKED_AT.parse().expect("a time"));
    let sentences: Vec<&String> =
        report.findings.iter().flat_map(|finding| &finding.fix).flat_map(|fix| &fix.steps).collect();
    for target in ["{sign}.keeper.example", "mta-sts.{dns}.keeper.example"] {
        assert!(sentences.iter().any(|sentence| sentence.contains(target)), "{target} in {sentences:#?}");
    }
    // Every brace is of a target.
    for sentence in sentences {
        let rest = sentence.replace("{sign}.keeper.example", "").replace("{dns}.keeper.example", "");
        assert!(!rest.contains(['{', '}']), "{sentence}");
    }
}
