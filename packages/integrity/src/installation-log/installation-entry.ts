/** The entries of the installation log, and what an organisation's slot in one of them is. */
import { createHmac } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { decodeUtf8 } from '../bytes.ts';
import { formatTime, parseTime } from '../header-values.ts';
import { isTreeSize } from '../merkle-ranges.ts';
import { sha256 } from '../sha256.ts';
import { formatTreeHead, type TreeHead } from '../signed-note.ts';
import type { Slot } from './slot-tree.ts';

export interface InstallationEntry {
  readonly entry: number;
  readonly createdUs: number;
  readonly slots: number;
  /** Over the slots; see `slotRoot`. */
  readonly root: Uint8Array;
}

const firstLine = 'akashi installation entry v1';
const slotUse = 'akashi slot of an organisation v1\n';

export function encodeInstallationEntry({ entry, createdUs, slots, root }: InstallationEntry): Buffer {
  if (!isTreeSize(entry) || !isTreeSize(slots) || root.length !== 32) throw new RangeError('not an entry');
  const lines = [`entry: ${entry}`, `created: ${formatTime(createdUs)}`, `slots: ${slots}`];
  return Buffer.from(`${[firstLine, ...lines, `root: ${encodeBase64(root)}`].join('\n')}\n`);
}

/** Reads an entry; null for everything that is not its one spelling. */
export function decodeInstallationEntry(bytes: Uint8Array): InstallationEntry | null {
  const text = decodeUtf8(bytes);
  const form = /^akashi installation entry v1\nentry: (\d{1,16})\ncreated: (\S+)\nslots: (\d{1,16})\nroot: (\S+)\n$/;
  const [, entryText = '', created = '', slotsText = '', rootText = ''] = form.exec(text ?? '') ?? [];
  const root = decodeBase64(rootText);
  const createdUs = parseTime(created);
  if (root?.length !== 32 || createdUs === null) return null;
  const [entry, slots] = [Number(entryText), Number(slotsText)];
  if (!isTreeSize(entry) || !isTreeSize(slots)) return null;
  const read = { entry, createdUs, slots, root };
  return encodeInstallationEntry(read).equals(bytes) ? read : null;
}

/** The blinded id of an organisation: who does not know its secret of 32 bytes cannot tell whose it is. */
export function blindedId(secret: Uint8Array, tenantId: string): Buffer {
  return createHmac('sha256', secret).update(`${slotUse}${tenantId}`).digest();
}

/** The slot of an organisation with its newest tree head. */
export function slotOf(secret: Uint8Array, tenantId: string, head: TreeHead): Slot {
  return { id: blindedId(secret, tenantId), value: sha256(Buffer.from(formatTreeHead(head))) };
}
