import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { maxRecordBytes } from '../landing/landing.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { RecordBatcher, type RecordBatcherSettings } from './record-batcher.ts';

/** A message that is not finished for so long is kept as it is, and the connection is given up. */
const unfinishedMs = 60_000;
/** Syslog senders keep idle connections open; one that says nothing for so long is taken to be gone. */
const idleMs = 60 * 60 * 1000;
/** When the process stops, what is already on its way is still read; plain syslog has no other way to be told. */
const quietMs = 50;
const quietDeadlineMs = 1000;

export interface TcpConnection {
  /** Stops reading; resolves when everything that was read is durable and the socket is gone. */
  close(): Promise<void>;
}

/** Reads one syslog connection to its end. `onEnd` is called once everything of it is durable. */
export function serveTcpConnection(
  socket: Socket,
  batching: Omit<RecordBatcherSettings, 'onPressure'>,
  onEnd: () => void,
): TcpConnection {
  const batcher = new RecordBatcher({
    ...batching,
    onPressure: (isHigh) => (isHigh ? socket.pause() : socket.resume()),
  });
  const splitter = new FrameSplitter(maxRecordBytes, (source, part) => batcher.add(source, part));
  socket.setKeepAlive(true, 60_000);
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    splitter.push(chunk);
    batcher.flush();
    socket.setTimeout(splitter.hasPartialFrame ? unfinishedMs : idleMs);
  });
  // Resets and handshake failures end in "close" as well, which is where everything is put in order.
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      splitter.end();
      batcher.drain().then(resolve, resolve);
    });
  });
  void ended.then(onEnd);
  return {
    async close() {
      await untilQuiet(socket);
      socket.destroy();
      await batcher.close();
      await ended;
    },
  };
}

async function untilQuiet(socket: Socket): Promise<void> {
  const deadline = Date.now() + quietDeadlineMs;
  for (let seen = -1; !socket.destroyed && socket.bytesRead !== seen && Date.now() < deadline;) {
    seen = socket.bytesRead;
    await wait(quietMs);
  }
}
