import { findEncoding, type TextEncoding } from '@akashi/line-text';
import { AppError } from '@akashi/server-kit';

export type BodyFormat = 'text' | 'ndjson' | 'json';

export interface BodyType {
  format: BodyFormat;
  /** What the `charset` says; undefined without one. */
  encoding: TextEncoding | undefined;
}

const formats: Readonly<Record<string, BodyFormat>> = {
  'text/plain': 'text',
  'application/x-ndjson': 'ndjson',
  'application/json': 'json',
};

const charsetParameter = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/** Reads a `Content-Type`; throws what the sender is answered when it is none that is taken. */
export function readBodyType(contentType = ''): BodyType {
  const format = formats[contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''];
  if (format === undefined) {
    throw new AppError('media-type-unsupported', {
      detail: 'Content-Type must be text/plain, application/x-ndjson or application/json.',
      reason: 'content-type',
    });
  }
  const [, quoted, plain] = charsetParameter.exec(contentType) ?? [];
  return { format, encoding: encodingOf(quoted ?? plain ?? '') };
}

function encodingOf(charset: string): TextEncoding | undefined {
  if (charset === '') return undefined;
  const encoding = findEncoding(charset);
  if (encoding !== undefined) return encoding;
  throw new AppError('media-type-unsupported', {
    detail: 'The charset of the Content-Type is not known.',
    reason: 'charset',
  });
}
