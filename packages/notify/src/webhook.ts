import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { tellable } from './incident-words.ts';
import { incidentLink, type News, type Organisation } from './news.ts';

/** A `fetch` that judges where a name leads before it connects, and follows no redirect. */
export type GuardedFetch = (
  address: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
) => Promise<{ readonly status: number }>;

/** Why a message was not taken: a code, such as `http-500`, `address-refused`, `unreachable`. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`the message was not taken: ${code}`, options);
    this.code = code;
  }
}

export interface WebhookMessage {
  readonly url: string;
  /** `whsec_` and base64 of the key (Standard Webhooks). */
  readonly secret: string;
  readonly id: string;
  readonly now: Date;
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: object };
}

/** A new signing secret of 32 random bytes. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Posts one message, signed as Standard Webhooks says. Throws a `DeliveryError` unless the answer is 2xx. */
export async function sendWebhook(fetch: GuardedFetch, { url, secret, id, now, body }: WebhookMessage): Promise<void> {
  const content = JSON.stringify(body);
  await post(fetch, url, {
    content,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, content),
    },
  });
}

/** Posts one message to a chat, whose URL is its secret. Throws a `DeliveryError` unless the answer is 2xx. */
export function sendToChat(fetch: GuardedFetch, url: string, body: object): Promise<void> {
  return post(fetch, url, { content: JSON.stringify(body), headers: {} });
}

async function post(
  fetch: GuardedFetch,
  url: string,
  { content, headers }: { content: string; headers: Readonly<Record<string, string>> },
): Promise<void> {
  const all = { 'content-type': 'application/json', 'user-agent': 'Akashi', ...headers };
  let status: number;
  try {
    ({ status } = await fetch(url, { method: 'POST', headers: all, body: content }));
  } catch (cause) {
    throw new DeliveryError(deliveryCode(cause), { cause });
  }
  if (status < 200 || status > 299) throw new DeliveryError(`http-${status}`);
}

/** The code of what a fetch threw. */
export function deliveryCode(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'AddressRefusedError') return 'address-refused';
  return name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'unreachable';
}

/** What a receiver reads of an incident; times are RFC 3339. */
export function webhookBody(
  { event, incident }: News,
  { organisation, webUrl, now }: { organisation: Organisation; webUrl: string; now: Date },
): WebhookMessage['body'] {
  // Named one by one: nothing that an incident comes to hold leaves by itself.
  const { id, kind, severity, state, startedAt, lastSeenAt, endedAt, count } = incident;
  return {
    type: `incident.${event}`,
    timestamp: now.toISOString(),
    data: {
      id,
      kind,
      severity,
      ...tellable(incident),
      state,
      startedAt: startedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      count,
      organisation: { id: organisation.id, nameJa: organisation.nameJa, nameEn: organisation.nameEn },
      url: incidentLink(webUrl, incident.id),
    },
  };
}
