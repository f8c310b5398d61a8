import { gzipSync } from 'node:zlib';

import { parseRetryAfter } from './back-off.ts';

export type Destination = { readonly endpoint: string; readonly logGroup: string; readonly logStream: string };
export type BatchRequest = {
  readonly to: Destination;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly records: string[];
  readonly compress: boolean;
};

export type Answer =
  | { readonly kind: 'accepted' }
  /** 400, 413, 422: this content will never be taken. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** 409: the key was used with other content. */
  | { readonly kind: 'conflict'; readonly code: string }
  /** 401, 403. */
  | { readonly kind: 'denied'; readonly status: number; readonly code: string }
  /** Not an answer that the intake of Akashi gives. */
  | { readonly kind: 'unexpected'; readonly status: number }
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'stopped' };

const answerWithinMs = 60_000;
const compressFromBytes = 1024;

export type Sending = { readonly accessKey: string; readonly nowMs: number; readonly stop: AbortSignal };

/** Sends one batch once. Only a receipt for all of its records counts as accepted. */
export async function sendBatch(request: BatchRequest, sending: Sending): Promise<Answer> {
  const plain = Buffer.from(JSON.stringify(request.records));
  // gzip and not zstd: every supported Node has it, so a repeated batch has the same bytes after an upgrade too.
  const packed = request.compress && plain.length >= compressFromBytes ? gzipSync(plain, { level: 4 }) : null;
  const url = `${request.to.endpoint}/v1/log-groups/${encodeURIComponent(request.to.logGroup)}/log-streams/${encodeURIComponent(request.to.logStream)}/records`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([sending.stop, AbortSignal.timeout(answerWithinMs)]),
      headers: {
        ...request.headers,
        Authorization: `Bearer ${sending.accessKey}`,
        'Content-Type': 'application/json',
        ...(packed === null ? {} : { 'Content-Encoding': 'gzip' }),
        'Idempotency-Key': request.key,
        'Akashi-Sent-At': new Date(sending.nowMs).toISOString(),
      },
      body: new Uint8Array(packed ?? plain),
    });
    return readAnswer(response, await response.text(), { records: request.records.length, nowMs: sending.nowMs });
  } catch (error) {
    if (sending.stop.aborted) return { kind: 'stopped' };
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

function readAnswer(response: Response, body: string, sent: { records: number; nowMs: number }): Answer {
  const { status } = response;
  const json = parseObject(body);
  const code = typeof json?.['code'] === 'string' ? json['code'].replace(/[^\w.-]/g, '_').slice(0, 64) : 'none';
  if (status === 200 || status === 201) {
    // The count may be higher than what was sent, since the server splits lines over its limit; never lower.
    const count = json?.['records'];
    const isReceipt = typeof json?.['batchId'] === 'string' && (typeof count !== 'number' || count >= sent.records);
    return isReceipt ? { kind: 'accepted' } : { kind: 'unexpected', status };
  }
  if (status === 401 || status === 403) return { kind: 'denied', status, code };
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', status, code };
  if (status === 409) return { kind: 'conflict', code };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'busy', status, retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), sent.nowMs) };
  }
  return { kind: 'unexpected', status };
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  if (cause instanceof Error)
    return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message.slice(0, 100);
  return error.name === 'TimeoutError' ? 'no answer in time' : error.name;
}
