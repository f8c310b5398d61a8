import { closeSync } from 'node:fs';

import type { SectionConfig } from './awslogs-config.ts';
import {
  contentMatches,
  openPath,
  pathMatches,
  readRange,
  sameFile,
  statOpen,
  statPath,
  type FileStat,
} from './file-identity.ts';
import { findPaths, isSiblingName, looksRotated } from './find-paths.ts';
import { FollowedFile, type FilePhase } from './followed-file.ts';
import { gapRecord, type Gap } from './gap.ts';
import { findCopy, findRenamed, siblingsByAge, type Found } from './rotation.ts';
import type { Say } from './say.ts';
import type { Notice, SectionState } from './state-file.ts';

export type SectionItem = FollowedFile | Notice;
export type SectionSurroundings = { readonly say: Say; readonly newId: () => string };

export const maxRecordBytes = 1_048_576;
/** Room for a batch and for a record that is still growing. */
const readAheadBytes = maxRecordBytes * 3;
/** Above this much unacknowledged text, a section reads no further than the file being shipped. */
const sectionBufferBytes = 64 * 1_048_576;
/** A writer may go on in a renamed file until it is told of the rotation. */
const renamedGraceMs = 30_000;
const slowCheckMs = 10_000;

/** The files of one section of the configuration, in the order in which they are shipped. */
export class FollowedSection {
  readonly config: SectionConfig;
  items: SectionItem[] = [];
  /** Something changed that the state file does not say yet. */
  isDirty = false;
  private scanned: boolean;
  private slowCheckedMs: number | null = null;
  private readonly surroundings: SectionSurroundings;

  constructor(
    config: SectionConfig,
    start: { state: SectionState | null; nowMs: number },
    surroundings: SectionSurroundings,
  ) {
    this.config = config;
    this.surroundings = surroundings;
    this.scanned = start.state?.scanned ?? false;
    for (const item of start.state?.items ?? []) {
      this.items.push(item.kind === 'notice' ? item : new FollowedFile(item, start.nowMs));
    }
  }

  toState(): SectionState {
    return {
      scanned: this.scanned,
      items: this.items.map((item) => (item instanceof FollowedFile ? item.toState() : item)),
    };
  }

  /** One look at the disk: finds new, rotated and truncated files, and reads ahead what was written. Never waits. */
  look(nowMs: number): void {
    this.tend(nowMs);
    const paths = findPaths(this.config.file);
    const followed = this.files()
      .filter((file) => file.phase === 'live')
      .map((file) => file.chain);
    for (const path of new Set([...followed, ...paths])) this.lookAt(path, nowMs);
    let buffered = this.files().reduce((sum, file) => sum + file.buffer.length, 0);
    for (const file of this.files()) {
      if (buffered > sectionBufferBytes) break;
      const before = file.buffer.length;
      this.fill(file, nowMs);
      buffered += file.buffer.length - before;
    }
    if (!this.scanned) this.isDirty = true;
    this.scanned = true;
  }

  fill(file: FollowedFile, nowMs: number): void {
    file.readAhead(readAheadBytes, { nowMs, fingerprintLines: this.config.fingerprintLines });
  }

  remove(item: SectionItem): void {
    if (item instanceof FollowedFile) item.close();
    this.items = this.items.filter((other) => other !== item);
    this.isDirty = true;
  }

  close(): void {
    for (const file of this.files()) file.close();
  }

  private files(): FollowedFile[] {
    return this.items.filter((item) => item instanceof FollowedFile);
  }

  private lookAt(path: string, nowMs: number): void {
    const live = this.files().find((file) => file.phase === 'live' && file.chain === path);
    const stat = statPath(path);
    if (live === undefined) {
      if (stat !== null) this.welcome(path, stat, nowMs);
      return;
    }
    if (stat === null) {
      // While it is open, its writer may go on in it; after a restart it has to be found again.
      if (live.fd === null || (!live.hasUnshipped && nowMs - live.grewAtMs >= renamedGraceMs)) this.leave(live, nowMs);
      return;
    }
    if (sameFile(stat, live)) {
      if (this.isStill(live, path)) return;
      this.startAnew(live, { path, stat, nowMs });
      return;
    }
    const since = live.fd === null ? live.mtimeMs : statOpen(live.fd).mtimeMs;
    this.leave(live, nowMs);
    this.addMissed({ path, sinceMs: since, nowMs }, 'retired');
    this.welcome(path, stat, nowMs);
  }

