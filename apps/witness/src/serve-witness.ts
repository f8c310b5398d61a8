/** The witness over HTTP. TLS is for whatever stands in front of it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Witness } from './witness.ts';

/** A proof of 63 lines and some post-quantum signatures are below half of it. */
const maxBodyBytes = 128 * 1024;
const requestMs = 10_000;

/** `tell` gets what an operator should see: faults, not requests. */
export function serveWitness(witness: Pick<Witness, 'addCheckpoint'>, tell: (fault: unknown) => void): Server {
  const server = createServer((request, response) => {
    answer(witness, request, response).catch((fault: unknown) => {
      tell(fault);
      if (!response.headersSent) send(response, 500, { body: 'The witness could not answer.\n' });
      response.end();
    });
  });
  server.requestTimeout = requestMs;
  return server;
}

async function answer(
  witness: Pick<Witness, 'addCheckpoint'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://witness').pathname;
  if (!path.endsWith('/add-checkpoint')) return send(response, 404, { body: 'There is add-checkpoint only.\n' });
  if (request.method !== 'POST') return send(response, 405, { body: 'Checkpoints are posted.\n' });
  const body = await bodyOf(request);
  if (body === null) return send(response, 413, { body: 'The request is too large.\n' });
  const { status, contentType, body: text } = await witness.addCheckpoint(body);
  send(response, status, { contentType, body: text });
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(
  response: ServerResponse,
  status: number,
  { contentType = 'text/plain; charset=utf-8', body }: { contentType?: string; body: string },
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}
