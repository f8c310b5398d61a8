import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { findEncoding } from '@akashi/line-text';
import { maxRecordBytes } from '../landing/landing.ts';
import { FrameSplitter, type OnRecord } from './frame-splitter.ts';
import { LineRoom } from './line-room.ts';
import { FramePace, unfinishedMs } from './frame-pace.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';
import { ReadingHold } from './reading-hold.ts';
import { RecordBatcher, type RecordBatcherSettings } from './record-batcher.ts';
import { WideLineSplitter } from './wide-line-splitter.ts';

/** Syslog senders keep idle connections open; one that says nothing for so long is taken to be gone. */
const idleMs = 60 * 60 * 1000;
/** When the process stops, what is already on its way is still read; plain syslog has no other way to be told. */
const quietMs = 50;
const quietDeadlineMs = 1000;
/** What unfinished over-long lines of all connections may have in memory; one that finds no room is cut at once. */
const longLines = new LineRoom(64 * 1024 * 1024);
/** Then it is looked again: the quota may have been raised. */
const longestHoldMs = 5_000;

export interface TcpConnection {
  /** Stops reading; resolves when everything that was read is durable and the socket is gone. */
  close(): Promise<void>;
}

/** Reads one syslog connection to its end. `onEnd` is called once everything of it is durable. */
export function serveTcpConnection(
  socket: Socket,
  batching: Omit<RecordBatcherSettings, 'onPressure'> & { quotas: Pick<IntakeQuotas, 'decide'> },
  onEnd: () => void,
): TcpConnection {
  const { quotas, source } = batching;
  const hold = new ReadingHold(socket);
  let quotaTimer: NodeJS.Timeout | undefined;
  /** What the organisation has used up is not read for as long; a suspended one is let go. */
  function keepQuota(): void {
    const decision = quotas.decide(source.tenantId);
    if (decision.code === 'tenant-suspended') {
      socket.destroy();
      return;
    }
    const isOver = decision.code === 'quota-exceeded';
    hold.set('quota', isOver);
    // A connection that we do not read is not idle.
    socket.setTimeout(isOver ? 0 : splitter.hasPartialFrame ? unfinishedMs : idleMs);
    if (isOver) quotaTimer = setTimeout(keepQuota, Math.min(decision.waitMs, longestHoldMs));
  }
  const batcher = new RecordBatcher({
    ...batching,
    onPressure: (isHigh) => hold.set('pressure', isHigh),
  });
  const pace = new FramePace(() => performance.now());
  const splitter = openSplitter(source.encoding, (bytes, part) => {
    pace.advance();
    batcher.add(bytes, part);
  });
  function endUnfinished(): void {
    if (!splitter.endLine()) {
      socket.destroy();
      return;
    }
    batcher.flush();
    keepQuota();
  }
  socket.setKeepAlive(true, 60_000);
  socket.setTimeout(idleMs);
  socket.on('timeout', endUnfinished);
  socket.on('data', (chunk: Buffer) => {
    if (!splitter.hasPartialFrame) pace.advance();
    pace.add(chunk.length);
    splitter.push(chunk);
    batcher.flush();
    if (splitter.hasPartialFrame && pace.isTooSlow) endUnfinished();
    else keepQuota();
  });
  // Resets and handshake failures end in "close" as well, which is where everything is put in order.
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      clearTimeout(quotaTimer);
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

function openSplitter(encodingName: string | null, onRecord: OnRecord): FrameSplitter | WideLineSplitter {
  const encoding = findEncoding(encodingName ?? '');
  if (encoding?.unit === 2) return new WideLineSplitter(encoding, maxRecordBytes, onRecord);
  return new FrameSplitter(maxRecordBytes, onRecord, longLines);
}

async function untilQuiet(socket: Socket): Promise<void> {
  const deadline = performance.now() + quietDeadlineMs;
  for (let seen = -1; !socket.destroyed && socket.bytesRead !== seen && performance.now() < deadline;) {
    seen = socket.bytesRead;
    await wait(quietMs);
  }
}