  /** The path still names the file that was followed, with what was read of it unchanged. Opens it after a restart. */
  private isStill(live: FollowedFile, path: string): boolean {
    if (live.fd !== null) return live.stillHolds();
    const fd = this.open(path);
    if (fd === null) return true;
    if (!contentMatches(fd, live.mark())) {
      closeSync(fd);
      return false;
    }
    live.attach(fd, path);
    return true;
  }

  /** A path that is not followed yet. */
  private welcome(path: string, stat: FileStat, nowMs: number): void {
    if (this.isKnown(stat, path) || this.isCopyInTheMaking(path)) return;
    const offset = !this.scanned && this.config.startAt === 'end_of_file' ? stat.size : 0;
    this.add({ path, chain: path, offset, nowMs }, 'live');
    if (!this.scanned && path === this.config.file) this.setAside(path, nowMs);
  }

  /** What was rotated before the agent came is not shipped, and must be known later for what it is. */
  private setAside(path: string, nowMs: number): void {
    for (const sibling of siblingsByAge(path)) {
      if (sibling.stat.size === 0 || !looksRotated(path, sibling.path) || this.isKnown(sibling.stat, sibling.path))
        continue;
      const file = this.add({ path: sibling.path, chain: path, offset: sibling.stat.size, nowMs }, 'closed');
      if (file === null) continue;
      file.readAhead(0, { nowMs, fingerprintLines: this.config.fingerprintLines });
      file.close();
    }
  }

  /** The file at a live path is another one now: the old one is read to its end where it went. */
  private leave(live: FollowedFile, nowMs: number): void {
    this.isDirty = true;
    live.grewAtMs = nowMs;
    live.leftAtMs = nowMs;
    if (live.fd !== null) {
      live.phase = 'retired';
      return;
    }
    this.findAgain(live, nowMs);
  }

  /** After a restart: finds a renamed or copied file by what is known of it; says so in the stream when it is not there any more. */
  private findAgain(file: FollowedFile, nowMs: number): void {
    const siblings = siblingsByAge(file.chain);
    const renamed = findRenamed(file, file.mark(), siblings);
    const found =
      renamed ??
      findCopy(
        file.mark(),
        siblings.filter((sibling) => !this.isKnown(sibling.stat, sibling.path)),
      );
    this.isDirty = true;
    if (found !== null) {
      file.attach(found.fd, found.path);
      file.phase = renamed === null ? 'copy' : 'retired';
      return;
    }
    const isComplete = file.phase !== 'live' && file.offset >= file.size;
    if (!isComplete)
      this.addGap(file, {
        cause: file.phase === 'gone' ? 'stopped' : 'rotated_away',
        copy: null,
        beforeMs: nowMs,
        nowMs,
      });
    this.remove(file);
  }

  /** The same inode with other content: truncated in place, mostly by copytruncate. */
  private startAnew(live: FollowedFile, found: { path: string; stat: FileStat; nowMs: number }): void {
    this.isDirty = true;
    const { path, stat, nowMs } = found;
    const wasOpen = live.fd !== null;
    const unknown = siblingsByAge(path).filter((sibling) => !this.isKnown(sibling.stat, sibling.path));
    const copy = findCopy(live.mark(), unknown);
    const beforeMs = stat.size === 0 ? stat.mtimeMs : nowMs;
    const sinceMs = copy?.stat.mtimeMs ?? live.mtimeMs;
    if (copy !== null) {
      live.attach(copy.fd, copy.path);
      live.phase = 'copy';
      this.addGap(live, { cause: 'copytruncate', copy, beforeMs, nowMs });
    } else {
      this.addGap(live, { cause: wasOpen ? 'truncated' : 'replaced', copy: null, beforeMs, nowMs });
      live.close();
      live.phase = 'gone';
      // What lies beyond was never read and is in the gap's record: nothing of it is waited for.
      live.size = live.readTo;
      if (!wasOpen || live.buffer.length === 0) this.remove(live);
    }
    for (const missed of this.addMissed({ path, sinceMs, nowMs }, 'copy')) {
      this.addGap(missed, {
        cause: 'copytruncate',
        copy: { path: missed.source, stat: missedStat(missed) },
        beforeMs: nowMs,
        nowMs,
      });
    }
    this.add({ path, chain: path, offset: 0, nowMs }, 'live');
  }

