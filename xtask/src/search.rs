//! What search engines are told: what not to ask for, which pages there are, and the one address of each.

use std::path::Path;

use anyhow::{Context, Result};

use crate::tree::Tree;

/// What a page says of its address, from the root of the site.
const CANONICAL: (&str, &str) = ("<link rel=\"canonical\" href=\"", "\">");

/// What a page says that is for nobody to find.
const NOT_INDEXED: &str = "<meta name=\"robots\" content=\"noindex\">";

/// Answers for programs, of which some take lookups at other people's servers. A check of somebody's domain as a page is
/// not in this list: that it is not to be indexed stands in the page, which has to be read for that.
const NOT_ASKED_FOR: [&str; 2] = ["/api/v1/", "/badge/"];

/// Adds `robots.txt`; and where the configuration tells the site's origin, the sitemap, with `more` addresses that are no
/// files. Without an origin there is none, since it has no relative form; nor have pages' own addresses, which are taken out.
pub(crate) fn add(tree: &mut Tree, configuration: &str, more: &[String]) -> Result<()> {
    let origin = origin(configuration)?;
    let pages: Vec<String> = tree.paths().filter(|path| is_page(path)).map(str::to_owned).collect();
    let mut addresses = more.to_vec();
    for page in &pages {
        let html = std::str::from_utf8(tree.get(page).unwrap_or_default())?;
        let Some((before, rest)) = html.split_once(CANONICAL.0) else { continue };
        let (address, after) = rest.split_once(CANONICAL.1).with_context(|| format!("{page} has half an address"))?;
        if !html.contains(NOT_INDEXED) {
            addresses.push(address.to_owned());
        }
        let link = origin.map(|origin| format!("{}{origin}{address}{}", CANONICAL.0, CANONICAL.1));
        let html = format!("{before}{}{after}", link.unwrap_or_default());
        tree.insert(page, html.into_bytes());
    }
    addresses.sort();
    let forbidden: String = NOT_ASKED_FOR.iter().map(|path| ["Disallow: ", path, "\n"].concat()).collect();
    let mut robots = format!("User-agent: *\n{forbidden}");
    if let Some(origin) = origin {
        robots = format!("{robots}\nSitemap: {origin}/sitemap.xml\n");
        tree.insert("sitemap.xml", sitemap(origin, &addresses).into_bytes());
    }
    tree.insert("robots.txt", robots.into_bytes());
    Ok(())
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|is| is == "html")
}

fn sitemap(origin: &str, addresses: &[String]) -> String {
    let location = |address: &String| ["<url><loc>", origin, &address.replace('&', "&amp;"), "</loc></url>\n"].concat();
    let locations: String = addresses.iter().map(location).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{locations}</urlset>\n"
    )
}

/// Where the site is, if `wrangler.toml` says: `SITE`, without a slash at its end.
fn origin(configuration: &str) -> Result<Option<&str>> {
    let line = configuration.lines().find_map(|line| line.strip_prefix("SITE = \"")?.strip_suffix('"'));
    let origin = line.context("wrangler.toml has no line SITE = \"…\"")?;
    if origin.is_empty() {
        return Ok(None);
    }
    let host = origin.strip_prefix("https://").filter(|host| {
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
    });
    host.map(|_| Some(origin))
        .with_context(|| format!("SITE in wrangler.toml is “{origin}”, not like https://check.example.org"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        let page =
            |address: &str, more: &str| format!("<title>T</title><link rel=\"canonical\" href=\"{address}\">{more}<p>");
        tree.insert("index.html", page("/", "").into_bytes());
        tree.insert("rules/a.html", page("/rules/a", "").into_bytes());
        tree.insert("secret.html", page("/secret", NOT_INDEXED).into_bytes());
        tree.insert("bare.html", b"<p>".to_vec());
        tree
    }

    fn text<'t>(tree: &'t Tree, path: &str) -> Option<&'t str> {
        tree.get(path).map(|bytes| std::str::from_utf8(bytes).unwrap())
    }

    #[test]
    fn where_the_origin_is_known_pages_and_sitemap_name_whole_addresses() {
        let mut tree = tree();
        add(&mut tree, "[vars]\nSITE = \"https://check.example.org\"\n", &["/check?a=b&c".to_owned()]).unwrap();
        assert_eq!(
            text(&tree, "index.html"),
            Some("<title>T</title><link rel=\"canonical\" href=\"https://check.example.org/\"><p>")
        );
        let map = text(&tree, "sitemap.xml").unwrap();
        let listed: Vec<&str> = map.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
        let here = |path: &str| format!("https://check.example.org{path}");
        assert_eq!(
            listed,
            [here("/"), here("/check?a=b&amp;c"), here("/rules/a")],
            "what is for nobody to find is not in it"
        );
        assert!(text(&tree, "robots.txt").unwrap().ends_with("\nSitemap: https://check.example.org/sitemap.xml\n"));
    }

    #[test]
    fn where_it_is_not_nothing_names_half_an_address() {
        let mut tree = tree();
        add(&mut tree, "SITE = \"\"", &[]).unwrap();
        assert_eq!(text(&tree, "index.html"), Some("<title>T</title><p>"));
        assert_eq!(text(&tree, "sitemap.xml"), None);
        assert_eq!(text(&tree, "robots.txt"), Some("User-agent: *\nDisallow: /api/v1/\nDisallow: /badge/\n"));
    }

    #[test]
    fn an_origin_is_https_and_a_host() {
        assert!(origin("").is_err());
        for wrong in ["check.example.org", "http://check.example.org", "https://check.example.org/", "https://HOST"] {
            assert!(origin(&format!("SITE = \"{wrong}\"")).is_err(), "{wrong}");
        }
    }
}
