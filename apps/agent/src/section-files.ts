import { closeSync } from 'node:fs';

import { openPath, pathMatches, readRange, sameFile, statOpen, type FileStat } from './file-identity.ts';
import { isSiblingName } from './find-paths.ts';
import { FollowedFile, type FilePhase } from './followed-file.ts';
import { gapRecord, type Gap } from './gap.ts';
import type { Found } from './rotation.ts';
import type { Say } from './say.ts';
import type { Notice, SectionState } from './state-file.ts';

export type SectionItem = FollowedFile | Notice;
export type SectionSurroundings = { readonly say: Say; readonly newId: () => string };

const comparedBytes = 65_536;

/** The files and notices of one section in the order in which they are shipped, and what is known of them. */
export class SectionFiles {
  items: SectionItem[];
  /** Something changed that the state file does not say yet. */
  isDirty = false;
  private readonly surroundings: SectionSurroundings;

  constructor(start: { state: SectionState | null; nowMs: number }, surroundings: SectionSurroundings) {
    this.surroundings = surroundings;
    this.items = (start.state?.items ?? []).map((item) =>
      item.kind === 'notice' ? item : new FollowedFile(item, start.nowMs),
    );
  }

  files(): FollowedFile[] {
    return this.items.filter((item) => item instanceof FollowedFile);
  }

  liveAt(path: string): FollowedFile | null {
    return this.files().find((file) => file.phase === 'live' && file.chain === path) ?? null;
  }

  /** null when the file can't be opened, which is said once. */
  add(what: { path: string; chain: string; offset: number; nowMs: number }, phase: FilePhase): FollowedFile | null {
    const fd = this.open(what.path);
    if (fd === null) return null;
    const file = FollowedFile.begin(
      { id: this.surroundings.newId(), chain: what.chain, source: what.path, phase, offset: what.offset },
      { stat: statOpen(fd), nowMs: what.nowMs },
    );
    file.attach(fd, what.path);
    this.items.push(file);
    this.isDirty = true;
    return file;
  }

  remove(item: SectionItem): void {
    if (item instanceof FollowedFile) item.close();
    this.items = this.items.filter((other) => other !== item);
    this.isDirty = true;
  }

  /** Ships `item` after everything else that is in the list now. */
  moveToEnd(item: SectionItem): void {
    this.items = [...this.items.filter((other) => other !== item), item];
  }

  /** Puts a record about a possible gap behind what is left of `file`. */
  addGap(
    file: FollowedFile,
    facts: { cause: Gap['cause']; copy: Found | null; beforeMs: number; nowMs: number },
  ): void {
    const { cause, copy, beforeMs, nowMs } = facts;
    const fromByte = copy === null ? file.readTo : Math.max(file.readTo, copy.stat.size);
    const text = gapRecord({
      cause,
      file: file.chain,
      fromByte,
      toByte: null,
      // A batch that was under way may have arrived: then nothing is certain.
      lostUpToByte: copy === null && file.pending === null ? file.size : fromByte,
      copy: copy?.path ?? null,
      afterMs: copy?.stat.mtimeMs ?? file.lastReadMs,
      beforeMs,
      lastReadMs: file.lastReadMs,
      detectedMs: nowMs,
    });
    this.surroundings.say.line(text.replace(/^akashi-agent: /, ''));
    this.items.push({ kind: 'notice', id: this.surroundings.newId(), chain: file.chain, text });
    this.isDirty = true;
  }

  /** A file that is in the list already, perhaps under another name. An inode that was given to another file is not. */
  isKnown(stat: FileStat, path: string): boolean {
    return this.files().some((file) => {
      if (!sameFile(stat, file)) return false;
      if (file.fd !== null) return true;
      if (file.head.length > 0 && pathMatches(path, file.mark())) return true;
      if (file.phase === 'closed') this.remove(file);
      return false;
    });
  }

  /** The content of a file that is in the list stands at `path` too. */
  isCopyOfKnown(path: string): boolean {
    return this.files().some((file) => file.head.length > 0 && file.readTo > 0 && pathMatches(path, file.mark()));
  }

  /** The copy that copytruncate is about to make comes into sight before the truncation: it holds what its original holds. */
  isCopyInTheMaking(path: string): boolean {
    return this.files().some(
      (file) => file.phase === 'live' && isSiblingName(file.chain, path) && holdsTheSame(file, path),
    );
  }

  open(path: string): number | null {
    const fd = openPath(path);
    if (fd === null)
      this.surroundings.say.once(
        `open ${path}`,
        `${path} can't be opened: may this user read it? The agent goes on trying.`,
      );
    return fd;
  }
}

function holdsTheSame(file: FollowedFile, path: string): boolean {
  const original = file.fd;
  if (original === null || file.readTo === 0) return false;
  const fd = openPath(path);
  if (fd === null) return false;
  try {
    const [copied, present] = [statOpen(fd).size, statOpen(original).size];
    // A copy is never longer than its original, unless that was truncated since.
    if (copied > present && present >= file.readTo) return false;
    const common = Math.min(copied, file.readTo);
    const starts = [0, Math.max(0, common - comparedBytes)];
    return starts.every((from) => {
      const length = Math.min(comparedBytes, common - from);
      return readRange(fd, { from, length }).equals(readRange(original, { from, length }));
    });
  } finally {
    closeSync(fd);
  }
}
