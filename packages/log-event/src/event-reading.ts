import type { EventReading, FieldValue, LogEvent, ParseResult } from './log-event.ts';

export interface ReadingParts {
  timestampUs: number;
  originalTime: string | undefined;
  logStream: string;
  message: string;
  messageOffset: number;
  parse: ParseResult;
  fieldNames: readonly string[];
  fieldValues: readonly FieldValue[];
  labelKeys: readonly string[];
  labelValues: readonly string[];
}

/** An event whose `fields` and `labels` are objects only for those who ask. */
export class ListedEvent implements EventReading {
  readonly timestampUs: number;
  declare readonly originalTime?: string;
  readonly logStream: string;
  readonly message: string;
  readonly messageOffset: number;
  readonly parse: ParseResult;
  readonly fieldNames: readonly string[];
  readonly fieldValues: readonly FieldValue[];
  readonly labelKeys: readonly string[];
  readonly labelValues: readonly string[];

  constructor(parts: ReadingParts) {
    this.timestampUs = parts.timestampUs;
    if (parts.originalTime !== undefined) this.originalTime = parts.originalTime;
    this.logStream = parts.logStream;
    this.message = parts.message;
    this.messageOffset = parts.messageOffset;
    this.parse = parts.parse;
    this.fieldNames = parts.fieldNames;
    this.fieldValues = parts.fieldValues;
    this.labelKeys = parts.labelKeys;
    this.labelValues = parts.labelValues;
  }

  get fields(): Record<string, FieldValue> {
    return joined(this.fieldNames, this.fieldValues);
  }

  get labels(): Record<string, string> {
    return joined(this.labelKeys, this.labelValues);
  }

  toLogEvent(): LogEvent {
    const { timestampUs, originalTime, logStream, message, messageOffset, fields, labels, parse } = this;
    const time = originalTime === undefined ? {} : { originalTime };
    return { timestampUs, ...time, logStream, message, messageOffset, fields, labels, parse };
  }
}

function joined<T>(keys: readonly string[], values: readonly T[]): Record<string, T> {
  const object: Record<string, T> = {};
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const value = values[i];
    if (key !== undefined && value !== undefined) object[key] = value;
  }
  return object;
}
