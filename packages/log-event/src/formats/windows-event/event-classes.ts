/** Classes that an id alone does not decide. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import type { WindowsEvent } from './windows-event.ts';

type Decide = (event: WindowsEvent, draft: EventDraft) => readonly EventClass[];

/** The last part of the ids of groups whose members may do what administrators may ([MS-DTYP] 2.4.2.4). */
const administratorGroups = new Set('512 518 519 520 526 527 544 548 549 550 551 552 555 557 562 578 580'.split(' '));
const administratorNames = new Set([
  'administrators',
  'domain admins',
  'enterprise admins',
  'schema admins',
  'account operators',
  'server operators',
  'backup operators',
  'print operators',
  'group policy creator owners',
  'remote desktop users',
  'hyper-v administrators',
  'dnsadmins',
  'remote management users',
  'key admins',
  'enterprise key admins',
]);

/** Local System and the two service accounts, and virtual accounts of services, windows and fonts. */
const serviceSid = /^S-1-5-(?:18|19|20|80-.*|83-.*|90-.*|96-.*)$/;
const administratorSid = /^S-1-5-(?:18|21-\d[\d-]{0,60}-500)$/;
const fullToken = new Set(['%%1937', 'TokenElevationTypeFull (2)', 'Type 2']);
/** Services whose end means that nobody logs, or that the clock runs free. */
const loggingServices = /event ?log|イベント ?ログ/i;
const clockServices = /^(?:windows time|w32time|windows タイム)$/i;

const decisions: Readonly<Record<string, Decide>> = {
  group_member_added: ({ data }) =>
    isAdministrators(data) ? ['account-change', 'privilege-elevation'] : ['account-change'],
  special_privileges_assigned: ({ data }) =>
    serviceSid.test(data.get('SubjectUserSid') ?? '')
      ? ['authentication-use']
      : ['authentication-use', 'privilege-elevation'],
  process_created: ({ data }) =>
    fullToken.has(data.get('TokenElevationType') ?? '') && !serviceSid.test(data.get('SubjectUserSid') ?? '')
      ? ['administrator-action']
      : [],
  powershell_command: byAdministrator,
  powershell_script: byAdministrator,
  service_state_changed: ({ data }) => {
    const name = data.get('Param1') ?? '';
    if (loggingServices.test(name)) return ['log-control'];
    return clockServices.test(name) ? ['time-change'] : [];
  },
  service_failed: ({ data }) => (loggingServices.test(data.get('Param1') ?? '') ? ['log-control'] : []),
  directory_object_changed: ofDirectory,
  directory_object_created: ofDirectory,
  directory_object_restored: ofDirectory,
  directory_object_moved: ofDirectory,
  directory_object_deleted: ofDirectory,
};

export function decideClasses(event: WindowsEvent, draft: EventDraft, action: string): void {
  const classes = decisions[action]?.(event, draft);
  if (classes !== undefined) draft.classify(...classes);
}

function isAdministrators(data: ReadonlyMap<string, string>): boolean {
  const sid = data.get('TargetSid') ?? '';
  if (administratorGroups.has(sid.slice(sid.lastIndexOf('-') + 1))) return true;
  return administratorNames.has((data.get('TargetUserName') ?? '').toLowerCase());
}

function byAdministrator({ userSid, data }: WindowsEvent): readonly EventClass[] {
  const context = data.get('ContextInfo') ?? '';
  const isSystem = /User = (?:NT AUTHORITY\\SYSTEM|[^\r\n\\]{1,64}\\Administrator)[\r\n]/i.test(context);
  return isSystem || (userSid !== undefined && administratorSid.test(userSid)) ? ['administrator-action'] : [];
}

const accountObjects = new Set(['user', 'group', 'computer', 'inetorgperson', 'msds-groupmanagedserviceaccount']);
const policyObjects = new Set(['grouppolicycontainer', 'domaindns', 'trusteddomain', 'msds-passwordsettings']);

/** Accounts and groups are 10.2.1.5, policies 10.2.1.2, all else is an object of the directory. */
function ofDirectory({ data }: WindowsEvent): readonly EventClass[] {
  const kind = (data.get('ObjectClass') ?? '').toLowerCase();
  if (accountObjects.has(kind)) return ['account-change'];
  return policyObjects.has(kind) ? ['policy-change'] : ['system-object'];
}
