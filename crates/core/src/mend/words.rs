//! Puts remedies into words: each sentence of a language's tables, with what is known of the domain in its place.

use super::dns_console::DnsConsole;
use super::english::{self, dns, new_id, sign};
use super::remedy::{Paste, PastePlace, Remedy, ToDo};
use crate::facts::operators::Operator;
use crate::name::labels::Txt;
use crate::providers::{self, DnsHost};
use crate::report::{Copyable, Fix};
use crate::rules::own_steps;
use crate::rules::rule::Judged;
use crate::rules::step::{Ask, Step};
use crate::text::template::fill;

/// A remedy of a finding, in words.
pub(crate) fn fix(console: &DnsConsole<'_>, judged: &Judged, remedy: &Remedy) -> Fix {
    let (title, own) = match remedy.offer {
        Some(name) => (english::offer(name).title, english::offer(name).steps.to_vec()),
        None => own_steps(judged),
    };
    let texts = judged.arguments.iter().find(|(name, _)| *name == "texts").map(|(_, texts)| texts.as_str());
    let words = |todo: &ToDo| {
        let about = About { at_own_name: remedy.at_own_name, texts, ..About::of(console) };
        match todo.step {
            Step::Own(_) => about.fill(own.get(todo.own).copied().unwrap_or_default()),
            step => about.step(step),
        }
    };
    Fix {
        title: title.to_owned(),
        steps: remedy.steps.iter().map(words).collect(),
        copy: remedy.paste.iter().map(|paste| copyable(console, paste)).collect(),
        offer: remedy.offer.map(str::to_owned),
        policy: remedy.policy_change(),
    }
}

