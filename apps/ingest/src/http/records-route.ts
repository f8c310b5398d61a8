import type { IncomingHttpHeaders } from 'node:http';
import { AppError, sendProblem, type Logger } from '@akashi/server-kit';
import type { TenantId } from '@akashi/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { Landing } from '../landing/landing.ts';
import { formatReceivedAt } from '../landing/received-at.ts';
import { plainAddress } from '../sender/address-range.ts';
import type { SenderDirectory } from '../sender/sender-directory.ts';
import { decodeBody, tooLarge } from './decode-body.ts';
import { httpLimits } from './http-limits.ts';
import { readOriginHeaders, senderKind } from './origin-headers.ts';
import { bodyFormat, readRecords } from './read-records.ts';
import { readRequestTarget, type RequestTarget } from './request-target.ts';

export interface RecordsRouteSettings {
  landing: Landing;
  senders: Pick<SenderDirectory, 'table'>;
  metrics: Pick<IngestMetrics, 'refused' | 'unknownSender'>;
  logger: Logger;
}

interface AuthorisedRequest {
  target: RequestTarget;
  tenantId: TenantId;
  keyId: string;
  address: string;
}

/**
 * `POST /v1/log-groups/{group}/log-streams/{stream}/records`, straight on Fastify: the body stays one buffer, and the
 * sender is checked before any of it is read.
 */
export function addRecordsRoute(fastify: FastifyInstance, settings: RecordsRouteSettings): void {
  const authorised = new WeakMap<FastifyRequest, AuthorisedRequest>();

  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const shown = isBodyTooLarge(error) ? tooLarge('body-bytes', httpLimits.bodyBytes) : error;
    settings.metrics.refused(senderKind(request.headers), shown instanceof AppError ? shown.code : 'internal');
    sendProblem(shown, { request, reply, logger: settings.logger });
  };

  let bytesInFlight = 0;
  const reserve = (request: FastifyRequest, reply: FastifyReply): void => {
    const declared = Number(request.headers['content-length'] ?? httpLimits.bodyBytes);
    if (declared > httpLimits.bodyBytes) throw tooLarge('body-bytes', httpLimits.bodyBytes);
    if (bytesInFlight + declared > httpLimits.bytesInFlight) {
      throw new AppError('too-many-requests', { retryAfterSeconds: 1, params: { limit: httpLimits.bytesInFlight } });
    }
    bytesInFlight += declared;
    // "close" comes once for every answer, also when the sender goes away in the middle.
    reply.raw.once('close', () => {
      bytesInFlight -= declared;
    });
  };

  fastify.server.maxConnections = httpLimits.connections;
  fastify.server.requestTimeout = httpLimits.requestMs;
  fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: httpLimits.bodyBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply));
    scope.addHook('onRequest', (request, reply, next) => {
      authorised.set(request, authorise(request, settings));
      bodyFormat(request.headers['content-type']);
      reserve(request, reply);
      next();
    });
    scope.post('/v1/log-groups/*', async (request, reply) => {
      const sender = authorised.get(request);
      if (sender === undefined) throw new AppError('internal');
      return reply.status(201).send(await takeRecords(request, sender, settings.landing));
    });
    done();
  });
}

function authorise(request: FastifyRequest, { senders, metrics }: RecordsRouteSettings): AuthorisedRequest {
  const target = readRequestTarget(request.raw.url ?? '');
  if (target === undefined) throw new AppError('not-found');
  const key = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) throw new AppError('unauthenticated', { reason: 'no-bearer-key' });
  const address = plainAddress(request.raw.socket.remoteAddress ?? '');
  const decision = senders.table.decide({ key, address, logGroup: target.logGroup, nowMs: Date.now() });
  switch (decision.code) {
    case 'allowed':
      return { target, tenantId: decision.tenantId, keyId: decision.keyId, address };
    case 'unknown-key':
      metrics.unknownSender(senderKind(request.headers));
      throw new AppError('unauthenticated', { reason: decision.code });
    case 'address-not-allowed':
    case 'log-group-not-allowed':
      throw new AppError('forbidden', { reason: decision.code });
  }
}

interface ReceiptAnswer {
  batchId: string;
  records: number;
  bytes: number;
  receivedAt: string;
}

async function takeRecords(
  request: FastifyRequest,
  sender: AuthorisedRequest,
  landing: Landing,
): Promise<ReceiptAnswer> {
  const { headers } = request;
  const { logGroup, logStream } = sender.target;
  const idempotencyKey = readIdempotencyKey(headers);
  const originParts = readOriginHeaders(headers);
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const records = readRecords(await decodeBody(body, headers['content-encoding']), bodyFormat(headers['content-type']));
  const outcome = await landing.land({
    tenantId: sender.tenantId,
    origin: {
      logGroup,
      logStream,
      source: { id: sender.keyId, kind: senderKind(headers), address: sender.address },
      ...originParts,
    },
    records,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey: JSON.stringify([logGroup, logStream, idempotencyKey]) }),
  });
  switch (outcome.code) {
    case 'accepted': {
      const { batchId, records: count, bytes, receivedAtUs } = outcome.receipt;
      return { batchId, records: count, bytes, receivedAt: formatReceivedAt(receivedAtUs) };
    }
    case 'idempotency-conflict':
      throw new AppError('idempotency-conflict');
    case 'backlog-full':
      throw new AppError('backlog-full', {
        retryAfterSeconds: outcome.retryAfterSeconds,
        params: { limit: outcome.limitBytes },
      });
    case 'disk-full':
      throw new AppError('disk-full', { retryAfterSeconds: outcome.retryAfterSeconds });
    case 'landing-failed':
      throw new AppError('unavailable', {
        retryAfterSeconds: outcome.retryAfterSeconds,
        detail: 'The batch could not be made durable; nothing of it is kept.',
      });
  }
}

function readIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  const limit = httpLimits.idempotencyKeyLength;
  if (typeof key === 'string' && key.length <= limit && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new AppError('request-invalid', {
    detail: `An Idempotency-Key has 1 to ${limit} visible ASCII characters.`,
    reason: 'idempotency-key',
    params: { limit },
  });
}

function isBodyTooLarge(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 413 && !(error instanceof AppError);
}
