//! What works on one text, with no network: all that the editor loads until a domain is looked up.

#![no_main]

use js_sys::{Object, Reflect};
use mta_sts_core::lint;
use mta_sts_js::{to_ascii, to_object};
use mta_sts_view as view;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Lint } from './check.js';

/** What a text is: the body of a policy file, an announce record or a TLS-RPT record. */
export type TextKind = 'policy' | 'record' | 'tlsrpt';

/** A text as an editor shows it. */
export interface Draft {
  lint: Lint;
  /** What it is worth, in a word or two; empty where there is no text. */
  standing: string;
  /** The text with marks around its faults, as HTML. */
  marked: string;
  /** What it is worth, and why, as HTML. */
  html: string;
}
";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Judges the text of a policy file.
#[wasm_bindgen(js_name = lintPolicy, unchecked_return_type = "Lint")]
pub fn lint_policy(text: &str) -> JsValue {
    to_object(&lint::policy(text.as_bytes(), to_ascii))
}

/// Judges the text of an announce record.
#[wasm_bindgen(js_name = lintRecord, unchecked_return_type = "Lint")]
pub fn lint_record(text: &str) -> JsValue {
    to_object(&lint::record(text))
}

/// Judges the text of a TLS-RPT record.
#[wasm_bindgen(js_name = lintTlsRpt, unchecked_return_type = "Lint")]
pub fn lint_tls_rpt(text: &str) -> JsValue {
    to_object(&lint::tls_rpt(text))
}

/// Judges a text of any kind, with what an editor shows of it.
#[wasm_bindgen(js_name = judgeText, unchecked_return_type = "Draft")]
pub fn judge_text(#[wasm_bindgen(unchecked_param_type = "TextKind")] kind: &str, text: &str) -> JsValue {
    let lint = match kind {
        "policy" => lint::policy(text.as_bytes(), to_ascii),
        "tlsrpt" => lint::tls_rpt(text),
        _ => lint::record(text),
    };
    let draft = Object::new();
    let parts: [(&str, JsValue); 4] = [
        ("lint", to_object(&lint)),
        ("standing", view::standing(text, &lint).into()),
        ("marked", view::marked(text, &lint).into()),
        ("html", view::judged(text, &lint).into()),
    ];
    for (name, part) in parts {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&draft, &name.into(), &part);
    }
    draft.into()
}
