import type { NormalizerSettings } from './log-event.ts';
import { timeZoneName } from './time/time-zone.ts';

/**
 * Raised with every change that makes another index document of the same record: a reader, the field catalogue, the
 * document's form.
 */
export const catalogueVersion = 3;

/**
 * What a document was derived with, beside the sealed record and its sealed origin (where a source's own zone and format
 * stand). A setting that takes part in reading belongs in `NormalizerSettings`: readers get nothing else, so it is part of
 * the derivation from its first day.
 */
export interface Derivation {
  readonly catalogueVersion: number;
  readonly settings: Readonly<NormalizerSettings>;
}

/** Today's derivation of an organisation with these settings. */
export function derivationOf(settings: NormalizerSettings, version: number = catalogueVersion): Derivation {
  const timeZone = timeZoneName(settings.timeZone) ?? settings.timeZone;
  const { ownFormats = [], ...rest } = settings;
  // Without formats of its own an organisation's derivation is what it was before there were any.
  const own = ownFormats.length === 0 ? {} : { ownFormats };
  return { catalogueVersion: version, settings: { ...rest, ...own, timeZone } };
}

/** The canonical text of a derivation: equal derivations give equal texts, whatever the order of their settings. */
export function derivationText({ catalogueVersion: version, settings }: Derivation): string {
  const sorted = Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([version, sorted]);
}

const idLength = 32;

/** The short name of a derivation: the first digits of the SHA-256 of its text. Pure code takes the hash function. */
export function derivationId(derivation: Derivation, sha256: (bytes: Uint8Array) => Uint8Array): string {
  return Buffer.from(sha256(Buffer.from(derivationText(derivation), 'utf8')))
    .toString('hex')
    .slice(0, idLength);
}

/** A derivation as it is kept beside documents: its settings are JSON of whatever version wrote them. */
export interface KeptDerivation {
  readonly catalogueVersion: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A kept derivation, to derive the same again; null for one of another catalogue, whose readers are gone. */
export function repeatableDerivation(
  { catalogueVersion: version, settings }: KeptDerivation,
  today: number = catalogueVersion,
): Derivation | null {
  const { timeZone } = settings;
  if (version !== today || typeof timeZone !== 'string') return null;
  return { catalogueVersion: version, settings: { ...settings, timeZone } };
}
