import { AppError } from '@akashi/server-kit';

export type BodyFormat = 'text' | 'ndjson' | 'json';

export interface BodyType {
  format: BodyFormat;
  /** A name of the WHATWG's encodings. */
  charset: string;
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
  return { format, charset: encodingName(quoted ?? plain ?? '') };
}

/** ASCII is UTF-8, and much that says to be ASCII is really that. */
const utf8Labels = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii']);

function encodingName(label: string): string {
  if (utf8Labels.has(label.toLowerCase())) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    throw new AppError('media-type-unsupported', {
      cause,
      detail: 'The charset of the Content-Type is not known.',
      reason: 'charset',
    });
  }
}
