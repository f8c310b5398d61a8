/** Software put on and taken off a host: dpkg's own file, yum and dnf through syslog and in their files (PCI DSS 10.2.1.7). */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';

const verbs = new Map([
  ['install', 'package_installed'],
  ['Installed', 'package_installed'],
  ['Install', 'package_installed'],
  ['Reinstalled', 'package_installed'],
  ['upgrade', 'package_updated'],
  ['Updated', 'package_updated'],
  ['Update', 'package_updated'],
  ['Upgraded', 'package_updated'],
  ['Upgrade', 'package_updated'],
  ['Downgraded', 'package_downgraded'],
  ['Downgrade', 'package_downgraded'],
  ['remove', 'package_removed'],
  ['purge', 'package_removed'],
  ['Erased', 'package_removed'],
  ['Erase', 'package_removed'],
  ['Removed', 'package_removed'],
  ['Obsoleted', 'package_removed'],
]);

const yum = /^(?:(?:SUBDEBUG|DEBUG|INFO|DDEBUG) )?([A-Z][a-z]{4,10}): (\S{1,256})(?: - u)?$/;

/** `Installed: openssl-1:1.1.1k-6.el8.x86_64`; false for the other messages of these programs. */
export function readYum(draft: EventDraft, message: string): boolean {
  const [, verb = '', name] = yum.exec(message.trimEnd()) ?? [];
  const action = verbs.get(verb);
  if (action === undefined) return false;
  draft.parsedAs('packages');
  draft.event(action, 'package', 'success');
  draft.keyword('package.name', name);
  return true;
}

const dpkg = /^ (install|upgrade|remove|purge) (\S{1,256}) (\S{1,256}) (\S{1,256})\s*$/;
const dnfFile = /^ (?:SUBDEBUG|INFO|DEBUG) [A-Z][a-z]{4,10}: \S{1,256}\s*$/;

/** Lines of dpkg.log and dnf.rpm.log, which begin with their time. */
export function readPackageFile(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  const first = text.charCodeAt(wall.end + 1);
  // i, u, r and p of dpkg's words, S, I and D of dnf's.
  if (
    text.length > wall.end + 700 ||
    !(first === 105 || first === 117 || first === 114 || first === 112 || first === 83 || first === 73 || first === 68)
  )
    return false;
  const rest = text.slice(wall.end);
  if (dnfFile.test(rest)) {
    if (!readYum(draft, rest.trim())) return false;
    draft.keyword('process.name', 'dnf');
  } else {
    const [, verb = '', name, before = '', after = ''] = dpkg.exec(rest) ?? [];
    const action = verbs.get(verb);
    if (action === undefined) return false;
    draft.parsedAs('packages');
    draft.event(action, 'package', 'success');
    draft.keyword('process.name', 'dpkg');
    draft.keyword('package.name', name);
    draft.keyword('package.version', after.startsWith('<') ? before : after);
    if (before !== after && !before.startsWith('<') && !after.startsWith('<')) draft.label('former_version', before);
  }
  draft.setWall(wall, 0);
  draft.messageStart = wall.end + 1;
  return true;
}
