import { Agent, request as requestOverTls } from 'node:https';

/** A certificate authority that is trusted instead of those that the system knows. */
export interface Trust {
  readonly agent: Agent;
}

/** `pem` holds the authority's certificates. Its connections are kept: make one and use it for every client. */
export function createTrust(pem: string): Trust {
  return { agent: new Agent({ ca: pem, keepAlive: true, minVersion: 'TLSv1.2' }) };
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

/** Posts once and reads the answer; redirects are answers. Rejects for what the network does, and when the signal fires. */
export async function sendPost(url: string, post: Post, trust?: Trust): Promise<HttpAnswer> {
  if (trust !== undefined && url.startsWith('https:')) return sendTrusting(url, post, trust);
  const { headers, body, signal } = post;
  const response = await fetch(url, { method: 'POST', redirect: 'manual', signal, headers, body });
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, retryAfter, text: await response.text() };
}

/** `fetch` cannot be told of an authority without a package of its own. */
function sendTrusting(url: string, { headers, body, signal }: Post, { agent }: Trust): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    // As `fetch` rejects: an error with the network's own as its cause.
    const fail = (cause: Error): void =>
      reject(signal.aborted ? asError(signal.reason) : new Error('the request failed', { cause }));
    const options = { method: 'POST', agent, signal, headers: { ...headers, 'Content-Length': body.length } };
    const sent = requestOverTls(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'] ?? null,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted');
}
