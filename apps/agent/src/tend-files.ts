import { closeSync } from 'node:fs';

import { contentMatches, openPath, sameFile, statOpen, statPath } from './file-identity.ts';
import type { FollowedFile } from './followed-file.ts';
import { findCopy, findRenamed, siblingsByAge } from './rotation.ts';
import type { SectionFiles } from './section-files.ts';

/** A writer may go on in a renamed file until it is told of the rotation. */
export const renamedGraceMs = 30_000;

/** Looks after files that are not at their path any more: reopens them after a restart, closes and forgets them in time. */
export function tendFiles(list: SectionFiles, when: { nowMs: number; isSlowCheck: boolean }): void {
  for (const file of list.files()) {
    if (file.phase === 'live') continue;
    if (file.phase === 'closed') {
      if (when.isSlowCheck) tendClosed(list, file);
    } else if (file.fd === null) {
      tendUnopened(list, file, when.nowMs);
    } else {
      tendOpen(list, file, when.nowMs);
    }
  }
}

/** After a restart: finds a renamed or copied file by what is known of it; says so in the stream when it is not there any more. */
export function findAgain(list: SectionFiles, file: FollowedFile, nowMs: number): void {
  const siblings = siblingsByAge(file.chain);
  const renamed = findRenamed(file, file.mark(), siblings);
  const found =
    renamed ??
    findCopy(
      file.mark(),
      siblings.filter((sibling) => !list.isKnown(sibling.stat, sibling.path)),
    );
  list.isDirty = true;
  if (found !== null) {
    file.attach(found.fd, found.path);
    file.phase = renamed === null ? 'copy' : 'retired';
    return;
  }
  const isComplete = file.phase !== 'live' && file.offset >= file.size;
  if (!isComplete)
    list.addGap(file, {
      cause: file.phase === 'gone' ? 'stopped' : 'rotated_away',
      copy: null,
      beforeMs: nowMs,
      nowMs,
    });
  list.remove(file);
}

function tendUnopened(list: SectionFiles, file: FollowedFile, nowMs: number): void {
  if (file.buffer.length > 0) return;
  if (file.phase === 'gone' && file.offset >= file.size) list.remove(file);
  else findAgain(list, file, nowMs);
}

function tendOpen(list: SectionFiles, file: FollowedFile, nowMs: number): void {
  if (file.fd === null) return;
  if (!file.stillHolds()) {
    file.close();
    file.phase = 'gone';
    file.size = file.readTo;
    return;
  }
  const mayGrow = file.phase === 'retired' && nowMs - file.grewAtMs < renamedGraceMs;
  if (mayGrow || file.hasUnshipped || statOpen(file.fd).size > file.readTo) return;
  file.close();
  file.phase = 'closed';
  list.isDirty = true;
  // A file without content can't be told from another one later.
  if (file.offset === 0 || file.head.length === 0) list.remove(file);
}

/** A file that was read to its end stays known while it is there, and is taken up again should it grow. */
function tendClosed(list: SectionFiles, file: FollowedFile): void {
  const places = siblingsByAge(file.chain);
  const atSource = statPath(file.source);
  const there = (atSource === null ? places : [...places, { path: file.source, stat: atSource }]).find((place) =>
    sameFile(place.stat, file),
  );
  if (there === undefined) {
    list.remove(file);
    return;
  }
  if (there.stat.size <= file.offset) return;
  const fd = openPath(there.path);
  if (fd === null) return;
  if (contentMatches(fd, file.mark())) {
    file.attach(fd, there.path);
    file.phase = 'retired';
    list.isDirty = true;
    return;
  }
  closeSync(fd);
  list.remove(file);
}
