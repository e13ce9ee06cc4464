//! Steps of core's work, counted: a module of WASM with core's trials gets a counter, and runs in Node.js.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walrus::ir::{
    BinaryOp, Binop, Const, GlobalGet, GlobalSet, Instr, InstrLocId, InstrSeq, LocalGet, LocalTee, UnaryOp, Unop,
    Value, VisitorMut, dfs_pre_order_mut,
};
use walrus::{ConstExpr, GlobalId, LocalId, Module, ValType};

use crate::tool::{WASM, command, ensure_wasm_target, run, target_dir};

/// Counts, and fails where something grows faster than its input; `show` prints every figure.
pub(crate) fn count(show: bool) -> Result<()> {
    ensure_wasm_target()?;
    run(command("cargo").args(["build", "--locked", "--quiet", "--release", "--target", WASM, "-p", "work"]))?;
    let built = target_dir()?.join(WASM).join("release/work.wasm");
    let counting = counting(&built)?;
    let mut node = command("node");
    node.arg("e2e/work.mjs").env("WORK", counting);
    if show {
        node.env("SHOW", "1");
    }
    run(&mut node)
}

/// The module with a global `steps`, to which every run of instructions adds how many it has, and every copy its bytes.
fn counting(built: &Path) -> Result<PathBuf> {
    let mut module = Module::from_file(built).with_context(|| built.display().to_string())?;
    let steps = module.globals.add_local(ValType::I64, true, false, ConstExpr::Value(Value::I64(0)));
    module.exports.add("steps", steps);
    let length = module.locals.add(ValType::I32);
    for (_, function) in module.funcs.iter_local_mut() {
        let entry = function.entry_block();
        dfs_pre_order_mut(&mut Counter { steps, length }, function, entry);
    }
    let out = built.with_file_name("counting.wasm");
    module.emit_wasm_file(&out)?;
    Ok(out)
}

/// Puts the counting into a function.
struct Counter {
    steps: GlobalId,
    /// A place for the length of a copy.
    length: LocalId,
}

impl VisitorMut for Counter {
    fn end_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        let long = Value::I64(i64::try_from(sequence.instrs.len()).unwrap_or(i64::MAX));
        let mut counted = added(self.steps, vec![Const { value: long }.into()]);
        for (instruction, place) in std::mem::take(&mut sequence.instrs) {
            if matches!(instruction, Instr::MemoryCopy(_) | Instr::MemoryFill(_)) {
                counted.push((LocalTee { local: self.length }.into(), InstrLocId::default()));
                let bytes = [LocalGet { local: self.length }.into(), Unop { op: UnaryOp::I64ExtendUI32 }.into()];
                counted.extend(added(self.steps, bytes.into()));
            }
            counted.push((instruction, place));
        }
        sequence.instrs = counted;
    }
}

/// Adds to the counter what some instructions leave.
fn added(steps: GlobalId, what: Vec<Instr>) -> Vec<(Instr, InstrLocId)> {
    let mut all = vec![GlobalGet { global: steps }.into()];
    all.extend(what);
    all.extend([Binop { op: BinaryOp::I64Add }.into(), GlobalSet { global: steps }.into()]);
    all.into_iter().map(|instruction| (instruction, InstrLocId::default())).collect()
}
