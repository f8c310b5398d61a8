import { HttpException } from '@nestjs/common';
import { AppError, toAppError } from './app-error.ts';
import { errorKinds, type ErrorCode } from './error-codes.ts';

/** RFC 9457, with the product's code, the request id and, for unreadable input, the place. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  requestId: string;
  params?: Readonly<Record<string, string | number>>;
  position?: number;
  length?: number;
  reason?: string;
  suggestion?: string;
}

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'request-invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'too-slow',
  413: 'too-large',
  415: 'media-type-unsupported',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** `ja` when the caller prefers it to English, by RFC 9110 section 12.5.4 as far as two languages need it. */
export function preferredLanguage(acceptLanguage: string | undefined): 'ja' | 'en' {
  let best: { language: 'ja' | 'en'; quality: number } = { language: 'en', quality: 0 };
  for (const range of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const weight = parameters.map((each) => /^\s*q=([0-9.]+)$/.exec(each)?.[1]).find((each) => each !== undefined);
    const quality = weight === undefined ? 1 : Number(weight);
    const language = tag.split('-')[0];
    if ((language === 'ja' || language === 'en') && quality > best.quality) best = { language, quality };
  }
  return best.language;
}

function firstIssue(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('message' in response)) return undefined;
  const { message } = response;
  const first: unknown = Array.isArray(message) ? message[0] : message;
  return typeof first === 'string' ? first.slice(0, 300) : undefined;
}

/** Nest's, Fastify's and our errors as one AppError. Anything unexpected is `internal`, whose cause is not shown. */
export function describeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const code = codeByStatus[status];
    if (code === undefined) return new AppError('internal', { cause: error });
    return new AppError(code, { cause: error, detail: status === 400 ? firstIssue(error.getResponse()) : undefined });
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const code = codeByStatus[error.statusCode];
    if (code !== undefined) return new AppError(code, { cause: error });
  }
  return toAppError(error);
}

export function problemDocument(
  error: AppError,
  request: { requestId: string; language: 'ja' | 'en' },
): ProblemDocument {
  const { detail, params, position, length, reason, suggestion } = error.details;
  return {
    type: `urn:akashi:problem:${error.code}`,
    title: errorKinds[error.code].title[request.language],
    status: error.status,
    code: error.code,
    ...(detail === undefined ? {} : { detail }),
    requestId: request.requestId,
    ...(params === undefined ? {} : { params }),
    ...(position === undefined ? {} : { position }),
    ...(length === undefined ? {} : { length }),
    ...(reason === undefined ? {} : { reason }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
