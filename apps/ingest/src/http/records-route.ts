import type { IncomingHttpHeaders } from 'node:http';
import { markOpenEnds } from '@akashi/inbox';
import { findEncoding } from '@akashi/line-text';
import type { BatchOrigin } from '@akashi/log-event';
import { AppError, sendProblem, type Clock, type Logger } from '@akashi/server-kit';
import type { TenantId } from '@akashi/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { Landing } from '../landing/landing.ts';
import { formatReceivedAt } from '../landing/received-at.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';
import { rateHeaders, refusalOf } from '../quota/rate-headers.ts';
import type { KeyUses } from '../sender/key-uses.ts';
import type { SenderDirectory } from '../sender/sender-directory.ts';
import { systemOrigin, tenantHeader, type SystemSender } from '../sender/system-sender.ts';
import type { UnknownSenders } from '../sender/unknown-senders.ts';
import { readBodyType } from './body-type.ts';
import { checkContentEncoding, decodeBody, tooLarge } from './decode-body.ts';
import { httpLimits, roomLimits } from './http-limits.ts';
import { readLineParts, readOriginHeaders, senderKind } from './origin-headers.ts';
import { readRecords } from './read-records.ts';
import { ReadingRoom, type Place } from './reading-room.ts';
import { ReadingTurns } from './reading-turns.ts';
import { readRequestTarget, type RequestTarget } from './request-target.ts';
import { httpsRequired, type WaysIn } from './ways-in.ts';
import { openWireBody } from './wire-body.ts';

export interface RecordsRouteSettings {
  landing: Landing;
  quotas: Pick<IntakeQuotas, 'decide' | 'rates' | 'spend'>;
  maxElementBytes: number;
  ways: WaysIn;
  senders: Pick<SenderDirectory, 'table'>;
  system: SystemSender;
  keyUses: Pick<KeyUses, 'note'>;
  metrics: Pick<IngestMetrics, 'refused' | 'undecodable'>;
  unknownSenders: Pick<UnknownSenders, 'note'>;
  logger: Logger;
  clock: Pick<Clock, 'now' | 'nowMs'>;
}

interface AuthorisedRequest {
  target: RequestTarget;
  tenantId: TenantId;
  /** The key's; null for the system sender. */
  keyId: string | null;
  address: string;
  /** Of text that does not say its own; null: UTF-8. */
  encoding: string | null;
}

/**
 * `POST /v1/log-groups/{group}/log-streams/{stream}/records`, straight on Fastify: the sender is checked
 * before any of the body is read, and the body is read as it comes.
 */
export function addRecordsRoute(fastify: FastifyInstance, settings: RecordsRouteSettings): void {
  const authorised = new WeakMap<FastifyRequest, AuthorisedRequest>();

  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    settings.metrics.refused(senderKind(request.headers), error instanceof AppError ? error.code : 'internal');
    endAfterRefusal(request, reply);
    sendProblem(error, { request, reply, logger: settings.logger });
  };

  const turns = new ReadingTurns<TenantId>();
  const room = new ReadingRoom(roomLimits);
  fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // The body stays where it is until it is asked for.
    scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply));
    scope.addHook('onRequest', (request, reply, next) => {
      const sender = authorise(request, settings);
      authorised.set(request, sender);
      settings.ways.keepWhileWorkedOn(request, reply, sender.keyId);
      checkQuotas(sender, reply, settings);
      checkHead(request);
      next();
    });
    scope.post('/v1/log-groups/*', async (request, reply) => {
      const sender = authorised.get(request);
      if (sender === undefined) throw new AppError('internal');
      const answer = await takeRecords(request, sender, { ...settings, turns, room });
      if (sender.keyId !== null) reply.headers(rateHeaders(settings.quotas.rates(sender.tenantId)));
      return reply.status(201).send(answer);
    });
    done();
  });
}

/** What can be refused before any of the body is read. */
function checkHead({ headers }: FastifyRequest): void {
  readBodyType(headers['content-type']);
  checkContentEncoding(headers['content-encoding']);
  readIdempotencyKey(headers);
  if (Number(headers['content-length'] ?? 0) > httpLimits.bodyBytes) throw tooLarge('body-bytes', httpLimits.bodyBytes);
}

