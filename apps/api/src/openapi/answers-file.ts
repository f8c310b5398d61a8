import { applyDecorators } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { problem } from '@akashi/contracts';
import type { FastifyReply } from 'fastify';

/** The route answers bytes to be kept as a file, of one of these types. */
export function AnswersFile(description: string, types: readonly string[]): MethodDecorator {
  const schema = { type: 'string', format: 'binary' } as const;
  return applyDecorators(
    ApiProduces(...types),
    ApiOkResponse({
      description,
      headers: { 'Repr-Digest': { description: 'SHA-256 of the file (RFC 9530)', schema: { type: 'string' } } },
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
    }),
    ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem }),
  );
}

export interface FileHead {
  readonly type: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** For programs that read ASCII alone, and for everybody else (RFC 6266). */
  readonly name: { readonly plain: string; readonly full: string };
}

/** The head of such an answer; the bytes are what the handler returns. */
export function sendAsFile(reply: FastifyReply, { type, bytes, sha256, name }: FileHead): void {
  void reply
    .type(type)
    .header('content-length', bytes)
    .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
    .header('content-disposition', `attachment; filename="${name.plain}"; filename*=UTF-8''${extValue(name.full)}`);
}

/** RFC 8187: what `encodeURIComponent` leaves and a header does not take. */
function extValue(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
