import type { BatchOrigin } from './batch-origin.ts';
import { indexTimeJson } from './index-time.ts';
import { flatText, jsonString } from './json-text.ts';

/** Hosts of one batch whose piece is kept. */
const keptStreams = 512;

let lastOrigin: BatchOrigin | undefined;
let lastReceivedUs = -1;
let lastBlock = -1;
let streams = new Map<string, string>();
let lastStream = '';
let lastEnvelope = '';

export interface EnvelopeParts {
  readonly origin: BatchOrigin;
  readonly receivedAtUs: number;
  readonly block: number;
}

/**
 * What the documents of one batch and stream share, from `received_at` up to the value of `akashi.leaf`. Records of a
 * batch were received together and come one after the other.
 */
export function envelopeJson(place: EnvelopeParts, logStream: string): string {
  const { origin, receivedAtUs, block } = place;
  if (origin !== lastOrigin || receivedAtUs !== lastReceivedUs || block !== lastBlock) {
    lastOrigin = origin;
    lastReceivedUs = receivedAtUs;
    lastBlock = block;
    streams = new Map();
  } else if (logStream === lastStream) return lastEnvelope;
  let json = streams.get(logStream);
  if (json === undefined) {
    json = flatText(makeEnvelope(place, logStream));
    if (streams.size >= keptStreams) streams.clear();
    streams.set(flatText(logStream), json);
  }
  lastStream = logStream;
  lastEnvelope = json;
  return json;
}

function makeEnvelope({ origin, receivedAtUs, block }: EnvelopeParts, logStream: string): string {
  const { source } = origin;
  return (
    `,"received_at":${indexTimeJson(receivedAtUs)},"log.group":${jsonString(origin.logGroup)}` +
    `,"akashi.source":${jsonString(source.id)},"akashi.transport":"${source.kind}"` +
    `,"akashi.address":${jsonString(source.address)},"log.stream":${jsonString(logStream)}` +
    `,"akashi.block":${block},"akashi.leaf":`
  );
}
