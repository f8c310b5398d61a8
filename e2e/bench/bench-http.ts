import { Agent, request } from 'node:http';

/** One keep-alive pool for all measurements, so that none of them pays for connections. */
export const keepAlive = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Call {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The answer's bytes; throws for any status but 200 and 201. */
export function send(call: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const length = call.body?.length ?? 0;
    const headers = { ...call.headers, 'content-length': length };
    const outgoing = request(call.url, { agent: keepAlive, method: call.method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('end', () => {
        const bytes = Buffer.concat(parts);
        if (answer.statusCode === 200 || answer.statusCode === 201) resolve(bytes);
        else reject(new Error(`${call.url} answered ${answer.statusCode}: ${bytes.toString('utf8', 0, 300)}`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(call.body);
  });
}

/** Sends lines as they are; resolves with the status of the answer, whatever it is, once the whole answer is there. */
export function sendLines(url: string, ingestKey: string, lines: Buffer): Promise<number> {
  const headers = {
    authorization: `Bearer ${ingestKey}`,
    'content-type': 'text/plain',
    'content-length': lines.length,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: keepAlive, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end(lines);
  });
}

/** Calls `work` for every item, `lanes` at a time. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