  /** Rotations that happened between two looks left files that were never seen at the path: these come first, in order. */
  private addMissed(since: { path: string; sinceMs: number; nowMs: number }, phase: FilePhase): FollowedFile[] {
    const added: FollowedFile[] = [];
    const atPath = statPath(since.path);
    for (const sibling of siblingsByAge(since.path)) {
      const { stat, path } = sibling;
      const isOlder = stat.mtimeMs < since.sinceMs || !looksRotated(since.path, path);
      if (isOlder || stat.size === 0 || (atPath !== null && sameFile(stat, atPath)) || this.isKnown(stat, path))
        continue;
      if (this.files().some((file) => file.head.length > 0 && file.readTo > 0 && pathMatches(path, file.mark())))
        continue;
      const file = this.add({ path, chain: since.path, offset: 0, nowMs: since.nowMs }, phase);
      if (file !== null) added.push(file);
    }
    return added;
  }

  private add(
    what: { path: string; chain: string; offset: number; nowMs: number },
    phase: FilePhase,
  ): FollowedFile | null {
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

  private addGap(
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
  private isKnown(stat: FileStat, path: string): boolean {
    return this.files().some((file) => {
      if (!sameFile(stat, file)) return false;
      if (file.fd !== null) return true;
      if (file.head.length > 0 && pathMatches(path, file.mark())) return true;
      if (file.phase === 'closed') this.remove(file);
      return false;
    });
  }

  /** With a wildcard, the copy that copytruncate is about to make comes into sight: it holds what its original holds. */
  private isCopyInTheMaking(path: string): boolean {
    return this.files().some(
      (file) => file.phase === 'live' && isSiblingName(file.chain, path) && holdsTheSame(file, path),
    );
  }

  private tend(nowMs: number): void {
    const isSlowCheck = this.slowCheckedMs === null || nowMs - this.slowCheckedMs >= slowCheckMs;
    if (isSlowCheck) this.slowCheckedMs = nowMs;
    for (const file of this.files()) {
      if (file.phase === 'live') continue;
      if (file.phase === 'closed') {
        if (isSlowCheck) this.tendClosed(file);
        continue;
      }
      if (file.fd === null) {
        if (file.buffer.length > 0) continue;
        if (file.phase === 'gone' && file.offset >= file.size) this.remove(file);
        else this.findAgain(file, nowMs);
        continue;
      }
      if (!file.stillHolds()) {
        file.close();
        file.phase = 'gone';
        file.size = file.readTo;
        continue;
      }
      const mayGrow = file.phase === 'retired' && nowMs - file.grewAtMs < renamedGraceMs;
      if (!mayGrow && !file.hasUnshipped && statOpen(file.fd).size <= file.readTo) {
        file.close();
        file.phase = 'closed';
        this.isDirty = true;
        if (file.offset === 0 || file.head.length === 0) this.remove(file);
      }
    }
  }

  /** A file that was read to its end stays known while it is there, and is taken up again should it grow. */
  private tendClosed(file: FollowedFile): void {
    const places = siblingsByAge(file.chain);
    const atSource = statPath(file.source);
    const there = (atSource === null ? places : [...places, { path: file.source, stat: atSource }]).find((place) =>
      sameFile(place.stat, file),
    );
    if (there === undefined) {
      this.remove(file);
      return;
    }
    if (there.stat.size <= file.offset) return;
    const fd = openPath(there.path);
    if (fd === null) return;
    if (contentMatches(fd, file.mark())) {
      file.attach(fd, there.path);
      file.phase = 'retired';
      this.isDirty = true;
      return;
    }
    closeSync(fd);
    this.remove(file);
  }

  private open(path: string): number | null {
    const fd = openPath(path);
    if (fd === null)
      this.surroundings.say.once(
        `open ${path}`,
        `${path} can't be opened: may this user read it? The agent goes on trying.`,
      );
    return fd;
  }
}

const comparedBytes = 65_536;

function holdsTheSame(file: FollowedFile, path: string): boolean {
  if (file.fd === null || file.readTo === 0) return false;
  const fd = openPath(path);
  if (fd === null) return false;
  try {
    const common = Math.min(statOpen(fd).size, file.readTo);
    if (common === 0) return true;
    const starts = [0, Math.max(0, common - comparedBytes)];
    return starts.every((from) => {
      const length = Math.min(comparedBytes, common - from);
      return readRange(fd, { from, length }).equals(readRange(file.fd ?? fd, { from, length }));
    });
  } finally {
    closeSync(fd);
  }
}

function missedStat(file: FollowedFile): FileStat {
  return { dev: file.dev, ino: file.ino, size: file.size, mtimeMs: file.mtimeMs, ctimeMs: file.mtimeMs };
}
