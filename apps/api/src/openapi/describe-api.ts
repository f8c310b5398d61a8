import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ApiModule } from '../api.module.ts';
import type { ApiParts } from '../api-parts.ts';
import { completeDescription } from './complete-description.ts';

/** The OpenAPI document of the routes as they are written, without opening or connecting anything. */
export async function describeApi(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(ApiModule.register({} as ApiParts), new FastifyAdapter(), {
    logger: false,
    preview: true,
    abortOnError: false,
  });
  const config = new DocumentBuilder()
    .setTitle('Akashi')
    .setDescription(
      'Log management for PCI DSS Requirement 10: search, events and their proofs. Every refusal is a problem document (RFC 9457) with a `code`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key' })
    .addCookieAuth('akashi_session')
    .build();
  return completeDescription(SwaggerModule.createDocument(app, config));
}

/** The document as it is committed: keys in a fixed order, so that a difference is a difference of the API. */
export async function writeApiDescription(): Promise<string> {
  return `${JSON.stringify(await describeApi(), sortKeys, 2)}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
