import { partEnd } from '@akashi/line-text';

import { AgentFault } from './agent-fault.ts';
import { backOffMs, busyBackOff, refusedBackOff } from './back-off.ts';
import { partKey } from './batch.ts';
import { refusedRecord } from './gap.ts';
import type { Say } from './say.ts';
import { sendBatch, type Answer, type BatchRequest } from './send-batch.ts';

export type Delivery = BatchRequest & {
  readonly place: { readonly file: string; readonly from: number; readonly to: number };
};

export type Courier = {
  readonly say: Say;
  readonly stop: AbortSignal;
  /** Read anew for each try, so that a replaced key is used without a restart. */
  readonly accessKey: () => string;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves early when `stop` fires. */
  readonly pause: (ms: number) => Promise<void>;
  /** With --once: how long nothing may be accepted before the run is given up; null waits for ever. */
  readonly patienceMs: number | null;
};

export type DeliveryResult = 'delivered' | 'stopped';

/** Records are not cut smaller than this to make them fit. */
const smallestPart = 1024;
const repeatSentenceMs = 600_000;

/**
 * Brings one batch to the server, for as long as it takes. A batch that is refused is halved until the refused record stands
 * alone; that record is skipped, and one that says so takes its place. Every part has a key that follows from the batch's,
 * so going through it again after a crash doubles nothing.
 */
export async function deliver(delivery: Delivery, courier: Courier): Promise<DeliveryResult> {
  const answer = await sendUntilSettled(delivery, courier);
  switch (answer.kind) {
    case 'accepted':
      return 'delivered';
    case 'stopped':
      return 'stopped';
    case 'conflict':
      courier.say.line(
        `the server knows the batch of ${delivery.to.logGroup} at byte ${delivery.place.from} with other content; it is sent under a new key.`,
      );
      await courier.pause(busyBackOff.baseMs);
      return deliver({ ...delivery, key: partKey(delivery.key, 'again') }, courier);
    case 'refused':
      return deliverRefused(delivery, answer, courier);
  }
}

async function deliverRefused(
  delivery: Delivery,
  answer: { status: number; code: string },
  courier: Courier,
): Promise<DeliveryResult> {
  const { records, parts } = delivery;
  const isText = records.length === 1;
  const both = isText ? (answer.status === 413 ? textHalves(records[0] ?? '') : null) : halves(records);
  if (both !== null) {
    for (const [index, half] of both.entries()) {
      const isFirst = index === 0;
      const within = {
        continues: isFirst ? parts.continues : isText,
        more: isFirst ? isText : parts.more,
      };
      const key = partKey(delivery.key, String(index));
      const result = await deliver({ ...delivery, records: half, key, parts: within }, courier);
      if (result === 'stopped') return 'stopped';
    }
    return 'delivered';
  }
  const { file, from, to } = delivery.place;
  const text = refusedRecord({ file, fromByte: from, toByte: to, status: answer.status, code: answer.code });
  const replaced = await sendUntilSettled(
    {
      ...delivery,
      records: [text],
      key: partKey(delivery.key, 'refused'),
      parts: { continues: false, more: false },
    },
    courier,
  );
  if (replaced.kind === 'stopped') return 'stopped';
  if (replaced.kind === 'refused' || replaced.kind === 'conflict') {
    // Not the record is at fault when a plain sentence is refused too: skipping would lose everything one by one.
    const sentence = `the server refuses everything for log group ${delivery.to.logGroup} (${answer.status} ${answer.code}).`;
    if (courier.patienceMs !== null) throw new AgentFault('server_refuses', sentence);
    courier.say.line(`${sentence} Nothing is skipped; the agent tries again.`);
    await courier.pause(refusedBackOff.maxMs);
    return courier.stop.aborted ? 'stopped' : deliver(delivery, courier);
  }
  courier.say.line(
    `the server refused a record of ${file} (${answer.status} ${answer.code}, bytes ${from} to ${to}); it was skipped and a record says so in its place.`,
  );
  return 'delivered';
}

type Settled = Extract<Answer, { kind: 'accepted' | 'refused' | 'conflict' | 'stopped' }>;

async function sendUntilSettled(request: BatchRequest, courier: Courier): Promise<Settled> {
  const startedMs = courier.now();
  let saidAtMs: number | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (courier.stop.aborted) return { kind: 'stopped' };
    const answer = await sendBatch(request, {
      accessKey: courier.accessKey(),
      nowMs: courier.now(),
      stop: courier.stop,
    });
    if (
      answer.kind === 'accepted' ||
      answer.kind === 'refused' ||
      answer.kind === 'conflict' ||
      answer.kind === 'stopped'
    ) {
      if (saidAtMs !== null && answer.kind === 'accepted')
        courier.say.line(`the server takes records for ${request.to.logGroup} again.`);
      return answer;
    }
    const trouble = describe(answer, request);
    const nowMs = courier.now();
    const hopeless = answer.kind === 'denied' || answer.kind === 'unexpected';
    if (courier.patienceMs !== null && (hopeless || nowMs - startedMs >= courier.patienceMs)) {
      throw new AgentFault(hopeless ? 'server_refuses' : 'server_unreachable', `${trouble}.`);
    }
    if (saidAtMs === null || nowMs - saidAtMs >= repeatSentenceMs) {
      courier.say.line(`${trouble}; the agent waits and tries again, nothing is skipped.`);
      saidAtMs = nowMs;
    }
    const wait = backOffMs(hopeless ? refusedBackOff : busyBackOff, attempt, {
      random: courier.random(),
      retryAfterMs: answer.kind === 'busy' ? answer.retryAfterMs : null,
    });
    const left = courier.patienceMs === null ? wait : Math.max(0, startedMs + courier.patienceMs - nowMs);
    await courier.pause(Math.min(wait, left));
  }
}

function describe(answer: Exclude<Answer, Settled>, request: BatchRequest): string {
  const group = request.to.logGroup;
  switch (answer.kind) {
    case 'denied':
      if (answer.code === 'https-required')
        return `the server takes keys over HTTPS only (403 ${answer.code}): give --endpoint an https:// address and --ca its authority's file, and replace the key, which came over the network unencrypted`;
      return answer.status === 401
        ? `the server does not know the key in the key file (401 ${answer.code})`
        : `the key may not write to log group ${group} (403 ${answer.code})`;
    case 'unexpected':
      return `what answers at ${request.to.endpoint} is not the intake of Akashi (status ${answer.status}): check --endpoint`;
    case 'busy':
      return `the server asks to wait (${answer.status}) for log group ${group}`;
    case 'unreachable':
      return `the server at ${request.to.endpoint} can't be reached (${answer.reason}${hintFor(answer.reason)})`;
  }
}

/** What helps where the certificate is of an authority that this machine does not know. */
function hintFor(reason: string): string {
  const isUnknownAuthority = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/.test(reason);
  return isUnknownAuthority ? ': --ca names the file of its certificate authority' : '';
}

function halves(records: string[]): [string[], string[]] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)];
}

/** Cut where a long line would be: between words and apart from digits, if the text has such a place. */
function textHalves(text: string): [string[], string[]] | null {
  if (text.length < 2 * smallestPart) return null;
  const bytes = Buffer.from(text);
  const cut = partEnd(bytes, { start: 0, end: bytes.length, maxBytes: Math.ceil(bytes.length / 2) });
  return [[bytes.toString('utf8', 0, cut)], [bytes.toString('utf8', cut)]];
}
