import { Serializer } from '@opensearch-project/opensearch';

/** What a `_bulk` request asks to be told of each item. */
export const bulkFilterPath = 'errors,items.create.status,items.create.error.type';

/** The answer to a body of which every item was created. */
export class AllCreated {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }
}

const head = '{"errors":false,"items":[';
const item = '{"create":{"status":201}}';
const tail = ']}';

/**
 * Reads answers of the server. Nearly every `_bulk` answer says the same of thousands of items: it is known by its text,
 * without an object for each of them. Any other text is JSON.
 */
export class AnswerSerializer extends Serializer {
  override deserialize(text: string): unknown {
    return readAllCreated(text) ?? (super.deserialize(text) as unknown);
  }
}

/** Undefined for an answer that is not, to the last character, what it is when everything was created. */
export function readAllCreated(text: string): AllCreated | undefined {
  const count = (text.length - head.length - tail.length + 1) / (item.length + 1);
  if (!Number.isInteger(count) || count < 1 || !text.startsWith(head)) return undefined;
  return text === head + `${item},`.repeat(count - 1) + item + tail ? new AllCreated(count) : undefined;
}
