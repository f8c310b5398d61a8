import { connect, type Socket } from 'node:net';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

// A process of its own, as a sender is: it must not share its thread with the one whose waiting is measured.

export interface HostileOrder {
  readonly what: 'elements' | 'holding';
  readonly ingestUrl: string;
  readonly ingestHttpsUrl: string;
  readonly ingestKey: string;
  readonly syslog: { readonly tcp: number; readonly tls: number };
}

const senders = 100;
const heldConnections = 2_000;
const mebibyte = 1024 ** 2;
const path = '/v1/log-groups/hostile/log-streams/all/records';

/** It stands for other machines: of the processors here it takes what nobody else wants. */
setPriority(19);

/** Bodies that are small on the wire, each of which would have the process to itself if it were read in one piece. */
function hostileBodies(): { type: string; body: Uint8Array<ArrayBuffer> }[] {
  const packed = (text: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text, { level: 1 }));
  const ndjson = 'application/x-ndjson';
  return [
    { type: ndjson, body: packed(`{"a":"${'x'.repeat(60 * mebibyte)}"}`) },
    { type: ndjson, body: packed(`{"a":[${'{},'.repeat(20 * mebibyte)}1]}`) },
    { type: 'application/json', body: packed(`[{"a":${'['.repeat(30 * mebibyte)}`) },
    { type: 'text/plain; charset=shift_jis', body: packed('x'.repeat(60 * mebibyte)) },
    { type: 'text/plain', body: packed(Buffer.alloc(80 * mebibyte)) },
  ];
}

/** Does not take no for an answer. */
function sendElements(
  { ingestUrl, ingestKey }: HostileOrder,
  bodies: readonly { type: string; body: Uint8Array<ArrayBuffer> }[],
): void {
  const loop = async (first: number): Promise<never> => {
    for (let next = first; ; next += 1) {
      const { type, body } = bodies[next % bodies.length] ?? { type: 'text/plain', body: new Uint8Array() };
      const headers = { authorization: `Bearer ${ingestKey}`, 'content-type': type, 'content-encoding': 'gzip' };
      const isTaken = await fetch(ingestUrl + path, { method: 'POST', headers, body }).then(
        (answer) => answer.arrayBuffer().then(() => answer.status === 201),
        () => false,
      );
      if (!isTaken) await delay(100);
    }
  };
  for (let at = 0; at < senders; at += 1) void loop(at);
}

/** Requests that declare a body and send nothing, heads that do not end, handshakes, silence; who is let go comes back. */
function holdConnections({ syslog, ingestUrl, ingestHttpsUrl, ingestKey }: HostileOrder): void {
  const [http, https] = [ingestUrl, ingestHttpsUrl].map((url) => Number(new URL(url).port));
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nAuthorization: Bearer ${ingestKey}\r\n`;
  const kinds: [port: number | undefined, bytes: string, count: number][] = [
    [http, `${head}Content-Length: ${16 * mebibyte}\r\n\r\n`, 300],
    [http, '', heldConnections],
    [http, head, heldConnections],
    [https, '\u0016\u0003\u0001', heldConnections],
    [syslog.tcp, '', heldConnections],
    [syslog.tls, '\u0016\u0003\u0001', heldConnections],
  ];
  const hold = (port: number, bytes: string): void => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => setTimeout(() => hold(port, bytes), 1_000));
  };
  for (const [port = 0, bytes, count] of kinds) for (let at = 0; at < count; at += 1) hold(port, bytes);
}

let ready: (() => void) | undefined;
process.on('message', (message: HostileOrder | 'begin') => {
  if (message === 'begin') {
    ready?.();
    return;
  }
  const bodies = message.what === 'elements' ? hostileBodies() : [];
  ready = () => (message.what === 'elements' ? sendElements(message, bodies) : holdConnections(message));
  process.send?.('ready');
});
process.once('disconnect', () => process.exit(0));
