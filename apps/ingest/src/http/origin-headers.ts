import type { IncomingHttpHeaders } from 'node:http';
import { timeZoneName, type BatchOrigin } from '@akashi/log-event';
import { findEncoding } from '@akashi/line-text';
import { AppError } from '@akashi/server-kit';
import { maskOriginText } from './request-target.ts';

type OriginParts = Pick<BatchOrigin, 'file' | 'timeZone' | 'datetimeFormat' | 'encoding'>;

const maxHeaderLength = 1024;

/**
 * What a shipping agent says about its lines: `Akashi-Source-File` (percent-encoded), `Akashi-Time-Zone` (IANA name),
 * `Akashi-Datetime-Format` (strptime), `Akashi-Encoding`.
 */
export function readOriginHeaders(headers: IncomingHttpHeaders): OriginParts {
  const parts: OriginParts = {};
  const file = readHeader(headers, 'akashi-source-file');
  if (file !== undefined) parts.file = maskOriginText(decodePercent(file));
  const timeZone = readHeader(headers, 'akashi-time-zone');
  if (timeZone !== undefined) parts.timeZone = checkTimeZone(timeZone);
  const datetimeFormat = readHeader(headers, 'akashi-datetime-format');
  if (datetimeFormat !== undefined) parts.datetimeFormat = maskOriginText(decodePercent(datetimeFormat));
  const encoding = readHeader(headers, 'akashi-encoding');
  if (encoding !== undefined) parts.encoding = checkEncoding(encoding);
  return parts;
}

/** An agent names itself, such as `Akashi-Agent: akashi-agent/0.1.0`; everybody else is plain HTTP. */
export function senderKind(headers: IncomingHttpHeaders): 'agent' | 'http' {
  return headers['akashi-agent'] === undefined ? 'http' : 'agent';
}

function readHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > maxHeaderLength) throw invalid(name);
  return value;
}

/** A `%` that encodes nothing stands for itself: file names and time formats have them. */
function decodePercent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The runtime's name of the zone: one in the sealed origin for all spellings. */
function checkTimeZone(spelling: string): string {
  const name = timeZoneName(spelling);
  if (name === undefined) throw invalid('Akashi-Time-Zone');
  return name;
}

/** The label of a known encoding: nothing that a sender makes up enters the sealed origin. */
function checkEncoding(name: string): string {
  const encoding = findEncoding(name);
  if (encoding === undefined) throw invalid('Akashi-Encoding');
  return encoding.label;
}

/** `Akashi-Line-Parts`: the first record `continues` the line of an earlier batch; there is `more` of the last one's line. */
export function readLineParts(headers: IncomingHttpHeaders): { continues: boolean; more: boolean } {
  const words = (readHeader(headers, 'akashi-line-parts') ?? '').split(',').map((word) => word.trim().toLowerCase());
  const isKnown = words.every((word) => word === '' || word === 'continues' || word === 'more');
  if (!isKnown) throw invalid('Akashi-Line-Parts');
  return { continues: words.includes('continues'), more: words.includes('more') };
}

function invalid(header: string): AppError {
  return new AppError('request-invalid', { detail: `The header ${header} cannot be read.`, reason: 'header' });
}
