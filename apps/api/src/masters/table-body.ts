import type { Readable } from 'node:stream';
import { tableEncoding, type TableEncoding } from '@akashi/attribution';
import { AppError } from '@akashi/server-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const tableBodyLimitBytes = 32 * 1024 * 1024;

const importRoute = '/v1/masters/:name/import';

/**
 * Lets the import of a master take tables. The body is not read before the caller is known: the handler reads it, by
 * `readTableBody`.
 */
export function acceptTableBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', (request, payload, done) => {
    if (request.routeOptions.url === importRoute) done(null, payload);
    else done(new AppError('media-type-unsupported'));
  });
}

/** The bytes of a `text/csv` body and the encoding that its `charset` names. */
export async function readTableBody(
  request: FastifyRequest,
): Promise<{ bytes: Uint8Array; declared: TableEncoding | null }> {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const isEncoded = (request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
  if (type.trim().toLowerCase() !== 'text/csv' || isEncoded) throw new AppError('media-type-unsupported');
  const charset = parameters
    .map((each) => /^\s*charset\s*=\s*"?([^"]*)"?\s*$/i.exec(each)?.[1])
    .find((each) => each !== undefined);
  const declared = charset === undefined ? null : tableEncoding(charset);
  if (declared === undefined) throw new AppError('media-type-unsupported', { reason: 'charset' });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.body as Readable) {
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length > tableBodyLimitBytes) throw new AppError('too-large', { params: { limitBytes: tableBodyLimitBytes } });
  }
  return { bytes: Buffer.concat(parts), declared };
}
