import { gzipSync } from 'node:zlib';
import type { Receipt } from '@akashi/contracts';
import { codeOf, parseObject, reasonOf } from './json-answer.ts';
import { parseRetryAfter } from './retry-after.ts';
import { sendPost, type HttpAnswer, type Trust } from './send-request.ts';

export interface IntakeSettings {
  /** Such as `https://logs.example.jp:3002`. */
  readonly endpoint: string;
  /** The ingest key; as a function it is read anew for each request, so that a replaced one is used at once. */
  readonly key: string | (() => string);
  /** Sent with every batch, such as `Akashi-Time-Zone`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly answerWithinMs?: number;
  /** The authority of an `https` endpoint, where the system does not know it; made by `createTrust`. */
  readonly trust?: Trust | undefined;
}

export interface IntakeBatch {
  readonly logGroup: string;
  readonly logStream: string;
  /** One text a record; line ends inside stay. */
  readonly records: readonly string[];
  /** 1 to 255 visible ASCII characters. The same key and records again give the same receipt and nothing twice. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** gzip for bodies over a kibibyte; true when not given. */
  readonly compress?: boolean;
}

/** What came of one batch. Only `accepted` means that every record of it is on durable storage. */
export type IntakeAnswer =
  | { readonly kind: 'accepted'; readonly receipt: Receipt }
  /** 400, 413, 415, 422: this content will never be taken. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** 409: the idempotency key was used with other content. */
  | { readonly kind: 'conflict'; readonly code: string }
  /** 401, 403. */
  | { readonly kind: 'denied'; readonly status: number; readonly code: string }
  /** Not an answer that the intake of Akashi gives. */
  | { readonly kind: 'unexpected'; readonly status: number }
  /** 408, 425, 429, 5xx: the same batch may be sent again, not before `retryAfterMs`. */
  | { readonly kind: 'busy'; readonly status: number; readonly code: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'stopped' };

export interface IntakeClient {
  /** Sends the batch once. Never throws for what the network or the server does. */
  send(batch: IntakeBatch, options?: { signal?: AbortSignal }): Promise<IntakeAnswer>;
  /**
   * Sends the batch until it is taken, refused for good or out of time; waits as the server asks. Without an
   * idempotency key in the batch a repetition may be kept twice.
   */
  deliver(batch: IntakeBatch, options: { withinMs: number; signal?: AbortSignal }): Promise<IntakeAnswer>;
}

const defaultAnswerWithinMs = 60_000;
const compressFromBytes = 1024;
const firstWaitMs = 100;
const longestWaitMs = 10_000;

export function createIntakeClient(settings: IntakeSettings): IntakeClient {
  const send: IntakeClient['send'] = async (batch, { signal } = {}) => {
    const body = Buffer.from(JSON.stringify(batch.records));
    // gzip and not zstd: every supported Node has it, so a repeated batch has the same bytes after an upgrade too.
    const packed = batch.compress !== false && body.length >= compressFromBytes ? gzipSync(body, { level: 4 }) : null;
    const timeout = AbortSignal.timeout(settings.answerWithinMs ?? defaultAnswerWithinMs);
    try {
      const answer = await sendPost(
        recordsUrl(settings.endpoint, batch),
        {
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
          headers: {
            ...settings.headers,
            ...batch.headers,
            Authorization: `Bearer ${typeof settings.key === 'string' ? settings.key : settings.key()}`,
            'Content-Type': 'application/json',
            ...(packed === null ? {} : { 'Content-Encoding': 'gzip' }),
            ...(batch.idempotencyKey === undefined ? {} : { 'Idempotency-Key': batch.idempotencyKey }),
          },
          body: new Uint8Array(packed ?? body),
        },
        settings.trust,
      );
      return readAnswer(answer, batch.records.length);
    } catch (error) {
      return signal?.aborted === true ? { kind: 'stopped' } : { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
  return { send, deliver: (batch, options) => deliver(send, batch, options) };
}

function recordsUrl(endpoint: string, { logGroup, logStream }: IntakeBatch): string {
  const base = endpoint.replace(/\/+$/, '');
  return `${base}/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/${encodeURIComponent(logStream)}/records`;
}

function readAnswer({ status, retryAfter, text }: HttpAnswer, sent: number): IntakeAnswer {
  const json = parseObject(text);
  const code = codeOf(json);
  if (status === 200 || status === 201) {
    // The count may be higher than what was sent, since the server splits lines over its limit; never lower.
    const count = json?.['records'];
    const isReceipt = typeof json?.['batchId'] === 'string' && (typeof count !== 'number' || count >= sent);
    return isReceipt ? { kind: 'accepted', receipt: json as unknown as Receipt } : { kind: 'unexpected', status };
  }
  if (status === 401 || status === 403) return { kind: 'denied', status, code };
  if (status === 400 || status === 413 || status === 415 || status === 422) return { kind: 'refused', status, code };
  if (status === 409) return { kind: 'conflict', code };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const retryAfterMs = parseRetryAfter(retryAfter, Date.now());
    return { kind: 'busy', status, code, retryAfterMs };
  }
  return { kind: 'unexpected', status };
}

async function deliver(
  send: IntakeClient['send'],
  batch: IntakeBatch,
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal },
): Promise<IntakeAnswer> {
  const deadlineMs = performance.now() + withinMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const left = AbortSignal.timeout(Math.max(1, Math.ceil(deadlineMs - performance.now())));
    const answer = await send(batch, { signal: signal === undefined ? left : AbortSignal.any([signal, left]) });
    if (signal?.aborted === true) return { kind: 'stopped' };
    if (answer.kind === 'stopped') return { kind: 'unreachable', reason: 'no answer in time' };
    if (answer.kind !== 'busy' && answer.kind !== 'unreachable') return answer;
    const asked = answer.kind === 'busy' ? (answer.retryAfterMs ?? 0) : 0;
    const pauseMs = Math.max(asked, waitMs);
    if (performance.now() + pauseMs >= deadlineMs) return answer;
    await pause(pauseMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
