//! TLS reports, read and summed up where they are: nothing of them leaves the browser.

#![no_main]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Date, Promise};
use mta_sts_core::name::DomainName;
use mta_sts_core::report::Report;
use mta_sts_core::tls_report::{Question, Reader};
use mta_sts_web::object::{from_object, to_object};
use mta_sts_web::{domain, error, option, timestamp};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen(module = "/src/bin/reports/unpack.js")]
extern "C" {
    fn each(files: &JsValue, left: &JsValue, take: &JsValue, finish: &JsValue) -> Promise;
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

/// Reads TLS reports (RFC 8460 §4), plain or packed with gzip, and sums them up. A file that cannot be read is told in
/// the summary, and does not keep the others from being read. Throws a `CheckError` where `domain` is not one.
#[wasm_bindgen(js_name = readReports, unchecked_return_type = "Promise<TlsReportSummary>")]
pub fn read_reports(
    #[wasm_bindgen(unchecked_param_type = "Iterable<ReportFile>")] files: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReportOptions")] options: &JsValue,
) -> Promise {
    start_reading(files, options).unwrap_or_else(|error| Promise::reject(&error))
}

fn start_reading(files: &JsValue, options: &JsValue) -> Result<Promise, JsValue> {
    let about = match option(options, "domain").as_string() {
        Some(typed) => Some(domain(&typed).map_err(|problem| error(&problem))?),
        None => None,
    };
    let check = option(options, "report");
    let check: Option<Report> = if check.is_object() { Some(from_object(check)?) } else { None };
    let now = timestamp(option(options, "now").as_f64().unwrap_or_else(Date::now));

    let reader = Rc::new(RefCell::new(Reader::new()));
    let (left, taking) = (reader.clone(), reader.clone());
    let left = Closure::<dyn FnMut() -> usize>::new(move || left.borrow().unpacked_left());
    let take = Closure::<dyn FnMut(String, usize, Vec<u8>)>::new(move |name: String, packed, bytes: Vec<u8>| {
        // The summary tells what became of each file.
        let _ = taking.borrow_mut().add_unpacked(&name, packed, &bytes);
    });
    let finish = Closure::once_into_js(move || summary(&reader, about.as_ref(), check.as_ref(), now));
    Ok(each(files, &left.into_js_value(), &take.into_js_value(), &finish))
}

fn summary(
    reader: &RefCell<Reader>,
    domain: Option<&DomainName>,
    check: Option<&Report>,
    now: mta_sts_core::Timestamp,
) -> JsValue {
    to_object(&reader.take().finish(&Question { domain, check, now }))
}
