//! What others operate behind an alias: there a step cannot send anybody to a record or file that is not theirs. It says whom
//! to ask, and how to keep it oneself (RFC 8461 §8.2). All of it goes by what a step changes.

use super::dns_console::DnsConsole;
use super::remedy::{PastePlace, Remedy, ToDo};
use super::texts;
use crate::facts::Facts;
use crate::facts::operators::Operator;
use crate::name::labels::Txt;
use crate::rules::step::{Ask, Step, Target, ToPaste};

/// Puts asking in the place of steps that change what others operate.
pub(super) fn ask_operators(facts: &Facts<'_>, console: &DnsConsole<'_>, ask: Ask, remedy: &mut Remedy) {
    let changes = |wanted: fn(Target) -> Option<Txt>| remedy.steps.iter().find_map(|todo| wanted(todo.step.target()));
    let record = changes(|changes| if let Target::Record(txt) = changes { Some(txt) } else { None });
    let new_record = changes(|changes| if let Target::NewRecord(txt) = changes { Some(txt) } else { None });
    if let Some(txt) = record {
        let is_wildcard = match txt {
            Txt::Announce => facts.misplaced.is_wildcard,
            Txt::TlsRpt => facts.misplaced.is_tlsrpt_wildcard,
        };
        if is_wildcard || console.operator(txt).is_some_and(|operator| operator.is_of_other_use) {
            replace_alias(facts, console, txt, remedy);
            if is_wildcard {
                // A record of its own counts before a wildcard: there is nothing to delete.
                remedy.steps.retain(|todo| todo.step != Step::DeleteAliasFirst(txt));
            }
        } else {
            ask_for_record(facts, console, txt, ask, remedy);
        }
    } else if let Some(txt) = new_record {
        if console.operator(txt).is_some() {
            remedy.steps.insert(0, ToDo::of(Step::DeleteAliasFirst(txt)));
        }
    } else if console.file_operator().is_some() && remedy.steps.iter().any(|todo| is_at_the_file(todo.step)) {
        ask_for_file(facts, console, ask, remedy);
    } else {
        ask_for_new_id(facts, console, remedy);
    }
}

/// An alias for a name of the domain's own that has other records: those stay as they are, and this name gets its own.
fn replace_alias(facts: &Facts<'_>, console: &DnsConsole<'_>, txt: Txt, remedy: &mut Remedy) {
    let add = if txt == Txt::Announce { Step::AddRecord(txt) } else { Step::AddReportRecord };
    remedy.steps = [Step::DeleteAliasFirst(txt), add, Step::DomainOnce(txt)].map(ToDo::of).to_vec();
    let live = match txt {
        Txt::Announce => facts.announce.used().map(|record| record.text.clone()),
        Txt::TlsRpt => facts.tlsrpt.used().map(|record| record.text.clone()),
    };
    if let Some(live) = live {
        remedy.paste.retain(|paste| !matches!(paste.place, PastePlace::TxtValue(_)));
        remedy.paste(PastePlace::TxtValue(txt), live);
    }
    paste_new_value(facts, txt, remedy);
    if remedy.pasted(PastePlace::TxtHost(txt)).next().is_none() {
        texts::add(facts, console, &ToPaste::Host(txt), remedy);
    }
}

/// Whether a step changes the policy file, or what is served with it.
fn is_at_the_file(step: Step) -> bool {
    matches!(step.target(), Target::File | Target::FileAndId | Target::Server)
}

fn ask_for_record(facts: &Facts<'_>, console: &DnsConsole<'_>, txt: Txt, ask: Ask, remedy: &mut Remedy) {
    let Some(operator) = console.operator(txt) else { return };
    if operator.is_own {
        remedy.at_own_name = Some(txt);
        remedy.steps.insert(0, ToDo::of(Step::RecordIsAtOwnName(txt)));
    } else {
        remedy.steps = vec![ToDo::of(Step::AskForRecord(txt, ask))];
        take_record(facts, console, txt, remedy);
    }
}

/// Asking stands where the first step at the file stood; what is the domain's own to do stays.
fn ask_for_file(facts: &Facts<'_>, console: &DnsConsole<'_>, ask: Ask, remedy: &mut Remedy) {
    let is_file = |todo: &ToDo| matches!(todo.step.target(), Target::File | Target::FileAndId);
    let mut asking = if remedy.steps.iter().any(is_file) {
        let mut asking = vec![ToDo::of(Step::AskForFile(ask))];
        if !remedy.steps.iter().any(|todo| todo.step.puts_record_back()) {
            asking.push(ToDo::of(Step::ThenNewIdOfTheirs));
        }
        asking
    } else {
        vec![ToDo::of(Step::AskForServer(ask))]
    };
    let mut steps = Vec::new();
    for todo in std::mem::take(&mut remedy.steps) {
        let is_new_id = todo.step.target() == Target::Id && !todo.step.puts_record_back();
        if is_at_the_file(todo.step) || is_new_id {
            steps.append(&mut asking);
        } else {
            steps.push(put_back_by_operator(console, todo));
        }
    }
    remedy.steps = steps;
    if console.operator(Txt::Announce).is_some() {
        take_record(facts, console, Txt::Announce, remedy);
    } else {
        remedy.steps.push(ToDo::of(Step::TakeFileThenNewId));
        paste_new_value(facts, Txt::Announce, remedy);
    }
}

/// Where only a new id is another's to give, the words of a step say so by themselves.
fn ask_for_new_id(facts: &Facts<'_>, console: &DnsConsole<'_>, remedy: &mut Remedy) {
    let wants_it = |todo: &ToDo| todo.step.wants_new_id() || todo.step.puts_record_back();
    if console.operator(Txt::Announce).is_none() || !remedy.steps.iter().any(wants_it) {
        return;
    }
    for todo in &mut remedy.steps {
        *todo = put_back_by_operator(console, *todo);
    }
    take_record(facts, console, Txt::Announce, remedy);
}

fn put_back_by_operator(console: &DnsConsole<'_>, todo: ToDo) -> ToDo {
    match todo.step {
        step if step.puts_record_back() => match console.operator(Txt::Announce) {
            Some(Operator { is_of_other_use: true, .. }) => ToDo::of(Step::TakeRecord(Txt::Announce)),
            Some(_) => ToDo::of(Step::AskForRecord(Txt::Announce, Ask::PutRecordBack)),
            None => todo,
        },
        _ => todo,
    }
}

/// How to keep the record oneself, with a value for it.
fn take_record(facts: &Facts<'_>, console: &DnsConsole<'_>, txt: Txt, remedy: &mut Remedy) {
    if console.other_operator(txt).is_some() {
        remedy.steps.push(ToDo::of(Step::TakeRecord(txt)));
        paste_new_value(facts, txt, remedy);
    }
}

fn paste_new_value(facts: &Facts<'_>, txt: Txt, remedy: &mut Remedy) {
    let has_value = remedy.paste.iter().any(|paste| matches!(paste.place, PastePlace::TxtValue(_)));
    if let (false, Some(value)) = (has_value, texts::new_value(facts, txt)) {
        remedy.paste(PastePlace::TxtValue(txt), value);
    }
}
