import type { LiveFormat, OwnFormat } from './own-format.ts';

/** An activation as it is kept: its definition was checked when it was saved. */
export interface KeptLiveFormat {
  readonly definition: unknown;
  readonly logGroups: readonly string[];
}

/**
 * The formats of an organisation for its `NormalizerSettings`. Nothing but what takes part in reading is in them, so that the
 * same formats are the same derivation whoever activated them, and when.
 */
export function liveFormatsOf(kept: readonly KeptLiveFormat[]): LiveFormat[] {
  return kept.map(({ definition, logGroups }) => ({
    format: definition as OwnFormat,
    logGroups: [...logGroups].toSorted(),
  }));
}
