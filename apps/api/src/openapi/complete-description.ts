import type { OpenAPIObject } from '@nestjs/swagger';
import { errorKinds, type ErrorCode } from '@akashi/server-kit';
import { exampleOf, type Schema } from './example-of.ts';
import { problemsOf } from './route-problems.ts';

interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}

interface Answer {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Media>;
}

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema; example?: unknown }[];
  requestBody?: { content?: Record<string, Media> };
  responses: Record<string, Answer>;
  security?: Record<string, string[]>[];
  [extension: `x-${string}`]: unknown;
}

const problemType = 'application/problem+json';
const problemSchema: Schema = { $ref: '#/components/schemas/Problem' };

/** Adds to each operation an example of what it takes and gives, and every problem that it can answer, by status. */
export function completeDescription(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods) as unknown as [string, Operation][]) {
      if (typeof operation !== 'object' || operation.responses === undefined) continue;
      addPathParameters(operation, path);
      addExamples(operation, components);
      addProblems(operation, { path, method });
      addSecurity(operation);
    }
  }
  return document;
}

/** A handler that takes all parts of a path at once names none of them. */
function addPathParameters(operation: Operation, path: string): void {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) => name ?? []);
  const known = operation.parameters ?? [];
  const missing = names.filter((name) => !known.some((each) => each.in === 'path' && each.name === name));
  if (missing.length === 0) return;
  const added = missing.map((name) => ({ in: 'path', name, required: true, schema: { type: 'string' } }));
  operation.parameters = [...known, ...added];
}

function addExamples(operation: Operation, components: Record<string, Schema>): void {
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const body of bodies) {
    for (const media of Object.values(body?.content ?? {})) {
      if (media.schema !== undefined && media.example === undefined)
        media.example = exampleOf(media.schema, components);
    }
  }
  for (const parameter of operation.parameters ?? []) {
    if (parameter.example !== undefined || parameter.schema === undefined || parameter.in !== 'path') continue;
    const shown = exampleOf(
      { type: 'object', required: [parameter.name], properties: { [parameter.name]: parameter.schema } },
      components,
    );
    parameter.example = (shown as Record<string, unknown>)[parameter.name];
  }
}

function addProblems(operation: Operation, { path, method }: { path: string; method: string }): void {
  const codes = problemsOf({
    method,
    path,
    hasBody: operation.requestBody !== undefined,
    hasQuery: (operation.parameters ?? []).some((parameter) => parameter.in === 'query'),
    rule: textOf(operation['x-akashi-rule']),
    needsStepUp: operation['x-akashi-step-up'] === true,
    isAudited: !textOf(operation['x-akashi-audit'] ?? 'none').startsWith('none'),
    own: (operation['x-akashi-problems'] as ErrorCode[] | undefined) ?? [],
  });
  delete operation['x-akashi-problems'];
  for (const [status, answered] of Map.groupBy(codes, (code) => String(errorKinds[code].status)))
    operation.responses[status] ??= problemAnswer(answered);
  operation.responses['default'] = {
    description: 'Any other refusal or fault',
    content: { [problemType]: { schema: problemSchema } },
  };
}

function problemAnswer(codes: readonly ErrorCode[]): Answer {
  const [first] = codes;
  const status = first === undefined ? 500 : errorKinds[first].status;
  const examples = codes.map((code) => {
    const { title } = errorKinds[code];
    const type = `urn:akashi:problem:${code}`;
    const requestId = 'a2f4c1d0-1111-4222-8333-444455556666';
    return [
      code,
      { summary: title.ja, value: { type, title: title.en, status: errorKinds[code].status, code, requestId } },
    ];
  });
  return {
    description: codes.map((code) => `\`${code}\`: ${errorKinds[code].title.en}`).join('; '),
    ...(status === 429 || status === 503 ? { headers: waitHeaders(status) } : {}),
    content: {
      [problemType]: {
        schema: problemSchema,
        examples: Object.fromEntries(examples) as NonNullable<Media['examples']>,
      },
    },
  };
}

function waitHeaders(status: number): Record<string, unknown> {
  const seconds = { schema: { type: 'integer', minimum: 0 } };
  const retry = { 'Retry-After': { description: 'Seconds until it is worth trying again', ...seconds } };
  if (status !== 429) return retry;
  return {
    ...retry,
    'RateLimit-Limit': { description: 'What is allowed, where there is one number for it', ...seconds },
    'RateLimit-Remaining': { description: 'What is left: 0', ...seconds },
    'RateLimit-Reset': { description: 'Seconds until something is allowed again', ...seconds },
  };
}

/** A program shows its key, a browser its cookie; open routes need neither. */
function addSecurity(operation: Operation): void {
  const rule = textOf(operation['x-akashi-rule']);
  if (rule === 'open') operation.security = [];
  else if (
    rule.startsWith('stage:') ||
    rule === 'signed-in' ||
    rule.endsWith(' or owner') ||
    operation['x-akashi-step-up'] === true
  )
    operation.security = [{ cookie: [] }];
  else operation.security = [{ bearer: [] }, { cookie: [] }];
}

function textOf(extension: unknown): string {
  return typeof extension === 'string' ? extension : '';
}