/** The rest of a refused body is read, so that its sender gets to the answer, but not for long. */
function endAfterRefusal({ raw: request }: FastifyRequest, { raw: reply }: FastifyReply): void {
  if (request.complete) return;
  const { socket } = request;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, httpLimits.afterRefusalMs);
  timer.unref();
  request.once('end', () => clearTimeout(timer));
  reply.once('finish', () => request.resume());
}

function authorise(
  request: FastifyRequest,
  { senders, system, keyUses, unknownSenders, ways, clock }: RecordsRouteSettings,
): AuthorisedRequest {
  const target = readRequestTarget(request.raw.url ?? '');
  if (target === undefined) throw new AppError('not-found');
  const key = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) throw new AppError('unauthenticated', { reason: 'no-bearer-key' });
  const address = ways.senderOf(request);
  if (!ways.mayShowKey(request)) {
    unknownSenders.note({ kind: senderKind(request.headers), address, reason: 'https-required' });
    throw httpsRequired(ways.httpsPort);
  }
  if (system.isKey(key)) {
    const tenantId = system.tenantOf({ logGroup: target.logGroup, header: request.headers[tenantHeader] });
    return { target, tenantId, keyId: null, address, encoding: null };
  }
  const decision = senders.table.decide({ key, address, logGroup: target.logGroup, nowMs: clock.nowMs() });
  switch (decision.code) {
    case 'allowed':
      keyUses.note({ id: decision.keyId, at: clock.now(), address });
      return { target, tenantId: decision.tenantId, keyId: decision.keyId, address, encoding: decision.encoding };
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

interface Surroundings extends Pick<RecordsRouteSettings, 'landing' | 'quotas' | 'maxElementBytes' | 'metrics'> {
  turns: ReadingTurns<TenantId>;
  room: ReadingRoom;
}

async function takeRecords(
  request: FastifyRequest,
  sender: AuthorisedRequest,
  surroundings: Surroundings,
): Promise<ReceiptAnswer> {
  const wire = openWireBody(request.raw);
  const { tenantId, keyId } = sender;
  const place = surroundings.room.enter({ tenantId, keyId, giveUp: (error) => wire.fail(error) });
  try {
    const turn = surroundings.turns.of(tenantId);
    const pieces = decodeBody(() => wire.next(), request.headers['content-encoding'], turn);
    return await landRecords(request, sender, { ...surroundings, pieces, place });
  } finally {
    place.leave();
    wire.close();
  }
}

/** Charges what has come to its organisation as it comes: what is refused in the end was read all the same. */
function chargePieces(
  { tenantId, keyId }: AuthorisedRequest,
  { quotas, place }: { quotas: RecordsRouteSettings['quotas']; place: Place },
): { onPiece: (bytes: number) => void; charged: () => number } {
  let charged = 0;
  const onPiece = (bytes: number): void => {
    place.charge(bytes);
    if (keyId === null) return;
    quotas.spend(tenantId, { bytes, records: 0 });
    charged += bytes;
    // Many may have come through the door together: whoever finds everything used up by others stops here.
    const refusal = refusalOf(quotas.decide(tenantId, charged));
    if (refusal !== undefined) throw refusal;
  };
  return { onPiece, charged: () => charged };
}

async function landRecords(
  request: FastifyRequest,
  sender: AuthorisedRequest,
  {
    landing,
    quotas,
    metrics,
    maxElementBytes,
    pieces,
    place,
  }: Surroundings & { pieces: AsyncIterable<Buffer>; place: Place },
): Promise<ReceiptAnswer> {
  const { headers } = request;
  const { logGroup, logStream } = sender.target;
  const idempotencyKey = readIdempotencyKey(headers);
  const originParts = readOriginHeaders(headers);
  const lineParts = readLineParts(headers);
  const { onPiece, charged } = chargePieces(sender, { quotas, place });
  const { records, encoding, undecodable } = await readRecords(pieces, {
    ...readBodyType(headers['content-type']),
    usualEncoding: findEncoding(sender.encoding ?? ''),
    maxElementBytes,
    onPiece,
  });
  markOpenEnds(records, lineParts);
  if (undecodable > 0) metrics.undecodable(senderKind(headers), undecodable);
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
    chargedBytes: charged(),
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
