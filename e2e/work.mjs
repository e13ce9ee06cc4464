// Counts the steps of core's work, in WASM, on what strangers send to keep it busy: it grows like the input, and no faster.
// `WORK` is the module, with a counter of steps in it; with `SHOW`, every figure is printed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

/** Bytes of the smaller inputs. */
const SIZE = 32 * 1024;
/** Most by which anything may grow where the input doubles. */
const GROWTH = 2.2;
/** What is spent on anything, however small, and may come in leaps. */
const FREE = { steps: 100_000, allocations: 100, bytes: 64 * 1024 };
/** Most bytes of an answer. */
const ANSWER = 512 * 1024;

const { instance } = await WebAssembly.instantiate(await readFile(process.env.WORK));
const { memory, steps, prepare, name, name_length, run, allocations, allocated, answer } = instance.exports;

function measure(size) {
  const count = prepare(size);
  return Array.from({ length: count }, (_, trial) => {
    const start = name(trial);
    const called = new TextDecoder().decode(new Uint8Array(memory.buffer, start, name_length()));
    const before = { steps: steps.value, allocations: allocations(), bytes: allocated() };
    run(trial);
    const spent = {
      steps: Number(steps.value - before.steps),
      allocations: allocations() - before.allocations,
      bytes: (allocated() - before.bytes) >>> 0,
    };
    return { called, ...spent, answer: answer(), memory: memory.buffer.byteLength };
  });
}

const [small, large] = [measure(SIZE), measure(2 * SIZE)];
const broken = [];
const shown = [["", "steps at n", "at 2n", "times", "allocations", "at 2n", "bytes", "at 2n", "answer", "at 2n"]];
for (const [at, one] of small.entries()) {
  const two = large[at];
  const grows = Object.entries(FREE).filter(([what, free]) => two[what] > one[what] * GROWTH + free).map(([what]) => what);
  if (two.answer > ANSWER) grows.push("answer");
  if (grows.length > 0) broken.push(`${one.called}: ${grows} (${JSON.stringify(one)}, then ${JSON.stringify(two)})`);
  const times = (two.steps / one.steps).toFixed(2);
  shown.push([one.called, one.steps, two.steps, times, one.allocations, two.allocations, one.bytes, two.bytes, one.answer, two.answer]);
}
if (process.env.SHOW) {
  for (const [called, ...figures] of shown) console.log(called.padEnd(64) + figures.map((figure) => String(figure).padStart(12)).join(""));
}
assert.ok(small.length > 200, `${small.length} trials`);
assert.deepEqual(broken, []);
console.log(`${small.length} trials at ${SIZE} and ${2 * SIZE} bytes: none grows by more than ${GROWTH} times`);
