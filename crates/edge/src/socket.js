// A TCP connection, which the bindings offer only with an asynchronous runtime of its own.

import { connect } from 'cloudflare:sockets';

/** Sends bytes to an address, and hands on what comes back until `take` has enough, the host ends it or the time is up. */
export async function exchange(hostname, port, bytes, take, signal) {
  const socket = connect({ hostname, port }, { secureTransport: 'off', allowHalfOpen: false });
  const close = () => void socket.close().catch(() => {});
  signal.addEventListener('abort', close);
  try {
    await socket.writable.getWriter().write(bytes);
    const reader = socket.readable.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || take(value)) return;
    }
  } finally {
    close();
  }
}
