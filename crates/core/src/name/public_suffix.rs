//! Names under which strangers register names of their own, by a rule of thumb: the whole list of public suffixes weighs more
//! than the rest of the core.

/// Whether strangers register names under this one, as far as a rule of thumb can tell.
pub(crate) fn is_public_suffix(name: &str) -> bool {
    const PRIVATE: &[&str] =
        &["github.io", "herokuapp.com", "netlify.app", "pages.dev", "vercel.app", "web.app", "workers.dev"];
    let by_country = |(second, top): (&str, &str)| top.len() == 2 && is_second_level(second, top);
    !name.contains('.') || name.split_once('.').is_some_and(by_country) || PRIVATE.contains(&name)
}

/// Whether a country's registry gives out names under this second label, as far as a rule of thumb can tell.
fn is_second_level(second: &str, country: &str) -> bool {
    /// Countries, two letters each, that have all names of the second level for that.
    const ALL: &str = "ckerfkjmmmnppg";
    /// Those that have few or none of the five usual names.
    const FLAT: &str = "adaqasatawaxbebfbgbvbycacccdcfcgchclcrcxczdedjdkeufifofrgagbgdgfgggmgqgsgwhmhrhuidieisitjejpkekrliltlumcmdmhmp\
        mqmrncnenfnlnonupmpwrerosesisjsksmsrsusxsztctdtftgtktltvtzusvavgwfytzw";
    /// Names that are a company's own elsewhere, and the countries that have them.
    const SOME: &[(&str, &str)] = &[
        (
            "co",
            "aeagamaoatazbbbdbibjbnbwbzcaciclcmcrczdedkdmggglgyhuidiliminioiritjejpkekrlclsmamemgmumwmznaninlnonzomplpnrors\
            rwssstszthtjtmtttzuaugukusuzvevizmzw",
        ),
        ("ac", "aeatbdbebwcicncrcyegfjgnidiliminirjpkekrlklsmamemlmumwmzninzpapkprrsrurwseszthtzugukvnzmzw"),
        ("or", "atbicicriditjpkekrmuthtzugus"),
        ("go", "cicriditjpkekrthtjtzug"),
        ("ne", "jpkekrtzugus"),
        ("me", "eginitkekrsosstzukus"),
        ("id", "aubdcvfjirlvlyusvn"),
        ("ltd", "cygihklknguauk"),
        ("plc", "lynguk"),
    ];
    let lists = |codes: &str| codes.as_bytes().chunks_exact(2).any(|code| code == country.as_bytes());
    match second {
        _ if lists(ALL) => true,
        "com" | "edu" | "gov" | "net" | "org" => !lists(FLAT),
        _ => SOME.iter().any(|(name, countries)| *name == second && lists(countries)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that registries use most, in every country, against the real list.
    #[test]
    fn the_rule_of_thumb_is_right_nearly_always() {
        let letters = || (b'a'..=b'z').map(char::from);
        let countries: Vec<String> = letters()
            .flat_map(|first| letters().map(move |second| [first, second].iter().collect()))
            .filter(|code: &String| {
                psl::suffix(format!("x.any.{code}").as_bytes()).is_some_and(|suffix| suffix.is_known())
            })
            .collect();
        let words = ["ac", "co", "com", "edu", "gov", "id", "ltd", "me", "mil", "net", "ne", "nom", "or", "org", "plc"];
        let (mut right, mut false_alarms, mut misses) = (0, 0, 0);
        for country in &countries {
            for word in words {
                let base = format!("{word}.{country}");
                let is_suffix = psl::suffix_str(&format!("x.{base}")) == Some(&base);
                match (is_public_suffix(&base), is_suffix) {
                    (true, true) => right += 1,
                    (true, false) => false_alarms += 1,
                    (false, true) => misses += 1,
                    (false, false) => {}
                }
            }
        }
        // In the list of 2025: 934 right, 88 false alarms (such as gov.es and com.uk), 120 misses (most of them mil and nom).
        let told =
            format!("{} countries: {right} right, {false_alarms} false alarms, {misses} misses", countries.len());
        assert!(countries.len() > 240 && right > 900 && false_alarms < 110 && misses < 150, "{told}");
    }
}