/// The general sentences of a rule's steps, at any provider.
pub(super) fn general(steps: &[Step], own: &[&'static str]) -> Vec<String> {
    let about = About::of(&DnsConsole::GENERAL);
    let mut own = own.iter();
    let words = |step: &Step| match step {
        Step::Own(_) => about.fill(own.next().copied().unwrap_or_default()),
        step => about.step(*step),
    };
    steps.iter().map(words).collect()
}

/// A text to paste, with what it is called.
pub(crate) fn copyable(console: &DnsConsole<'_>, paste: &Paste) -> Copyable {
    let label = english::label(paste.place, console.wants_quotes()).to_owned();
    let place = paste.place.name().to_owned();
    let copy = match paste.place {
        PastePlace::TxtValue(_) => Copyable::new(label, &console.txt_value(&paste.text)),
        _ => Copyable::new(label, &paste.text),
    };
    Copyable { place, ..copy }
}

/// A text to paste, as [`copyable`] got it; none of a place that is not known.
pub(crate) fn paste(console: &DnsConsole<'_>, copy: &Copyable) -> Option<Paste> {
    let place = PastePlace::named(&copy.place)?;
    let text = match place {
        PastePlace::TxtValue(_) => console.plain_value(&copy.text),
        _ => copy.text.clone(),
    };
    Some(Paste { place, text })
}

/// The sentence of a step, for a domain.
pub(crate) fn sentence(console: &DnsConsole<'_>, step: Step) -> String {
    About::of(console).step(step)
}

/// A sentence of other tables: its own arguments in place of the words in braces, and else what is known of the domain.
pub(crate) fn filled(
    console: &DnsConsole<'_>,
    template: &'static str,
    argument: impl Fn(&'static str) -> Option<String>,
) -> String {
    let about = About::of(console);
    fill(template, |word, out| match argument(word) {
        Some(value) => out.push_str(&value),
        None => about.put(word, out),
    })
}

/// What sentences are about.
#[derive(Clone, Copy)]
struct About<'c, 'f> {
    console: &'c DnsConsole<'f>,
    /// The record that the step is about.
    txt: Option<Txt>,
    /// What somebody is asked.
    ask: Option<&'static str>,
    /// The record that is spoken of by the name of the domain's own that its alias leads to.
    at_own_name: Option<Txt>,
    /// Records that the finding quotes.
    texts: Option<&'c str>,
}

impl<'c, 'f> About<'c, 'f> {
    fn of(console: &'c DnsConsole<'f>) -> Self {
        Self { console, txt: None, ask: None, at_own_name: None, texts: None }
    }

    fn step(self, step: Step) -> String {
        let txt = match step {
            Step::FindRecords(txt)
            | Step::EditRecord(txt)
            | Step::ReplaceValue(txt)
            | Step::AddRecord(txt)
            | Step::DomainOnce(txt)
            | Step::DeleteAliasFirst(txt)
            | Step::RecordIsAtOwnName(txt)
            | Step::AskForRecord(txt, _)
            | Step::TakeRecord(txt) => Some(txt),
            Step::AskForFile(_) | Step::AskForServer(_) => None,
            _ => Some(Txt::Announce),
        };
        let about = Self { txt, ask: english::ask(step), ..self };
        let has_own_record = || txt.and_then(|txt| self.console.operator(txt)).is_some_and(|operator| operator.is_own);
        about.fill(match step {
            Step::DomainOnce(_) => about.domain_once(),
            Step::Sign => about.sign(),
            Step::TakeRecord(Txt::Announce) if self.console.file_operator().is_some() => english::TAKE_RECORD_AND_FILE,
            Step::TakeRecord(_) => english::TAKE_RECORD,
            Step::AskForRecord(..) if has_own_record() => english::OWN_RECORD,
            Step::AskForRecord(Txt::Announce, Ask::NewId) if about.is_at_service() => english::SETS_ID_ITSELF,
            step => english::step(step).unwrap_or_default(),
        })
    }

    fn fill(self, template: &'static str) -> String {
        fill(template, |word, out| self.put(word, out))
    }

    fn put(self, word: &'static str, out: &mut String) {
        let is_known = self.word(word, out);
        debug_assert!(is_known, "no step has the word {word}");
    }

    /// Whether the word is known; then what it stands for was put in.
    fn word(self, word: &'static str, out: &mut String) -> bool {
        let console = self.console;
        match word {
            "dns" => out.push_str(&self.fill(self.dns())),
            "dns host" => out.push_str(console.host.map_or(dns::HOST, |host| host.name)),
            "place" => out.push_str(console.host.and_then(|host| host.place).unwrap_or_default()),
            "zone" => out.push_str(console.zone.unwrap_or(dns::DOMAIN)),
            "announce" => out.push_str(&self.record_host(Txt::Announce)),
            "tlsrpt" => out.push_str(&self.record_host(Txt::TlsRpt)),
            "record" => out.push_str(&self.txt.map(|txt| self.record_host(txt)).unwrap_or_default()),
            "policy host" => out.push_str(&console.host("mta-sts")),
            "full name" => {
                let name = self.txt.zip(console.domain).map(|(txt, domain)| format!("{}.{domain}", txt.label()));
                out.push_str(&name.unwrap_or_default());
            }
            "quotes" => out.push_str(english::QUOTES[usize::from(console.wants_quotes())]),
            "once" => out.push_str(&Self { txt: self.txt.or(Some(Txt::Announce)), ..self }.fill_once()),
            "sign" => out.push_str(&self.fill(self.sign())),
            "new id" => out.push_str(&Self { txt: Some(Txt::Announce), ..self }.fill(self.new_id())),
            "alias" => out.push_str(&match self.txt {
                Some(txt) => console.host(txt.label()),
                None => console.host("mta-sts"),
            }),
            "target" => out.push_str(self.operator().map_or("", |operator| operator.target)),
            "own name" => out.push_str(self.operator().map_or("", |operator| console.below(operator.target))),
            "others" => out.push_str(self.texts.unwrap_or(english::OTHERS)),
            "how" => out.push_str(english::HOW[usize::from(self.is_at_service())]),
            "ask" => out.push_str(self.ask.unwrap_or_default()),
            "operator" => {
                let company = self.operator().and_then(|operator| providers::operator(operator.target));
                out.push_str(company.unwrap_or(english::SOMEBODY));
            }
            _ => return false,
        }
        true
    }

    /// Whoever operates what the step is about: the record, or the policy file.
    fn operator(self) -> Option<Operator<'f>> {
        match self.txt {
            Some(txt) => self.console.operator(txt),
            None => self.console.file_operator(),
        }
    }

    /// Whether the customers of whoever operates it change there what is theirs.
    fn is_at_service(self) -> bool {
        self.operator().is_some_and(|operator| providers::hosted_policies(operator.target).is_some())
    }

    /// The host of a record, as the console wants it.
    fn record_host(self, txt: Txt) -> String {
        match self.console.operator(txt).filter(|_| self.at_own_name == Some(txt)) {
            Some(operator) => self.console.below(operator.target).to_owned(),
            None => self.console.host(txt.label()),
        }
    }

    fn dns(self) -> &'static str {
        match (self.console.zone, self.console.host) {
            (None, _) => dns::GENERAL,
            (Some(_), None) => dns::UNKNOWN,
            (Some(_), Some(DnsHost { place: Some(_), .. })) => dns::AT_PLACE,
            (Some(_), Some(_)) => dns::AT,
        }
    }

    fn domain_once(self) -> &'static str {
        let is_console_known = self.console.host.is_some() && self.console.zone.is_some();
        english::domain_once(is_console_known, self.console.domain.is_some())
    }

    fn fill_once(self) -> String {
        self.fill(self.domain_once())
    }

    fn sign(self) -> &'static str {
        match self.console.host {
            Some(DnsHost { signs: true, .. }) => sign::OFFERED,
            Some(_) => sign::PERHAPS,
            None => sign::UNKNOWN,
        }
    }

    fn new_id(self) -> &'static str {
        match self.console.operator(Txt::Announce) {
            None => new_id::OWN,
            Some(operator) if operator.is_of_other_use => new_id::IN_PLACE_OF_ALIAS,
            Some(operator) if operator.is_own => new_id::AT_OWN_NAME,
            Some(_) if self.is_at_service() => new_id::OF_SERVICE,
            Some(operator) if providers::operator(operator.target).is_some() => new_id::OF_COMPANY,
            Some(_) => new_id::OF_SOMEBODY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::step::{Ask, Target};
    use crate::rules::{self, steps_of};
    use crate::text::template::has_all;

    /// The steps that are a rule's own or a case's, each with its sentence.
    fn own_sentences() -> Vec<(&'static str, Step, &'static str)> {
        let mut all = Vec::new();
        for rule in rules::all() {
            let of_cases =
                rule.cases.iter().map(|case| (case.steps.unwrap_or_default(), steps_of(rule, Some(case.name))));
            for (steps, sentences) in of_cases.chain([(rule.steps, steps_of(rule, None))]) {
                let own = steps.iter().filter(|step| matches!(step, Step::Own(_)));
                all.extend(own.zip(sentences).map(|(step, sentence)| (rule.id, *step, sentence)));
            }
        }
        all
    }

    /// Every step that is no rule's own.
    fn shared_steps() -> Vec<Step> {
        let mut steps = vec![
            Step::AddReportRecord,
            Step::ChooseMailbox,
            Step::SaveThenNewId,
            Step::ThenNewId,
            Step::Enforce,
            Step::TestMeanwhile,
            Step::PutRecordBack,
            Step::ThenPutRecordBack,
            Step::CheckAgain,
            Step::ThenNewIdOfTheirs,
            Step::TakeFile,
            Step::TakeFileThenNewId,
            Step::FileServesAll,
        ];
        for txt in [Txt::Announce, Txt::TlsRpt] {
            steps.extend([
                Step::FindRecords(txt),
                Step::EditRecord(txt),
                Step::ReplaceValue(txt),
                Step::AddRecord(txt),
                Step::DeleteAliasFirst(txt),
                Step::RecordIsAtOwnName(txt),
            ]);
        }
        let asks = [
            Ask::Correct,
            Ask::LeaveOneRecord,
            Ask::ShortenTtl,
            Ask::ServeAtAddress,
            Ask::Enforce,
            Ask::TestAgain,
            Ask::ShortenMaxAge,
            Ask::AllowServers,
            Ask::AllowServer,
            Ask::AllowRealName,
            Ask::DropOldServers,
            Ask::TestIfFailing,
            Ask::EnforceAgain,
            Ask::PutBack,
            Ask::PutRecordBack,
            Ask::SetToValue,
            Ask::NewId,
            Ask::ReplaceFile,
        ];
        for ask in asks {
            steps.extend([Step::AskForRecord(Txt::Announce, ask), Step::AskForFile(ask), Step::AskForServer(ask)]);
        }
        steps
    }

    /// Parts of sentences: what a word stands for has words of its own.
    fn clauses() -> Vec<&'static str> {
        let mut clauses = vec![dns::GENERAL, dns::UNKNOWN, dns::AT, dns::AT_PLACE, dns::HOST, dns::DOMAIN];
        clauses.extend([
            new_id::OWN,
            new_id::IN_PLACE_OF_ALIAS,
            new_id::AT_OWN_NAME,
            new_id::OF_COMPANY,
            new_id::OF_SOMEBODY,
        ]);
        clauses.extend(english::QUOTES);
        clauses.push(english::SOMEBODY);
        clauses
    }

    fn sentences() -> Vec<&'static str> {
        let mut all = vec![english::TAKE_RECORD, english::TAKE_RECORD_AND_FILE, english::OWN_RECORD];
        all.extend([sign::OFFERED, sign::PERHAPS, sign::UNKNOWN]);
        all.extend(
            [(true, true), (true, false), (false, true), (false, false)]
                .map(|(console, domain)| english::domain_once(console, domain)),
        );
        all.extend(own_sentences().into_iter().map(|(_, _, sentence)| sentence));
        all.extend(shared_steps().into_iter().map(|step| english::step(step).expect("a shared step has its sentence")));
        all.extend(providers::offers().flat_map(|(_, offer)| english::offer(offer.name).steps));
        all
    }

    #[test]
    fn no_sentence_has_a_word_that_nobody_fills() {
        let about = About::of(&DnsConsole::GENERAL);
        for sentence in sentences().into_iter().chain(clauses()) {
            assert!(has_all(sentence, |word| about.word(word, &mut String::new())), "{sentence}");
            assert_eq!(sentence.matches('{').count(), sentence.matches('}').count(), "{sentence}");
        }
    }

    #[test]
    fn every_sentence_ends_in_a_stop() {
        for sentence in sentences() {
            assert!(sentence.ends_with(['.', '?', '}']) && !sentence.contains("  "), "{sentence}");
        }
        for (_, offer) in providers::offers() {
            let title = english::offer(offer.name).title;
            assert!(!title.is_empty() && !title.ends_with('.'), "a title is not a sentence: {title}");
        }
    }

    #[test]
    fn a_sentence_sees_to_a_new_id_where_its_step_says_so() {
        for (rule, step, sentence) in own_sentences() {
            assert_eq!(sentence.contains("{new id}"), step.wants_new_id(), "{rule}: {step:?}: {sentence}");
        }
        for step in shared_steps().into_iter().filter(|step| !matches!(step.target(), Target::Record(_))) {
            let sentence = english::step(step).expect("a shared step has its sentence");
            assert_eq!(sentence.contains("{new id}"), step.wants_new_id(), "{step:?}: {sentence}");
        }
    }

    #[test]
    fn a_value_with_quotation_marks_is_called_otherwise() {
        let value = PastePlace::TxtValue(Txt::Announce);
        assert_ne!(english::label(value, true), english::label(value, false));
        assert_eq!(english::label(PastePlace::Ttl, true), english::label(PastePlace::Ttl, false));
    }
}
