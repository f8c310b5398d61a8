import { createHash, createHmac, randomBytes, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { DeliveryError, deliveryCode, sendWebhook } from './webhook.ts';

/** A guarded `fetch` that takes bytes and gives the answer's content. */
export type ExchangingFetch = (
  address: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
  },
) => Promise<Pick<Response, 'status' | 'arrayBuffer'>>;

/** A checkpoint that leaves, with the time stamps that there are of it. */
export interface CheckpointParcel {
  readonly organisation: { readonly id: string; readonly nameJa: string; readonly nameEn: string };
  readonly size: number;
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string;
  readonly verifierKey: string;
  readonly provenAt: Date;
  readonly stamps: readonly ParcelStamp[];
}

export interface ParcelStamp {
  /** `<time>-<serial>.tsr`. */
  readonly name: string;
  readonly at: Date;
  readonly authority: string;
  /** A TimeStampResp (RFC 3161), DER. */
  readonly reply: Buffer;
}

/** A bucket of the customer's. */
export interface CheckpointBucket {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface ParcelSender {
  /** Posts one signed message of type `checkpoint` (Standard Webhooks). `id` is the same at every attempt. */
  toWebhook(parcel: CheckpointParcel, webhook: { url: string; secret: string; id: string }): Promise<void>;
  /** Puts each file where none of its name is; answers their keys. */
  toBucket(parcel: CheckpointParcel, bucket: CheckpointBucket): Promise<string[]>;
  /** Asks an authority for a time stamp: the request that `request` makes with a new nonce, and its answer (RFC 3161 section 3.4). */
  askForStamp(url: string, request: (nonce: Buffer) => Uint8Array): Promise<{ nonce: Buffer; reply: Buffer }>;
}

export interface ParcelSenderParts {
  readonly fetch: ExchangingFetch;
  readonly now: () => Date;
  /** The machine's own time: receivers judge by theirs how old a signature is. */
  readonly hostNow: () => Date;
}

/** All of them throw a `DeliveryError` that says by a code why nothing was taken. */
export function createParcelSender({ fetch, now, hostNow }: ParcelSenderParts): ParcelSender {
  return {
    toWebhook: async ({ stamps, provenAt, ...checkpoint }, { url, secret, id }) => {
      const data = {
        ...checkpoint,
        provenAt: provenAt.toISOString(),
        timeStamps: stamps.map(({ name, at, authority, reply }) => ({
          name,
          at: at.toISOString(),
          authority,
          reply: reply.toString('base64'),
        })),
      };
      const body = { type: 'checkpoint', timestamp: now().toISOString(), data };
      await sendWebhook(fetch, { url, secret, id, now: hostNow(), body });
    },
    toBucket: async (parcel, bucket) => {
      const keys: string[] = [];
      for (const { name, bytes } of filesOf(parcel)) {
        const key = [bucket.prefix, parcel.organisation.id, name].filter((part) => part !== '').join('/');
        await putObject(fetch, bucket, { key, bytes, at: hostNow() });
        keys.push(key);
      }
      return keys;
    },
    askForStamp: async (url, request) => {
      const nonce = randomBytes(16);
      const headers = { 'content-type': 'application/timestamp-query', 'user-agent': 'Akashi' };
      return { nonce, reply: await deliver(fetch, url, { method: 'POST', headers, body: request(nonce) }) };
    },
  };
}

/** The files of a parcel, named so that every one is there once. */
export function filesOf({ size, note, stamps }: Pick<CheckpointParcel, 'size' | 'note' | 'stamps'>): {
  name: string;
  bytes: Buffer;
}[] {
  return [
    { name: `akashi-checkpoint-${size}.txt`, bytes: Buffer.from(note) },
    ...stamps.map(({ name, reply }) => ({ name: `akashi-checkpoint-${size}-${name}`, bytes: reply })),
  ];
}

async function putObject(
  fetch: ExchangingFetch,
  { endpoint, region, bucket, accessKeyId, secretAccessKey }: CheckpointBucket,
  { key, bytes, at }: { key: string; bytes: Buffer; at: Date },
): Promise<void> {
  const { origin, protocol, host, pathname } = new URL(endpoint);
  const path = [pathname.replace(/\/$/, ''), bucket, ...key.split('/').map(encodeURIComponent)].join('/');
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const hash = createHash('sha256').update(bytes).digest();
  const { headers } = await signer.sign(
    {
      method: 'PUT',
      protocol,
      hostname: host,
      path,
      headers: {
        host,
        'content-type': 'application/octet-stream',
        // What is there stays; a bucket with Object Lock asks for a checksum.
        'if-none-match': '*',
        'x-amz-checksum-sha256': hash.toString('base64'),
        'x-amz-content-sha256': hash.toString('hex'),
      },
      body: bytes,
    },
    { signingDate: at },
  );
  // 412: it was put before, by an attempt whose answer was lost, or by hand.
  await deliver(fetch, `${origin}${path}`, { method: 'PUT', headers, body: bytes, also: [412] });
}

/** The answer's content. Throws a `DeliveryError` unless its status is 2xx, or one of `also`. */
async function deliver(
  fetch: ExchangingFetch,
  address: string,
  { also = [], ...init }: Parameters<ExchangingFetch>[1] & { readonly also?: readonly number[] },
): Promise<Buffer> {
  try {
    const answer = await fetch(address, init);
    const { status } = answer;
    if ((status < 200 || status > 299) && !also.includes(status)) throw new DeliveryError(`http-${status}`);
    return Buffer.from(await answer.arrayBuffer());
  } catch (cause) {
    throw cause instanceof DeliveryError ? cause : new DeliveryError(deliveryCode(cause), { cause });
  }
}

/** SHA-256 and its HMAC as the signer wants them. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
