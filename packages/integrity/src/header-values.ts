/** The values that stand behind the keys of a log entry: one spelling for each, anything else is refused. */
import { decodeBase64 } from './base64.ts';
import { isTreeSize } from './merkle-ranges.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}$/;
const wordPattern = /^[a-z0-9][a-z0-9-]{0,31}$/;
const timePattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})(\d{3})Z$/;

/** A line has a value that no log entry can carry; `line` counts from 1. */
export class MalformedLine extends Error {
  override readonly name = 'MalformedLine';
  readonly line: number;

  constructor(line: number) {
    super(`log entry: line ${line} has a value that no entry can carry`);
    this.line = line;
  }
}

/** Reads the lines of an entry by their keys, each of which has its fixed place. Every method throws a MalformedLine. */
export class HeaderLines {
  readonly #lines: readonly string[];
  readonly #keys: readonly string[];

  /** `lines` is the whole text split at LF, the format line first. */
  constructor(lines: readonly string[], keys: readonly string[]) {
    this.#lines = lines;
    this.#keys = keys;
    if (lines.length !== keys.length + 2 || lines.at(-1) !== '') throw new MalformedLine(lines.length);
  }

  refuse(key: string): never {
    throw new MalformedLine(this.#keys.indexOf(key) + 2);
  }

  name(key: string): string {
    const value = this.text(key);
    return isHeaderName(value) ? value : this.refuse(key);
  }

  /** A short name in lower case: of a retention policy, of a kind of statement. */
  word(key: string): string {
    const value = this.text(key);
    return wordPattern.test(value) ? value : this.refuse(key);
  }

  count(key: string): number {
    const value = this.text(key);
    const count = /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : Number.NaN;
    return isTreeSize(count) ? count : this.refuse(key);
  }

  hash(key: string): Uint8Array {
    const bytes = decodeBase64(this.text(key));
    return bytes?.length === 32 ? bytes : this.refuse(key);
  }

  /** Microseconds since 1970. */
  time(key: string): number {
    return parseTime(this.text(key)) ?? this.refuse(key);
  }

  /** Whether the value of that key is this word. */
  is(key: string, word: string): boolean {
    return this.text(key) === word;
  }

  /** The value of that key, whatever it is. */
  text(key: string): string {
    const line = this.#lines[this.#keys.indexOf(key) + 1] ?? '';
    return line.startsWith(`${key}: `) ? line.slice(key.length + 2) : this.refuse(key);
  }
}

/** Whether a text is a name as headers and segment tables carry them. */
export function isHeaderName(text: string): boolean {
  return namePattern.test(text);
}

/** Whether a text is a word as retention policies and kinds of statements are. */
export function isHeaderWord(text: string): boolean {
  return wordPattern.test(text);
}

/** Microseconds since 1970; null for every other spelling. */
export function parseTime(text: string): number | null {
  const match = timePattern.exec(text);
  const microseconds = match === null ? Number.NaN : Date.parse(`${match[1]}Z`) * 1000 + Number(match[2]);
  return isTreeSize(microseconds) && formatTime(microseconds) === text ? microseconds : null;
}

/** UTC with six digits of seconds. Throws a RangeError for what is no whole number of microseconds since 1970. */
export function formatTime(microseconds: number): string {
  if (!isTreeSize(microseconds)) throw new RangeError('log entry: a time is a whole number of microseconds since 1970');
  const milliseconds = new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1);
  return `${milliseconds}${String(microseconds % 1000).padStart(3, '0')}Z`;
}
