import { isTenantId } from '@akashi/policy';
import { ArchiveError } from './archive-store.ts';

const partForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Keys are relative, use `/`, and no part can lead out of the tenant. */
export function checkKey(key: string): string {
  if (key.length > 512 || !key.split('/').every((part) => partForm.test(part))) {
    throw new ArchiveError('invalid-key', 'An archive key is made of plain parts joined by "/".');
  }
  return key;
}

/** A key's beginning: whole parts, then perhaps a part of one. */
export function checkPrefix(prefix: string): string {
  const slash = prefix.lastIndexOf('/');
  if (slash >= 0) checkKey(prefix.slice(0, slash));
  const last = prefix.slice(slash + 1);
  if (last !== '') checkKey(last);
  return prefix;
}

export function checkTenantId(tenantId: string): string {
  if (!isTenantId(tenantId)) throw new ArchiveError('invalid-id', 'A tenant id is a lower-case UUID.');
  return tenantId;
}

const disposableForm = /^(?:blocks|reports)\/\d{4}\/\d{2}\/\d{2}\/.+$/;

/** Of the evidence only blocks and report objects may ever go; what proves them stays. */
export function checkDisposable(key: string): string {
  if (!disposableForm.test(checkKey(key)))
    throw new ArchiveError('invalid-key', 'Only blocks and report objects are removed when their time is over.');
  return key;
}

/** The tiles and entry bundles of C2SP tlog-tiles, below `log/`; a partial one ends in its width. */
const tileForm = /^(log\/tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

function parseTile(key: string): { tile: string; width: number } | undefined {
  const found = tileForm.exec(key);
  if (found?.[1] === undefined) return undefined;
  return { tile: found[1], width: found[2] === undefined ? 256 : Number(found[2]) };
}

/** Whether `wider` is the same tile as the partial one, with more in it. */
export function checkSuperseded(partial: string, wider: string): void {
  const narrow = parseTile(partial);
  const wide = parseTile(wider);
  if (narrow !== undefined && narrow.tile === wide?.tile && narrow.width < wide.width) return;
  throw new ArchiveError('not-superseded', 'Only a partial tile that a wider one contains can be removed.');
}

const blockForm = /^(blocks\/\d{4}\/\d{2}\/\d{2}\/\d{12,16})(?:\.r(\d{12,16}))?\.akb$/;

/** Whether the key is that of an earlier object of the block whose replacement the other one is. */
export function checkReplaced(key: string, replacement: string): void {
  const [, block, earlier] = blockForm.exec(checkKey(key)) ?? [];
  const [, sameBlock, newer] = blockForm.exec(checkKey(replacement)) ?? [];
  const isEarlier = newer !== undefined && (earlier === undefined || Number(earlier) < Number(newer));
  if (block !== undefined && block === sameBlock && isEarlier) return;
  throw new ArchiveError('invalid-key', 'Only an earlier object of a block goes when its replacement is there.');
}

export function notReplaced(): ArchiveError {
  return new ArchiveError('not-replaced', 'An object stays until its replacement is there.');
}

export const blocksPrefix = 'blocks/';
export const checkpointKey = 'log/checkpoint';
