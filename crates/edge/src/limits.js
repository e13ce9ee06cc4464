// The binding of rate limits: `worker` has it too, and reads its answer by a library that weighs more than all else here.

/** Whether a key may be counted once more; undefined where there is no such binding. Rejects where the limiter fails. */
export const permits = async (env, binding, key) => (await env[binding]?.limit({ key }))?.success;
