import type { BatchOrigin } from '../batch-origin.ts';
import type { EventDraft } from '../event-draft.ts';
import { joinParts } from '../join-parts.ts';
import { compileOwnFormat, type CompiledFormat } from './compile-own-format.ts';
import type { FormatMeter } from './format-meter.ts';
import type { LinearExpression } from './linear-expression.ts';
import type { LiveFormat } from './own-format.ts';

/** The formats of an organisation that read lines now, each compiled once. One that does not compile reads nothing. */
export class LiveFormats {
  readonly #byGroup = new Map<string, CompiledFormat[]>();
  readonly #byName = new Map<string, CompiledFormat>();

  constructor(formats: readonly LiveFormat[], meter?: FormatMeter) {
    for (const { format, logGroups } of formats) {
      const result = compileOwnFormat(format);
      if (!result.ok) continue;
      const compiled = meter?.metered(result.compiled) ?? result.compiled;
      this.#byName.set(format.name, compiled);
      for (const group of logGroups) this.#byGroup.set(group, [...(this.#byGroup.get(group) ?? []), compiled]);
    }
  }

  /** Those for a record of this origin, a source's own format first; undefined for most. */
  of({ logGroup, format }: BatchOrigin): readonly CompiledFormat[] | undefined {
    const named = format === undefined ? undefined : this.#byName.get(format);
    const ofGroup = this.#byGroup.get(logGroup);
    if (named === undefined) return ofGroup;
    return [named, ...(ofGroup ?? []).filter((each) => each !== named)];
  }

  /** What the first records of an origin's events match, where its events may have several: of the first format that says so. */
  beginsOf(origin: BatchOrigin): LinearExpression | undefined {
    return this.of(origin)?.find(({ begins }) => begins !== undefined)?.begins;
  }
}

/** Tries those that read the whole record, or what an envelope has left of it. */
export function readOwn(draft: EventDraft, formats: readonly CompiledFormat[], reads: 'record' | 'message'): boolean {
  const text = reads === 'record' ? lineOf(draft.text) : draft.text.slice(draft.messageStart, draft.messageEnd);
  return formats.some((each) => {
    if (each.format.reads !== reads) return false;
    if (each.begins === undefined || draft.joined === undefined) return each.read(draft, text);
    if (draft.joined !== 'part') return each.read(draft, joinParts([text, ...draft.joined.map(lineOf)], '\n'));
    // What it says is told by its head.
    draft.partly(each.format.name, 'continuation');
    return true;
  });
}

function lineOf(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end -= 1;
  return text.slice(0, end);
}
