import { AppError } from '@akashi/server-kit';
import type { RowPlace } from './rows-page.ts';

export interface RunPlace {
  readonly createdAt: Date;
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const number = /^(0|[1-9]\d{0,14})$/;

export function runCursor({ createdAt, id }: RunPlace): string {
  return encode(`${createdAt.getTime()}.${id}`);
}

export function readRunCursor(text: string): RunPlace {
  const [ms = '', id = '', ...rest] = decode(text).split('.');
  if (!number.test(ms) || !uuid.test(id) || rest.length > 0) throw new AppError('cursor-invalid');
  return { createdAt: new Date(Number(ms)), id };
}

export function rowCursor({ frame, row }: RowPlace): string {
  return encode(`${frame}.${row}`);
}

export function readRowCursor(text: string): RowPlace {
  const [frame = '', row = '', ...rest] = decode(text).split('.');
  if (!number.test(frame) || !number.test(row) || rest.length > 0) throw new AppError('cursor-invalid');
  return { frame: Number(frame), row: Number(row) };
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** What is not written as `encode` writes it is no cursor of ours. */
function decode(text: string): string {
  const decoded = Buffer.from(text, 'base64url').toString('latin1');
  return encode(decoded) === text ? decoded : '';
}
