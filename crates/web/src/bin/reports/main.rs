//! TLS reports, read and summed up where they are: nothing of them leaves the browser.

#![no_main]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use mta_sts_core::name::DomainName;
use mta_sts_core::report::Report;
use mta_sts_core::tls_report::{Filter, Question, ReadError, Reader, Summary};
use mta_sts_core::{Date, Timestamp};
use mta_sts_js::{domain, from_object, now, timestamp, to_object};
use mta_sts_view as view;
use mta_sts_web::{error, option};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen(module = "/src/bin/reports/unpack.js")]
extern "C" {
    fn each(files: &JsValue, reader: &JsValue, watch: &JsValue) -> Promise;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Report, TlsReportSummary } from './check.js';

/** A file with its bytes; a `File` or a named `Blob` will do. */
export type ReportFile = File | { name?: string; bytes: Uint8Array | ArrayBuffer };

/** What a summary is to be about. */
export interface ReportOptions {
  /** The domain; without it that of `report`, or the only one that the reports name. */
  domain?: string;
  /** A check of the same domain: causes are tied to what it found. */
  report?: Report;
  /** Today, in milliseconds since 1970; without it the browser's own clock. */
  now?: number;
  /** Which reports are listed one by one and as a table: the first and the last day, as `2026-11-24`, and the sender. */
  from?: string;
  to?: string;
  sender?: string;
}

/** How reading goes on. */
export interface ReadingOptions {
  /** Is told how many of the files are done, now and then. */
  progress?: (done: number) => void;
  /** Ends the reading once it is aborted; what was read stays. */
  signal?: AbortSignal;
}
";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Reports that were read, to be asked about more than once: no file is read again.
#[wasm_bindgen]
#[derive(Default)]
pub struct ReportSet {
    reader: Rc<RefCell<Reader>>,
}

#[wasm_bindgen]
impl ReportSet {
    /// A set without reports.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads more files: TLS reports (RFC 8460 §4), plain or packed with gzip, in archives or attached to saved mail. One
    /// that cannot be read is told in the summary, and does not keep the others from being read.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn add(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "ReadingOptions")] options: &JsValue,
    ) -> Promise {
        each(files, &for_script(&self.reader, || JsValue::UNDEFINED), options)
    }

    /// What they say together. Throws a `CheckError` where `domain` is not one.
    #[wasm_bindgen(unchecked_return_type = "TlsReportSummary")]
    pub fn summary(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(to_object(&Asked::read(options)?.sum_up(&self.reader)))
    }

    /// The same as HTML, a fragment for a page.
    pub fn show(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
    ) -> Result<String, JsValue> {
        Ok(view::tls_reports(&Asked::read(options)?.sum_up(&self.reader)))
    }

    /// The same reports as a table for a spreadsheet (CSV, RFC 4180): those of `domain`, or all.
    pub fn tabulate(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
    ) -> Result<String, JsValue> {
        Ok(Asked::read(options)?.table(&self.reader))
    }
}

/// Reads TLS reports (RFC 8460 §4), plain or packed with gzip, in archives or attached to saved mail, and sums them up. A
/// file that cannot be read is told in the summary, and does not keep the others from being read. Throws a `CheckError`
/// where `domain` is not one.
#[wasm_bindgen(js_name = readReports, unchecked_return_type = "Promise<TlsReportSummary>")]
pub fn read_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |reader, asked| to_object(&asked.sum_up(reader)))
}

/// The same summary as HTML, a fragment for a page.
#[wasm_bindgen(js_name = showReports, unchecked_return_type = "Promise<string>")]
pub fn show_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |reader, asked| view::tls_reports(&asked.sum_up(reader)).into())
}

/// What the same reports say as a table for a spreadsheet (CSV, RFC 4180): those of `domain`, or all.
#[wasm_bindgen(js_name = tabulateReports, unchecked_return_type = "Promise<string>")]
pub fn tabulate_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |reader, asked| asked.table(reader).into())
}

