//! Configuration for each host, read as that host reads it. nginx, Caddy and the Worker are run by other tests.

use mta_sts_core::advice::{Goal, HostFile, Hosting, RecordAction, RecordWhy, advise};
use mta_sts_core::scenario::World;
use serde_json::{Value, json};

use super::{DOMAIN, now, proposal, roll_out, told, with_mx};

const HOSTS: [&str; 8] = [
    "cloudflare-worker",
    "github-pages",
    "netlify",
    "vercel",
    "azure-static-web-apps",
    "s3-cloudfront",
    "nginx",
    "caddy",
];

fn hosting(id: &str) -> Hosting {
    let advice = told(&with_mx(&["aspmx.l.google.com"]));
    advice.hosting.into_iter().find(|hosting| hosting.id == id).expect(id)
}

fn file<'h>(hosting: &'h Hosting, path: &str) -> &'h str {
    let found = hosting.files.iter().find(|HostFile { path: its, .. }| its == path);
    &found.unwrap_or_else(|| panic!("{path} of {}", hosting.id)).content
}

fn json_of(hosting: &Hosting, path: &str) -> Value {
    serde_json::from_str(file(hosting, path)).expect(path)
}

fn toml_of(hosting: &Hosting, path: &str) -> Value {
    let table: toml::Table = toml::from_str(file(hosting, path)).expect(path);
    serde_json::to_value(table).expect("TOML fits JSON")
}

#[test]
fn every_host_has_files_steps_and_traps_for_this_policy() {
    let world = with_mx(&["aspmx.l.google.com"]);
    let policy = proposal(&roll_out(&world)).text.clone();
    let advice = told(&world);
    let ids: Vec<&str> = advice.hosting.iter().map(|hosting| hosting.id.as_str()).collect();
    assert_eq!(ids, HOSTS);
    for hosting in &advice.hosting {
        let id = &hosting.id;
        assert!((3..=6).contains(&hosting.steps.len()) && !hosting.traps.is_empty(), "{id}");
        for sentence in hosting.steps.iter().chain(&hosting.traps) {
            assert!(sentence.ends_with('.') && !sentence.contains(['{', '}']), "{id}: {sentence}");
            assert!(!sentence.contains("HOST"), "{id}: {sentence}");
        }
        // The policy stands in exactly one file, byte for byte, its lines at the start of a line.
        let holding: Vec<&HostFile> = hosting.files.iter().filter(|file| file.content.contains("STSv1")).collect();
        assert_eq!(holding.len(), 1, "{id}");
        let whole = holding[0].content == policy;
        assert!(whole || holding[0].content.contains(&format!("`{policy}`")), "{id}: {}", holding[0].content);
        for file in &hosting.files {
            assert!(!file.content.contains("HOST") && !file.content.contains("POLICY\n"), "{id}: {}", file.path);
        }
        let about_host = |text: &str| text.contains("mta-sts.shop.example");
        assert!(hosting.steps.iter().any(|step| about_host(step)), "{id}");
        if let Some(record) = &hosting.record {
            assert_eq!((record.name.as_str(), record.action), ("mta-sts.shop.example", RecordAction::Add), "{id}");
        }
    }
    // Where the policy host leads to a working file, it is said first that its record need not change.
    let all = |world: &World, action: RecordAction, is_served: bool| {
        let hosting = roll_out(world).hosting;
        let records = hosting.iter().filter_map(|way| way.record.as_ref().map(|record| (way.id, record)));
        for (id, record) in records.clone() {
            let mut why = Vec::from_iter(is_served.then_some(RecordWhy::FileIsServed));
            why.push(RecordWhy::LeadsTo(id));
            assert_eq!((record.action, &record.why), (action, &why), "{id}");
        }
        assert!(records.count() > 5);
    };
    all(&World::protected(DOMAIN), RecordAction::Keep, true);
    all(&World::protected(DOMAIN).status(404, "not here"), RecordAction::Replace, false);
}

