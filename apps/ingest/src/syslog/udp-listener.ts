import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { explainListenError } from '@akashi/server-kit';
import { plainAddress } from '../sender/address-range.ts';
import { trimEnd } from './frame-splitter.ts';
import { RecordBatcher } from './record-batcher.ts';
import type { SyslogListenerSettings } from './syslog-listener-settings.ts';
import type { SyslogListener } from './tcp-listener.ts';

/** Asked for; the kernel gives at most net.core.rmem_max. */
const receiveBufferBytes = 8 * 1024 * 1024;
/** UDP cannot be held back: what does not fit here while the inbox refuses is dropped and counted. */
const maxWaitingBytes = 32 * 1024 * 1024;
const maxSenders = 10_000;

/** Syslog over UDP (RFC 5426): one datagram is one message. */
export async function listenUdp(settings: SyslogListenerSettings): Promise<SyslogListener> {
  const socket = createSocket({ type: isIPv6(settings.bind) ? 'udp6' : 'udp4' });
  const batchers = new Map<string, RecordBatcher>();
  const filled = new Set<RecordBatcher>();
  let table = settings.senders.table;
  let waitingBytes = 0;

  function batcherOf(address: string): RecordBatcher | undefined {
    if (table !== settings.senders.table) {
      // A source may have another tenant or log group now. Batches that are on their way keep the origin they have.
      table = settings.senders.table;
      batchers.clear();
    }
    const known = batchers.get(address);
    if (known !== undefined) return known;
    const source = table.sourceOf({ address });
    if (source === undefined) return undefined;
    const { landing, logger, metrics } = settings;
    const onGivenUp = (records: number): void => metrics.dropped('syslog-udp', 'stopped', records);
    const onUndecodable = (bytes: number): void => metrics.undecodable('syslog-udp', bytes);
    const told = { onGivenUp, onUndecodable };
    const batcher = new RecordBatcher({ landing, source, kind: 'syslog-udp', address, logger, ...told });
    if (batchers.size >= maxSenders) dropIdle(batchers);
    batchers.set(address, batcher);
    return batcher;
  }

  /** All datagrams that one turn of the event loop read go into the same batches. */
  function flushFilled(): void {
    waitingBytes = 0;
    for (const batcher of filled) {
      batcher.flush();
      waitingBytes += batcher.waitingBytes;
      if (batcher.waitingBytes === 0) filled.delete(batcher);
    }
    if (filled.size > 0) schedule();
  }

  let scheduled: NodeJS.Timeout | NodeJS.Immediate | undefined;
  function schedule(): void {
    scheduled = setTimeout(() => {
      scheduled = undefined;
      flushFilled();
    }, 5);
  }

  socket.on('message', (message: Buffer, peer: RemoteInfo) => {
    const address = plainAddress(peer.address);
    const batcher = batcherOf(address);
    if (batcher === undefined) {
      settings.unknownSenders.note({ kind: 'syslog-udp', address, reason: 'no-source', port: socket.address().port });
      return;
    }
    const end = trimEnd(message, 0, message.length);
    if (end === 0) return;
    const decision = settings.quotas.decide(batcher.tenantId);
    if (decision.code !== 'open') {
      settings.metrics.dropped('syslog-udp', decision.code, 1);
      return;
    }
    if (waitingBytes + end > maxWaitingBytes) {
      settings.metrics.dropped('syslog-udp', 'backlog-full', 1);
      return;
    }
    batcher.add(message, { start: 0, end, flags: 0 });
    waitingBytes += end;
    filled.add(batcher);
    scheduled ??= setImmediate(() => {
      scheduled = undefined;
      flushFilled();
    });
  });
  await bind(socket, settings);
  enlargeReceiveBuffer(socket, settings);
  return {
    port: socket.address().port,
    async close() {
      await new Promise<void>((resolve) => {
        socket.close(() => resolve());
      });
      await Promise.all([...batchers.values(), ...filled].map((batcher) => batcher.close()));
    },
  };
}

function dropIdle(batchers: Map<string, RecordBatcher>): void {
  for (const [address, batcher] of batchers) if (batcher.isIdle) batchers.delete(address);
}

function enlargeReceiveBuffer(socket: Socket, { logger }: SyslogListenerSettings): void {
  socket.setRecvBufferSize(receiveBufferBytes);
  const given = socket.getRecvBufferSize();
  // Linux reports twice what it grants, for its own bookkeeping.
  if (given < receiveBufferBytes) {
    logger.warn(
      { givenBytes: given, wantedBytes: receiveBufferBytes },
      'The UDP receive buffer is small, so bursts may be dropped: raise net.core.rmem_max.',
    );
  }
}

function bind(socket: Socket, { port, bind: address }: SyslogListenerSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      const explained = explainListenError(error, { port, bind: address });
      reject(explained instanceof Error ? explained : error);
    });
    socket.bind({ port, address, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      resolve();
    });
  });
}
