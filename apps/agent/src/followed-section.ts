import { closeSync } from 'node:fs';

import type { SectionConfig } from './awslogs-config.ts';
import { contentMatches, sameFile, statOpen, statPath, type FileStat } from './file-identity.ts';
import { findPaths, looksRotated } from './find-paths.ts';
import type { FilePhase, FollowedFile } from './followed-file.ts';
import { findCopy, siblingsByAge } from './rotation.ts';
import { SectionFiles, type SectionSurroundings } from './section-files.ts';
import type { SectionState } from './state-file.ts';
import { findAgain, renamedGraceMs, tendFiles } from './tend-files.ts';

/** As JSON, with what is escaped in it, a record fits into what the intake takes as one element (1 MiB). */
export const maxRecordBytes = 524_288;
/** Room for a batch and for a record that is still growing. */
const readAheadBytes = maxRecordBytes * 6;
/** Above this much unacknowledged text, a section reads no further than the file being shipped. */
const sectionBufferBytes = 64 * 1_048_576;
const slowCheckMs = 10_000;

/** One section of the configuration, as it is found on the disk from look to look. */
export class FollowedSection {
  readonly config: SectionConfig;
  readonly list: SectionFiles;
  private scanned: boolean;
  private slowCheckedMs: number | null = null;

  constructor(
    config: SectionConfig,
    start: { state: SectionState | null; nowMs: number },
    surroundings: SectionSurroundings,
  ) {
    this.config = config;
    this.scanned = start.state?.scanned ?? false;
    this.list = new SectionFiles(start, surroundings);
  }

  toState(): SectionState {
    return { scanned: this.scanned, items: this.list.items.map((item) => ('text' in item ? item : item.toState())) };
  }

  /** One look at the disk: finds new, rotated and truncated files, and reads ahead what was written. Never waits. */
  look(nowMs: number): void {
    const isSlowCheck = this.slowCheckedMs === null || nowMs - this.slowCheckedMs >= slowCheckMs;
    if (isSlowCheck) this.slowCheckedMs = nowMs;
    tendFiles(this.list, { nowMs, isSlowCheck });
    const followed = this.list.files().filter((file) => file.phase === 'live');
    // Files that are followed come first: only then is it known which of the others are their rotated selves.
    for (const path of new Set([...followed.map((file) => file.chain), ...findPaths(this.config.file)]))
      this.lookAt(path, nowMs);
    let buffered = this.list.files().reduce((sum, file) => sum + file.buffer.length, 0);
    for (const file of this.list.files()) {
      if (buffered > sectionBufferBytes) break;
      const before = file.buffer.length;
      this.fill(file, nowMs);
      buffered += file.buffer.length - before;
    }
    if (!this.scanned) this.list.isDirty = true;
    this.scanned = true;
  }

  fill(file: FollowedFile, nowMs: number): void {
    file.readAhead(readAheadBytes, { nowMs, fingerprintLines: this.config.fingerprintLines });
  }

  close(): void {
    for (const file of this.list.files()) file.close();
  }

  private lookAt(path: string, nowMs: number): void {
    const live = this.list.liveAt(path);
    const stat = statPath(path);
    if (live === null) {
      if (stat !== null) this.welcome(path, stat, nowMs);
      return;
    }
    if (stat === null) {
      // While it is open, its writer may go on in it; after a restart it has to be found again.
      if (live.fd === null || (!live.hasUnshipped && nowMs - live.grewAtMs >= renamedGraceMs)) this.leave(live, nowMs);
      return;
    }
    if (sameFile(stat, live)) {
      if (!this.isStill(live, path)) this.startAnew(live, { path, stat, nowMs });
      return;
    }
    const sinceMs = live.fd === null ? live.mtimeMs : statOpen(live.fd).mtimeMs;
    this.leave(live, nowMs);
    this.addMissed({ path, sinceMs, nowMs }, 'retired');
    this.welcome(path, stat, nowMs);
  }

