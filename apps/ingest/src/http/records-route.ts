import type { IncomingHttpHeaders, Server } from 'node:http';
import { releaseMemory } from '@akashi/archive';
import type { BatchOrigin } from '@akashi/log-event';
import { AppError, sendProblem, type Logger } from '@akashi/server-kit';
import type { TenantId } from '@akashi/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { Landing } from '../landing/landing.ts';
import { formatReceivedAt } from '../landing/received-at.ts';
import { plainAddress } from '../sender/address-range.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';
import { rateHeaders, refusalOf } from '../quota/rate-headers.ts';
import type { KeyUses } from '../sender/key-uses.ts';
import type { SenderDirectory } from '../sender/sender-directory.ts';
import { systemOrigin, tenantHeader, type SystemSender } from '../sender/system-sender.ts';
import type { UnknownSenders } from '../sender/unknown-senders.ts';
import { readBodyType } from './body-type.ts';
import { decodeBody, tooLarge } from './decode-body.ts';
import { httpLimits } from './http-limits.ts';
import { readOriginHeaders, senderKind } from './origin-headers.ts';
import { readRecords } from './read-records.ts';
import { ReadingTurns } from './reading-turns.ts';
import { readRequestTarget, type RequestTarget } from './request-target.ts';
import { toUtf8 } from './to-utf8.ts';

export interface RecordsRouteSettings {
  landing: Landing;
  quotas: Pick<IntakeQuotas, 'decide' | 'rates'>;
  senders: Pick<SenderDirectory, 'table'>;
  system: SystemSender;
  keyUses: Pick<KeyUses, 'note'>;
  metrics: Pick<IngestMetrics, 'refused'>;
  unknownSenders: Pick<UnknownSenders, 'note'>;
  logger: Logger;
}

interface AuthorisedRequest {
  target: RequestTarget;
  tenantId: TenantId;
  /** The key's; null for the system sender. */
  keyId: string | null;
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

  const turns = new ReadingTurns<TenantId>();
  let bytesInFlight = 0;
  const inFlightOf = new Map<TenantId, number>();
  const reserve = (request: FastifyRequest, reply: FastifyReply, tenantId: TenantId): void => {
    const declared = Number(request.headers['content-length'] ?? httpLimits.bodyBytes);
    if (declared > httpLimits.bodyBytes) throw tooLarge('body-bytes', httpLimits.bodyBytes);
    const own = inFlightOf.get(tenantId) ?? 0;
    const isFull = bytesInFlight + declared > httpLimits.bytesInFlight;
    // One organisation never fills the whole room, so that another always finds some.
    if (isFull || own + declared > httpLimits.bytesInFlight / 2) {
      throw new AppError('too-many-requests', { retryAfterSeconds: 1, params: { limit: httpLimits.bytesInFlight } });
    }
    bytesInFlight += declared;
    inFlightOf.set(tenantId, own + declared);
    // "close" comes once for every answer, also when the sender goes away in the middle.
    reply.raw.once('close', () => {
      bytesInFlight -= declared;
      const left = (inFlightOf.get(tenantId) ?? declared) - declared;
      if (left <= 0) inFlightOf.delete(tenantId);
      else inFlightOf.set(tenantId, left);
    });
  };

  fastify.server.maxConnections = httpLimits.connections;
  fastify.server.requestTimeout = httpLimits.requestMs;
  answerHalfClosed(fastify.server);
  fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: httpLimits.bodyBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply));
    scope.addHook('onRequest', (request, reply, next) => {
      const sender = authorise(request, settings);
      authorised.set(request, sender);
      checkQuotas(sender, reply, settings);
      readBodyType(request.headers['content-type']);
      reserve(request, reply, sender.tenantId);
      next();
    });
    scope.post('/v1/log-groups/*', async (request, reply) => {
      const sender = authorised.get(request);
      if (sender === undefined) throw new AppError('internal');
      // Again, now that the body is here: many may have come through the door together.
      checkQuotas(sender, reply, settings);
      const answer = await takeRecords(request, sender, { landing: settings.landing, turns });
      if (sender.keyId !== null) reply.headers(rateHeaders(settings.quotas.rates(sender.tenantId)));
      return reply.status(201).send(answer);
    });
    done();
  });
}

/**
 * A sender may close its side once the request is out (`nc -N`); Node would close the connection on it unanswered. Only
 * here, where an answer takes no longer than the disk: one that goes on for minutes could not tell that its reader left.
 */
function answerHalfClosed(server: Server): void {
  // Not in Node's documentation nor in its types, but there since its first versions.
  Object.assign(server, { httpAllowHalfOpen: true });
}

function authorise(
  request: FastifyRequest,
  { senders, system, keyUses, unknownSenders }: RecordsRouteSettings,
): AuthorisedRequest {
  const target = readRequestTarget(request.raw.url ?? '');
  if (target === undefined) throw new AppError('not-found');
  const key = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) throw new AppError('unauthenticated', { reason: 'no-bearer-key' });
  const address = plainAddress(request.raw.socket.remoteAddress ?? '');
  if (system.isKey(key)) {
    const tenantId = system.tenantOf({ logGroup: target.logGroup, header: request.headers[tenantHeader] });
    return { target, tenantId, keyId: null, address };
  }
  const decision = senders.table.decide({ key, address, logGroup: target.logGroup, nowMs: Date.now() });
  switch (decision.code) {
    case 'allowed':
      keyUses.note({ id: decision.keyId, at: new Date(), address });
      return { target, tenantId: decision.tenantId, keyId: decision.keyId, address };
    case 'unknown-key':
      unknownSenders.note({ kind: senderKind(request.headers), address, reason: decision.code });
      throw new AppError('unauthenticated', { reason: decision.code });
    case 'address-not-allowed':
    case 'log-group-not-allowed':
      throw new AppError('forbidden', { reason: decision.code });
  }
}

/** Says in headers what is left; throws when nothing is. The product's own records are always taken. */
function checkQuotas(
  { tenantId, keyId }: AuthorisedRequest,
  reply: FastifyReply,
  { quotas }: RecordsRouteSettings,
): void {
  if (keyId === null) return;
  reply.headers(rateHeaders(quotas.rates(tenantId)));
  const refusal = refusalOf(quotas.decide(tenantId));
  if (refusal !== undefined) throw refusal;
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
  { landing, turns }: { landing: Landing; turns: ReadingTurns<TenantId> },
): Promise<ReceiptAnswer> {
  const { headers } = request;
  const { logGroup, logStream } = sender.target;
  const idempotencyKey = readIdempotencyKey(headers);
  const originParts = readOriginHeaders(headers);
  const raw = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const { format, charset } = readBodyType(headers['content-type']);
  const { body, encoding } = toUtf8(await decodeBody(raw, headers['content-encoding']), charset);
  const records = await readRecords(body, format, () => turns.next(sender.tenantId));
  // Copied into the records; a flood's bodies, left to the collector, would have it walk through the heap each second.
  [raw, body].forEach(releaseMemory);
  const outcome = await landing.land({
    tenantId: sender.tenantId,
    origin: {
      logGroup,
      logStream,
      ...origin(sender, headers),
      ...(encoding === undefined ? {} : { encoding }),
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

function origin(
  { keyId, address }: AuthorisedRequest,
  headers: IncomingHttpHeaders,
): Pick<BatchOrigin, 'source' | 'format'> {
  if (keyId !== null) return { source: { id: keyId, kind: senderKind(headers), address } };
  const { id, kind, format } = systemOrigin;
  return { source: { id, kind, address }, format };
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