#[test]
fn the_second_domain_of_an_owner_takes_nothing_from_the_first() {
    let of = |domain: &str| {
        let world = World::new(domain).mx(10, "aspmx.l.google.com");
        advise(&world.check(), now(), &Goal::RollOut).hosting
    };
    for (first, second) in of("shop.example").into_iter().zip(of("my-shop.example")) {
        for (one, other) in first.files.iter().zip(&second.files) {
            // What a server or a platform keeps lies under the domain's name; Caddy's file is added to.
            let is_apart = one.path != other.path || !one.path.starts_with('/') || first.id == "caddy";
            assert!(is_apart, "{}: {}", first.id, one.path);
        }
        let names = first.steps.iter().zip(&second.steps).filter(|(one, other)| one != other).count();
        assert!(names > 0, "{}: the steps name the domain", first.id);
    }
    let name = |domain: &str| {
        let worker = of(domain).into_iter().find(|way| way.id == "cloudflare-worker").expect("it is known");
        toml_of(&worker, "wrangler.toml")["name"].as_str().expect("a name").to_owned()
    };
    assert_eq!(name("shop.example"), "mta-sts-shop-example");
    assert_ne!(name("my-shop.example"), name("my.shop.example"));
}

#[test]
fn where_the_file_is_a_file_it_lies_at_the_address_that_senders_ask() {
    for (id, folder) in
        [("github-pages", ""), ("netlify", "public/"), ("vercel", "public/"), ("azure-static-web-apps", "")]
    {
        file(&hosting(id), &format!("{folder}.well-known/mta-sts.txt"));
    }
    file(&hosting("nginx"), "/var/www/mta-sts.shop.example/.well-known/mta-sts.txt");
}

#[test]
fn github_pages_keeps_dot_folders_and_knows_its_host() {
    let hosting = hosting("github-pages");
    assert_eq!((file(&hosting, ".nojekyll"), file(&hosting, "CNAME")), ("", "mta-sts.shop.example\n"));
}

#[test]
fn a_worker_is_deployed_to_the_policy_host_alone() {
    let config = toml_of(&hosting("cloudflare-worker"), "wrangler.toml");
    assert_eq!(config["routes"], json!([{ "pattern": "mta-sts.shop.example", "custom_domain": true }]));
    assert_eq!((&config["main"], &config["workers_dev"]), (&json!("worker.js"), &json!(false)));
}

#[test]
fn platforms_send_plain_text_and_have_no_fallback_page() {
    let netlify = toml_of(&hosting("netlify"), "netlify.toml");
    assert_eq!(netlify["build"]["publish"], "public");
    assert_eq!(
        netlify["headers"],
        json!([{ "for": "/.well-known/mta-sts.txt", "values": { "Content-Type": "text/plain" } }])
    );
    assert!(netlify.get("redirects").is_none());

    let vercel = json_of(&hosting("vercel"), "vercel.json");
    assert_eq!(vercel["headers"][0]["source"], "/.well-known/mta-sts.txt");
    assert_eq!(vercel["headers"][0]["headers"], json!([{ "key": "Content-Type", "value": "text/plain" }]));
    assert!(vercel.get("rewrites").is_none() && vercel.get("redirects").is_none());

    let azure = json_of(&hosting("azure-static-web-apps"), "staticwebapp.config.json");
    assert_eq!(azure["mimeTypes"][".txt"], "text/plain");
    assert!(azure.get("navigationFallback").is_none());
}

#[test]
fn the_cloudformation_template_holds_together() {
    let template = json_of(&hosting("s3-cloudfront"), "mta-sts.shop.example.json");
    let resources = template["Resources"].as_object().expect("resources");
    let mut named = Vec::new();
    names(&template, &mut named);
    for name in &named {
        assert!(name.starts_with("AWS::") || resources.contains_key(name), "{name} is not a resource");
    }
    assert!(named.len() >= 8, "{named:?}");
    let distribution = &resources["Distribution"]["Properties"]["DistributionConfig"];
    assert_eq!(distribution["Aliases"], json!(["mta-sts.shop.example"]));
    assert_eq!(distribution["DefaultCacheBehavior"]["TargetOriginId"], distribution["Origins"][0]["Id"]);
    assert_eq!(resources["Certificate"]["Properties"]["DomainName"], "mta-sts.shop.example");
    let steps = hosting("s3-cloudfront").steps.join("\n");
    assert!(steps.contains("--region us-east-1") && steps.contains("--content-type text/plain"), "{steps}");
}

/// What `Ref`, `Fn::GetAtt` and `Fn::Sub` name.
fn names(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value) {
                    ("Ref", Value::String(name)) => found.push(name.clone()),
                    ("Fn::GetAtt", Value::Array(path)) => found.extend(path[0].as_str().map(str::to_owned)),
                    ("Fn::Sub", Value::String(text)) => {
                        let inner = text.split("${").skip(1).filter_map(|rest| rest.split(['.', '}']).next());
                        found.extend(inner.map(str::to_owned));
                    }
                    _ => names(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}
