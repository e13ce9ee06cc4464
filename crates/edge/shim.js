// The entry of the Worker. A panic aborts the WASM instance, which is of no use afterwards: the next request starts a
// fresh one, so that one request's bug is not every other's.
import * as worker from "./mta_sts_edge.js";

let aborted = false;

function note(error) {
  if (error instanceof WebAssembly.RuntimeError) aborted = true;
}

addEventListener("error", (event) => note(event.error));
addEventListener("unhandledrejection", (event) => note(event.reason));

export default {
  async fetch(request, env, context) {
    if (aborted) {
      worker.__wbg_reset_state();
      aborted = false;
    }
    try {
      return await worker.fetch(request, env, context);
    } catch (error) {
      note(error);
      throw error;
    }
  },
};
