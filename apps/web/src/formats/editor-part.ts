import type { FormatDefinition } from '../api-client/formats.ts';
import type { FoundKey } from './editor-state.ts';

/** What each part of the editor works on. */
export interface EditorPart {
  readonly definition: FormatDefinition;
  readonly onChange: (definition: FormatDefinition) => void;
  /** What is wrong at a path of the definition and below it, in words. */
  readonly problemAt: (path: string) => string | undefined;
}

export interface KeysPart extends EditorPart {
  readonly keys: readonly FoundKey[];
}
