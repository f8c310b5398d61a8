import type { BatchOrigin } from './batch-origin.ts';
import { indexTimeJson } from './index-time.ts';
import { flatText, jsonString } from './json-text.ts';

/** Hosts of one batch whose piece is kept. */
const keptStreams = 512;

let lastOrigin: BatchOrigin | undefined;
let lastReceivedUs = -1;
let lastSegment = '';
let lastTenant = '';
let streams = new Map<string, string>();
let lastStream = '';
let lastEnvelope = '';

export interface EnvelopeParts {
  readonly origin: BatchOrigin;
  readonly receivedAtUs: number;
  readonly tenantId: string;
  readonly segmentId: string;
}

/**
 * What the documents of one batch and stream share, from `received_at` up to the value of `akashi.position`. Records of a
 * batch were received together and come one after the other.
 */
export function envelopeJson(place: EnvelopeParts, logStream: string): string {
  const { origin, receivedAtUs, segmentId, tenantId } = place;
  const isOfSameSegment = segmentId === lastSegment && tenantId === lastTenant;
  if (origin !== lastOrigin || receivedAtUs !== lastReceivedUs || !isOfSameSegment) {
    lastOrigin = origin;
    lastReceivedUs = receivedAtUs;
    lastSegment = segmentId;
    lastTenant = tenantId;
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

function makeEnvelope({ origin, receivedAtUs, tenantId, segmentId }: EnvelopeParts, logStream: string): string {
  const { source } = origin;
  return (
    `,"received_at":${indexTimeJson(receivedAtUs)},"log.group":${jsonString(origin.logGroup)}` +
    `,"akashi.source":${jsonString(source.id)},"akashi.transport":"${source.kind}"` +
    `,"akashi.address":${jsonString(source.address)},"log.stream":${jsonString(logStream)}` +
    `,"akashi.tenant":"${tenantId}","akashi.segment":"${segmentId}","akashi.position":`
  );
}
