/**
 * Accounts and groups as the shadow tools change them (useradd, usermod, userdel, groupadd, groupmod, groupdel, gpasswd, passwd,
 * chage, chsh, newgrp), and sign-ins at a terminal (login): PCI DSS 10.2.1.4, 10.2.1.5.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isAdministratorGroup } from '../administrator-groups.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const name = "[`'](.{1,256})'";
const bare = '(\\S{1,256})';

const changes = messageTable([
  messageRow(
    '^new user: name=(.{1,256}), UID=(\\d{1,10}), GID=(\\d{1,10}), home=(.{0,1024}), shell=([^,]{0,256})(?:, from=(\\S{1,64}))?$',
    'user_added iam success',
    'user.target.name user.target.id group.id label:home label:shell process.tty.name',
  ),
  messageRow('^new group: name=(.{1,256}), GID=(\\d{1,10})$', 'group_added iam success', 'group.name group.id'),
  messageRow(
    '^group added to \\S{1,256}: name=(.{1,256}?)(?:, GID=(\\d{1,10}))?$',
    'group_added iam success',
    'group.name group.id',
  ),
  messageRow(`^failed adding user ${name}, (.{1,256})$`, 'user_added iam failure', 'user.target.name event.reason'),
  messageRow(`^failed to add group (.{1,256})$`, 'group_added iam failure', 'group.name'),
  messageRow(
    `^add ${name} to (?:shadow )?group ${name}$`,
    'group_member_added iam success',
    'user.target.name group.name',
  ),
  messageRow(
    `^delete ${name} from (?:shadow )?group ${name}$`,
    'group_member_removed iam success',
    'user.target.name group.name',
  ),
  messageRow(`^delete user ${name}$`, 'user_deleted iam success', 'user.target.name'),
  messageRow(
    `^removed (?:shadow )?group ${name} owned by ${name}$`,
    'group_deleted iam success',
    'group.name user.target.name',
  ),
  messageRow(`^remove group ${name}$`, 'group_deleted iam success', 'group.name'),
  messageRow(`^group ${name} removed(?: from \\S{1,256})?$`, 'group_deleted iam success', 'group.name'),
  messageRow(`^change user ${name} password$`, 'password_changed iam success', 'user.target.name'),
  messageRow(
    `^change user ${name} ((?:home|shell|UID|GID|expiration|inactive|comment|gecos) from '.{0,1024}' to '.{0,1024}')$`,
    'user_changed iam success',
    'user.target.name event.reason',
  ),
  messageRow(`^change user name ${name} to ${name}$`, 'user_renamed iam success', 'user.target.name label:new_name'),
  messageRow(`^lock user ${name} password$`, 'account_locked iam success', 'user.target.name'),
  messageRow(`^unlock user ${name} password$`, 'account_unlocked iam success', 'user.target.name'),
  messageRow(
    `^change ${name} to ${name} in (?:shadow )?group ${name}$`,
    'user_renamed iam success',
    'user.target.name label:new_name group.name',
  ),
  messageRow(
    `^change group ${name} (GID from \\d{1,10} to \\d{1,10})$`,
    'group_changed iam success',
    'group.name event.reason',
  ),
  messageRow(`^change name of group ${name} to ${name}$`, 'group_renamed iam success', 'group.name label:new_name'),
  messageRow(
    '^group changed in \\S{1,256} \\(group (.{1,256})/(\\d{1,10}), (.{1,512})\\)$',
    'group_changed iam success',
    'group.name group.id event.reason',
  ),
  messageRow(
    `^user ${bare} added by ${bare} to group ${bare}$`,
    'group_member_added iam success',
    'user.target.name user.name group.name',
  ),
  messageRow(
    `^add member ${bare} to group ${bare} by ${bare}$`,
    'group_member_added iam success',
    'user.target.name group.name user.name',
  ),
  messageRow(
    `^user ${bare} removed by ${bare} from group ${bare}$`,
    'group_member_removed iam success',
    'user.target.name user.name group.name',
  ),
  messageRow(
    `^remove member ${bare} from group ${bare} by ${bare}$`,
    'group_member_removed iam success',
    'user.target.name group.name user.name',
  ),
  messageRow(
    `^(?:change the )?password (?:of|for) group ${bare} (?:changed |removed )?by ${bare}$`,
    'group_password_changed iam success',
    'group.name user.name',
  ),
  messageRow(
    `^(members|administrators) of group ${bare} set by ${bare} to (.{0,2048})$`,
    'group_changed iam success',
    'label:changed group.name user.name event.reason',
  ),
  messageRow(`^access to group ${bare} restricted by ${bare}$`, 'group_changed iam success', 'group.name user.name'),
  messageRow(`^password for ${name} changed by ${name}$`, 'password_changed iam success', 'user.target.name user.name'),
  messageRow(
    `^(can't view or modify password information) for (.{1,256})$`,
    'password_changed iam failure',
    'event.reason user.target.name',
  ),
  messageRow(
    '^(password change failed, .{1,256}?)(?: for (.{1,256}))?$',
    'password_changed iam failure',
    'event.reason user.target.name',
  ),
  messageRow(
    '^changed password (?:expiry|expiration) for (.{1,256})$',
    'password_expiry_changed iam success',
    'user.target.name',
  ),
  messageRow(
    `^changed user ${name} (information|shell to '.{0,1024}')$`,
    'user_changed iam success',
    'user.target.name event.reason',
  ),
  messageRow(
    `^user ${name} \\(login ${name} on (\\S{1,64})\\) (?:switched|returned) to group ${name}$`,
    'group_switched iam success',
    'user.name - process.tty.name group.name',
  ),
  messageRow(`^Invalid password for group ${name} from ${name}$`, 'group_switched iam failure', 'group.name user.name'),
]);

const terminal = "[`']?(?:/dev/)?([\\w/:.-]{1,64})'?";

const signIns = messageTable([
  messageRow(
    `^(?:DIALUP AT|LOGIN ON) ${terminal} BY (.{1,256}) FROM (\\S{1,255})$`,
    'login authentication success',
    'process.tty.name user.name source',
  ),
  messageRow(
    `^(?:DIALUP AT|LOGIN ON) ${terminal} BY (.{1,256})$`,
    'login authentication success',
    'process.tty.name user.name',
  ),
  messageRow(
    `^ROOT LOGIN ON ${terminal}(?: FROM (\\S{1,255}))?$`,
    'login authentication success',
    'process.tty.name source user.name=root',
  ),
  messageRow(
    `^ROOT LOGIN +on ${name}(?: from ${name})?$`,
    'login authentication success',
    'process.tty.name source user.name=root',
  ),
  messageRow(
    `^FAILED LOGIN(?: SESSION)? ?(?:\\(\\d{1,6}\\)|\\d{1,6})? ?(?:on ${terminal} )?(?:FROM|from) [\`']?(\\S{1,255}?)'? FOR [\`']?(.{0,256}?)'?, ([^,]{1,256})$`,
    'login authentication failure',
    'process.tty.name source user.name event.reason',
  ),
  messageRow(
    `^FAILED LOGIN(?: SESSION)? ?(?:\\(\\d{1,6}\\)|\\d{1,6})? on ${terminal} FOR [\`']?(.{0,256}?)'?, ([^,]{1,256})$`,
    'login authentication failure',
    'process.tty.name user.name event.reason',
  ),
  messageRow(
    `^(TOO MANY LOGIN TRIES) \\(\\d{1,6}\\)(?: on ${terminal})?(?: FROM [\`']?(\\S{1,255}?)'?)? FOR [\`']?(.{0,256}?)'?(?:, .{1,256})?$`,
    'login authentication failure',
    'event.reason process.tty.name source user.name',
  ),
  messageRow(
    `^(invalid password) for ${name} on ${terminal}(?: from ${name})?$`,
    'login authentication failure',
    'event.reason user.name process.tty.name source',
  ),
]);

/** The programs whose messages the table of changes knows. */
export const shadowPrograms =
  'useradd usermod userdel groupadd groupmod groupdel groupmems gpasswd passwd chage chfn chsh chpasswd newusers newgrp sg adduser deluser';

export function readShadow(draft: EventDraft, message: string): boolean {
  draft.parsedAs('shadow');
  if (!readByTable(draft, message.trimEnd(), changes)) draft.partly('shadow', 'unknown-message');
  if (draft.get('event.action') === 'group_member_added' && isAdministratorGroup(draft.get('group.name')))
    draft.classify('privilege-elevation');
  return true;
}

/** False for what `login` says beyond sign-ins. */
export function readLogin(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), signIns)) return false;
  draft.parsedAs('shadow');
  return true;
}
