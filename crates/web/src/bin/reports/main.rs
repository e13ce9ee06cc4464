//! TLS reports, read and summed up where they are: nothing of them leaves the browser.

#![no_main]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use mta_sts_core::Timestamp;
use mta_sts_core::name::DomainName;
use mta_sts_core::report::Report;
use mta_sts_core::tls_report::{Question, ReadError, Reader};
use mta_sts_js::{domain, from_object, now, timestamp, to_object};
use mta_sts_view as view;
use mta_sts_web::{error, option};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen(module = "/src/bin/reports/unpack.js")]
extern "C" {
    fn each(files: &JsValue, reader: &JsValue) -> Promise;
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
}
";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Reads TLS reports (RFC 8460 §4), plain or packed with gzip, in ZIP archives or attached to saved mail, and sums them
/// up. A file that cannot be read is told in the summary, and does not keep the others from being read. Throws a
/// `CheckError` where `domain` is not one.
#[wasm_bindgen(js_name = readReports, unchecked_return_type = "Promise<TlsReportSummary>")]
pub fn read_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |reader, asked| to_object(&reader.finish(&asked.question())))
}

/// The same summary as HTML, a fragment for a page.
#[wasm_bindgen(js_name = showReports, unchecked_return_type = "Promise<string>")]
pub fn show_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |reader, asked| view::tls_reports(&reader.finish(&asked.question())).into())
}

/// What the same reports say as a table for a spreadsheet (CSV, RFC 4180): those of `domain`, or all.
#[wasm_bindgen(js_name = tabulateReports, unchecked_return_type = "Promise<string>")]
pub fn tabulate_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    read(files, options, |mut reader, asked| reader.csv(asked.domain.as_ref()).into())
}

/// What a caller asked about.
struct Asked {
    domain: Option<DomainName>,
    check: Option<Report>,
    now: Timestamp,
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
        Ok(Self { domain, check, now })
    }

    fn question(&self) -> Question<'_> {
        Question { domain: self.domain.as_ref(), check: self.check.as_ref(), now: self.now }
    }
}

fn read(files: &JsValue, options: &JsValue, finish: fn(Reader, &Asked) -> JsValue) -> Promise {
    match Asked::read(options) {
        Ok(asked) => each(files, &reader(asked, finish)),
        Err(error) => Promise::reject(&error),
    }
}

/// A reader for the script that opens files.
fn reader(asked: Asked, finish: fn(Reader, &Asked) -> JsValue) -> JsValue {
    let reader = Rc::new(RefCell::new(Reader::new()));
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
    let take = Closure::<dyn FnMut(String, usize, Vec<u8>)>::new(move |name: String, packed, bytes: Vec<u8>| {
        // The summary tells what became of each file.
        let _ = own.borrow_mut().add_unpacked(&name, packed, &bytes);
    });
    give("take", take.into_js_value());
    let own = reader.clone();
    let refuse = Closure::<dyn FnMut(String, String)>::new(move |name: String, trouble: String| {
        own.borrow_mut().refuse(&name, trouble_of(&trouble));
    });
    give("refuse", refuse.into_js_value());
    give("finish", Closure::once_into_js(move || finish(reader.take(), &asked)));
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