  /** The path still names the file that was followed, with what was read of it unchanged. Opens it after a restart. */
  private isStill(live: FollowedFile, path: string): boolean {
    if (live.fd !== null) return live.stillHolds();
    const fd = this.list.open(path);
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
    if (this.list.isKnown(stat, path) || this.list.isCopyInTheMaking(path)) return;
    const offset = !this.scanned && this.config.startAt === 'end_of_file' ? stat.size : 0;
    this.list.add({ path, chain: path, offset, nowMs }, 'live');
    if (!this.scanned && path === this.config.file) this.setAside(path, nowMs);
  }

  /** What was rotated before the agent came is not shipped, and must be known later for what it is. */
  private setAside(path: string, nowMs: number): void {
    for (const sibling of siblingsByAge(path)) {
      if (sibling.stat.size === 0 || !looksRotated(path, sibling.path) || this.list.isKnown(sibling.stat, sibling.path))
        continue;
      const file = this.list.add({ path: sibling.path, chain: path, offset: sibling.stat.size, nowMs }, 'closed');
      if (file === null) continue;
      file.readAhead(0, { nowMs, fingerprintLines: this.config.fingerprintLines });
      file.close();
    }
  }

  /** The file at a live path is another one now: the old one is read to its end where it went. */
  private leave(live: FollowedFile, nowMs: number): void {
    this.list.isDirty = true;
    live.grewAtMs = nowMs;
    live.leftAtMs = nowMs;
    if (live.fd === null) findAgain(this.list, live, nowMs);
    else live.phase = 'retired';
  }

  /** The same inode with other content: truncated in place, mostly by copytruncate. */
  private startAnew(live: FollowedFile, found: { path: string; stat: FileStat; nowMs: number }): void {
    this.list.isDirty = true;
    const { path, stat, nowMs } = found;
    const wasOpen = live.fd !== null;
    const unknown = siblingsByAge(path).filter((sibling) => !this.list.isKnown(sibling.stat, sibling.path));
    const copy = findCopy(live.mark(), unknown);
    const beforeMs = stat.size === 0 ? stat.mtimeMs : nowMs;
    const sinceMs = copy?.stat.mtimeMs ?? live.mtimeMs;
    if (copy !== null) {
      live.attach(copy.fd, copy.path);
      live.phase = 'copy';
      this.list.addGap(live, { cause: 'copytruncate', copy, beforeMs, nowMs });
    } else {
      this.list.addGap(live, { cause: wasOpen ? 'truncated' : 'replaced', copy: null, beforeMs, nowMs });
      live.close();
      live.phase = 'gone';
      // What lies beyond was never read and is in the gap's record: nothing of it is waited for.
      live.size = live.readTo;
      if (!wasOpen || live.buffer.length === 0) this.list.remove(live);
    }
    // Read at once: a rotation may be copying this very content now, and only what was read tells such a copy from one
    // that was missed.
    const fresh = this.list.add({ path, chain: path, offset: 0, nowMs }, 'live');
    if (fresh !== null) this.fill(fresh, nowMs);
    for (const missed of this.addMissed({ path, sinceMs, nowMs }, 'copy')) {
      const missedStat = {
        dev: missed.dev,
        ino: missed.ino,
        size: missed.size,
        mtimeMs: missed.mtimeMs,
        ctimeMs: missed.mtimeMs,
      };
      this.list.addGap(missed, {
        cause: 'copytruncate',
        copy: { path: missed.source, stat: missedStat },
        beforeMs: nowMs,
        nowMs,
      });
    }
    if (fresh !== null) this.list.moveToEnd(fresh);
  }

  /** Rotations that happened between two looks left files that were never seen at the path: these come first, in order. */
  private addMissed(since: { path: string; sinceMs: number; nowMs: number }, phase: FilePhase): FollowedFile[] {
    const added: FollowedFile[] = [];
    const atPath = statPath(since.path);
    for (const { stat, path } of siblingsByAge(since.path)) {
      if (stat.mtimeMs < since.sinceMs || stat.size === 0 || !looksRotated(since.path, path)) continue;
      if ((atPath !== null && sameFile(stat, atPath)) || this.list.isKnown(stat, path)) continue;
      if (this.list.isCopyOfKnown(path) || this.list.isCopyInTheMaking(path)) continue;
      const file = this.list.add({ path, chain: since.path, offset: 0, nowMs: since.nowMs }, phase);
      if (file !== null) added.push(file);
    }
    return added;
  }
}