/// What a caller asked about.
struct Asked {
    domain: Option<DomainName>,
    check: Option<Report>,
    now: Timestamp,
    filter: Filter,
}

impl Asked {
    fn read(options: &JsValue) -> Result<Self, JsValue> {
        let domain = match option(options, "domain").as_string() {
            Some(typed) => Some(domain(&typed).map_err(|problem| error(&problem))?),
            None => None,
        };
        let check = option(options, "report");
        let check = if check.is_object() { Some(from_object(check)?) } else { None };
        let now = option(options, "now").as_f64().map_or_else(now, timestamp);
        let text = |name| option(options, name).as_string().filter(|text| !text.is_empty());
        let day = |name| text(name).and_then(|text| Date::from_leading_digits(&text.replace('-', "")));
        let filter = Filter { from: day("from"), to: day("to"), sender: text("sender") };
        Ok(Self { domain, check, now, filter })
    }

    fn sum_up(&self, reader: &RefCell<Reader>) -> Summary {
        let mut reader = reader.borrow_mut();
        reader.filter(self.filter.clone());
        reader.sum_up(&Question { domain: self.domain.as_ref(), check: self.check.as_ref(), now: self.now })
    }

    fn table(&self, reader: &RefCell<Reader>) -> String {
        let mut reader = reader.borrow_mut();
        reader.filter(self.filter.clone());
        reader.csv(self.domain.as_ref())
    }
}

fn read(files: &JsValue, options: &JsValue, finish: fn(&RefCell<Reader>, &Asked) -> JsValue) -> Promise {
    match Asked::read(options) {
        Ok(asked) => {
            let reader = Rc::new(RefCell::new(Reader::new()));
            let own = reader.clone();
            each(files, &for_script(&reader, move || finish(&own, &asked)), options)
        }
        Err(error) => Promise::reject(&error),
    }
}

/// A reader for the script that opens files; `finish` gives what its promise resolves to.
fn for_script(reader: &Rc<RefCell<Reader>>, finish: impl FnOnce() -> JsValue + 'static) -> JsValue {
    let of_script = Object::new();
    let give = |name: &str, function: JsValue| {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&of_script, &name.into(), &function);
    };
    let own = reader.clone();
    let taken_left = Closure::<dyn FnMut() -> usize>::new(move || own.borrow().taken_left());
    give("takenLeft", taken_left.into_js_value());
    let own = reader.clone();
    let unpacked_left = Closure::<dyn FnMut() -> usize>::new(move || own.borrow().unpacked_left());
    give("unpackedLeft", unpacked_left.into_js_value());
    let own = reader.clone();
    let take = move |name: String, packed, bytes: Vec<u8>, domain: String| {
        // The summary tells what became of each file.
        let _ = own.borrow_mut().add_of_mail(&domain, &name, packed, &bytes);
    };
    let take = Closure::<dyn FnMut(String, usize, Vec<u8>, String)>::new(take);
    give("take", take.into_js_value());
    let own = reader.clone();
    let refuse = Closure::<dyn FnMut(String, String)>::new(move |name: String, trouble: String| {
        own.borrow_mut().refuse(&name, trouble_of(&trouble));
    });
    give("refuse", refuse.into_js_value());
    give("finish", Closure::once_into_js(finish));
    of_script.into()
}

/// The script's word for why it could not read a file.
fn trouble_of(word: &str) -> ReadError {
    match word {
        "no-attachment" => ReadError::NoAttachment,
        "nothing" => ReadError::NoReportInside,
        "one-too-large" => ReadError::OneUnpacksToTooMuch,
        "tar-broken" => ReadError::BrokenTar,
        "too-deep" => ReadError::TooDeep,
        "too-large" => ReadError::UnpacksToTooMuch,
        "too-many" => ReadError::TooManyFiles,
        "zip-broken" => ReadError::BrokenZip,
        "zip-unusual" => ReadError::UnusualZip,
        _ => ReadError::Unreadable,
    }
}
