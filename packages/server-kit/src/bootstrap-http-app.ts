import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { DynamicModule, Type } from '@nestjs/common';
import { createMasker } from '@akashi/masking';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorKinds } from './error-codes.ts';
import { checkReadiness, type ReadinessChecks } from './health.ts';
import { NestLogger, type Logger } from './logger.ts';
import { Histogram, type Registry } from './metrics.ts';
import { ProblemFilter, sendProblem, type TranslateFault } from './problem.filter.ts';
import { StartupError } from './startup-error.ts';

export interface HttpAppOptions {
  port: number;
  bind: string;
  /** The variable that moves this port, for the sentence when it is taken. */
  portVariable?: string;
  logger: Logger;
  metrics: Registry;
  readiness: (app: NestFastifyApplication) => ReadinessChecks;
  bodyLimitBytes?: number;
  /** Names what the app's adapters throw, such as a search server that is away. */
  translateFault?: TranslateFault;
  /** Routes, parsers and hooks that need Fastify itself, before Nest's own routes. */
  configure?: (app: NestFastifyApplication) => Promise<void> | void;
  /** Proxies whose `X-Forwarded-For` says where a request came from; none by default. */
  trustedProxies?: readonly string[];
  /** How often heads and bodies that do not end are looked for; Node's own interval by default. */
  connectionsCheckingIntervalMs?: number;
  /** Who may read `/metrics`; by default only this machine. */
  metricsFrom?: 'loopback' | 'anywhere';
}

export interface HttpApp {
  app: NestFastifyApplication;
  /** The port that was really bound, also when 0 was asked for. */
  port: number;
  url: string;
  close(): Promise<void>;
}

const requestIdShape = /^[A-Za-z0-9._-]{8,64}$/;
const masker = createMasker({ version: 'request-id', keep: 'none' });

/** It stands in logs and on record: what looks like a card number is none. */
function isRequestId(given: string): boolean {
  return requestIdShape.test(given) && masker.maskText(given) === given;
}

const defaultBodyLimitBytes = 1024 * 1024;

/** Makes a Nest app on Fastify with request ids, problem documents, `/healthz`, `/readyz`, `/metrics`, and listens. */
export async function bootstrapHttpApp(module: Type | DynamicModule, options: HttpAppOptions): Promise<HttpApp> {
  const adapter = new FastifyAdapter({
    logger: false,
    ...(options.trustedProxies === undefined ? {} : { trustProxy: [...options.trustedProxies] }),
    ...(options.connectionsCheckingIntervalMs === undefined
      ? {}
      : { http: { connectionsCheckingInterval: options.connectionsCheckingIntervalMs } }),
    bodyLimit: options.bodyLimitBytes ?? defaultBodyLimitBytes,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadableRequest,
    rewriteUrl: ({ url }: IncomingMessage) => originForm(url ?? '/'),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, { request, reply, logger: options.logger }),
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && isRequestId(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(options.logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(options.logger, options.translateFault));
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  measureRequests(fastify, options.metrics);
  addHealthRoutes(fastify, options, () => options.readiness(app));
  await options.configure?.(app);
  try {
    await app.listen(options.port, options.bind);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw explainListenError(error, options);
  }
  const address = fastify.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.bind.includes(':') ? `[${options.bind}]` : options.bind;
  return { app, port, url: `http://${host}:${port}`, close: () => app.close() };
}

/** A proxy may send the whole URL (RFC 9112 section 3.2.2); nothing here depends on the host that it names. */
function originForm(target: string): string {
  const afterHost = /^https?:\/\/[^/?#]*/i.exec(target)?.[0].length;
  if (afterHost === undefined) return target;
  const rest = target.slice(afterHost);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** One sentence for the two ways in which a port is not to be had; anything else stays as it is. */
export function explainListenError(error: unknown, at: { port: number; bind: string; portVariable?: string }): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const variable = at.portVariable ?? 'PORT_BASE';
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `Port ${at.port} on ${at.bind} is taken by another program: stop it, or set ${variable} to another number.`,
      error,
    );
  }
  if (code === 'EACCES') {
    return new StartupError(`Port ${at.port} is not permitted to this user: set ${variable} to another number.`, error);
  }
  if (code === 'EADDRNOTAVAIL') {
    return new StartupError(`${at.bind} is not an address of this machine: set BIND_ADDRESS to one that is.`, error);
  }
  return error;
}

function addHealthRoutes(fastify: FastifyInstance, options: HttpAppOptions, checks: () => ReadinessChecks): void {
  fastify.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }));
  fastify.get('/readyz', async (_request, reply) => {
    const { ready, missing } = await checkReadiness(checks());
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', missing });
  });
  fastify.get('/metrics', async (request, reply) => {
    const local = /^(::ffff:)?127\.|^::1$/.test(request.ip);
    if (!local && options.metricsFrom !== 'anywhere') return reply.callNotFound();
    return reply.type(options.metrics.contentType).send(await options.metrics.metrics());
  });
}

function measureRequests(fastify: FastifyInstance, metrics: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    duration.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    done();
  });
}

/** What is no HTTP that can be read, or has too long a head, is answered with a problem document as well. */
function answerUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const code = isTooLong ? 'too-large' : 'request-invalid';
  const status = isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const type = `urn:akashi:problem:${code}`;
  const title = errorKinds[code].title.en;
  const body = JSON.stringify({ type, title, status: Number(status.slice(0, 3)), code, requestId: randomUUID() });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
