/**
 * What the events of CEF and LEEF are, by vendor: the class id (LEEF: event id) and the name are the vendor's fixed words, and
 * ArcSight's categories say the same for all. Words that any vendor uses are `general-classes`' to know.
 */

import type { EventClass } from '../classes/event-class.ts';
import type { EventDraft } from '../event-draft.ts';
import { classifyFortinet } from './fortinet/read-fortinet.ts';
import { labelOf } from './label-of.ts';

export interface BarEvent {
  readonly vendor: string;
  readonly id: string;
  readonly name: string;
}

interface Rule {
  /** Of the class id, a blank, and the name. */
  readonly pattern: RegExp;
  readonly classes: readonly EventClass[];
  readonly outcome: 'success' | 'failure' | undefined;
}

const signIn = 'authentication-use';
const refused = 'authentication-use access-denied';
const change = 'administrator-action policy-change';
const accounts = 'administrator-action account-change';

const vendors: ReadonlyMap<string, readonly Rule[]> = new Map(
  Object.entries({
    'check point': [
      rule('^(?:Drop|Reject|Block|Prevent|Quarantine)\\b', 'access-denied', 'failure'),
      rule('^(?:Failed Log In|Log In Failed|Failed Login)\\b', refused, 'failure'),
      rule('^(?:Log In|Log Out|Login|Logout|VPN Routing)\\b', signIn, 'success'),
      rule('^(?:Accept|Allow|Encrypt|Decrypt|Detect)\\b', '', 'success'),
      rule('^(?:Install Policy|Publish|Modify|Create|Delete|Update)\\b', change, 'success'),
    ],
    'palo alto networks': [
      rule('^(?:auth-fail|globalprotect\\S{0,32}-auth-fail)\\b', refused, 'failure'),
      rule('^(?:auth-success|globalprotect\\S{0,32}-auth-succ|globalprotectgateway-logout-succ)\\b', signIn, 'success'),
      rule('^\\S{1,32} CONFIG$', change, 'success'),
      rule('^(?:deny|drop|drop-icmp) TRAFFIC$', 'access-denied', 'failure'),
      rule('^\\S{1,32} GLOBALPROTECT$', signIn, undefined),
    ],
    'cyber-ark': [
      rule('\\b(?:Logon|Logoff|User Authentication|Full Gateway Connection)$', signIn, undefined),
      rule('\\b(?:Authentication failure|Logon (?:failed|failure)|Impersonation failure)$', refused, 'failure'),
      rule(
        '\\b(?:CPM Change Password|CPM Reconcile Password|Set Password|Update Password|User Set Password)',
        'credential-change',
        undefined,
      ),
      rule(
        '\\b(?:Add|Delete|Update|Rename|Activate|Disable|Enable) (?:User|Group|Owner|Member)\\b',
        accounts,
        undefined,
      ),
      rule(
        '\\b(?:Retrieve password|Use Password|PSM Connect|PSM Disconnect|Copy Password|Show Password)',
        'administrator-action',
        undefined,
      ),
      rule('\\b(?:Retrieve File|Audit Report|Get (?:Log|Audit))', 'log-access', undefined),
    ],
    ubiquiti: [
      rule('\\bAdmin Accessed\\b', 'authentication-use administrator-action', 'success'),
      rule('\\b(?:Admin Login Failed|Failed Admin|Invalid Login)', refused, 'failure'),
      rule('\\bBlocked\\b', 'access-denied', 'failure'),
      rule(
        '\\b(?:Config(?:uration)? (?:Modified|Changed)|Settings? Changed|Admin Made Config Changes)',
        change,
        'success',
      ),
      rule('\\bAdmin (?:Added|Removed|Invited|Deleted|Created)\\b', accounts, 'success'),
    ],
    'trend micro': [
      rule('^(?:600|601|602|603) |\\b(?:Signed In|Signed Out|User Signed)', signIn, 'success'),
      rule('\\b(?:Sign-in Fail|User Sign In Failed|Sign-?In Failure)', refused, 'failure'),
      rule('\\bUser (?:Created|Deleted|Updated|Locked Out|Unlocked)', accounts, undefined),
      rule(
        '\\b(?:Policy|Firewall Rule|Role|Setting|System Settings) (?:Created|Deleted|Updated|Saved)',
        change,
        undefined,
      ),
    ],
    f5: [rule('\\b(?:Blocked|Illegal)\\b', 'access-denied', 'failure')],
    'imperva inc.': [rule('\\b(?:Block|Blocked)\\b', 'access-denied', 'failure')],
    microsoft: [
      rule('\\b(?:4624|4648|4634|4647|4768|4769|4776)\\b', signIn, undefined),
      rule('\\b(?:4625|4771)\\b', refused, 'failure'),
      rule(
        '\\b(?:4720|4722|4725|4726|4738|4740|4767|4781|4728|4729|4732|4733|4756|4757|4727|4730|4731|4734|4735)\\b',
        accounts,
        undefined,
      ),
      rule('\\b(?:4723|4724)\\b', 'credential-change', undefined),
      rule('\\b(?:1100|1102|1104|4719)\\b', 'log-control administrator-action', undefined),
      rule('\\b4672\\b', 'privilege-elevation', 'success'),
      rule('\\b4616\\b', 'time-change', undefined),
    ],
  }),
);
const otherNames: Readonly<Record<string, string>> = {
  cyberark: 'cyber-ark',
  imperva: 'imperva inc.',
  'ubiquiti networks': 'ubiquiti',
  paloaltonetworks: 'palo alto networks',
};

function rule(pattern: string, classes: string, outcome: Rule['outcome']): Rule {
  return { pattern: new RegExp(pattern), classes: classes === '' ? [] : (classes.split(' ') as EventClass[]), outcome };
}

const mostChars = 256;

export function classifyBarEvent(draft: EventDraft, { vendor, id, name }: BarEvent): void {
  const key = vendor.toLowerCase();
  const text = `${id} ${name}`.slice(0, mostChars);
  const found = vendors.get(otherNames[key] ?? key)?.find(({ pattern }) => pattern.test(text));
  if (found !== undefined) {
    if (found.outcome !== undefined) draft.set('event.outcome', found.outcome);
    draft.classify(...found.classes);
  } else if (key === 'fortinet') classifyFortinet(draft, labelOf(draft, 'FTNTFGTlogid') || labelOf(draft, 'logid'));
  classifyCategories(draft);
  if (/[A-Za-z]/.test(name)) draft.keyword('event.action', name);
}

/** ArcSight's `categoryBehavior=/Authentication/Verify categoryOutcome=/Failure`. */
function classifyCategories(draft: EventDraft): void {
  const behavior = labelOf(draft, 'categoryBehavior');
  if (behavior === '') return;
  const outcome = labelOf(draft, 'categoryOutcome');
  if (outcome === '/Success') draft.set('event.outcome', 'success');
  else if (outcome === '/Failure') draft.set('event.outcome', 'failure');
  const failed = outcome === '/Failure';
  if (behavior === '/Authentication/Verify')
    draft.classify('authentication-use', ...(failed ? (['access-denied'] as const) : []));
  else if (behavior.startsWith('/Authentication/')) draft.classify('account-change');
  else if (behavior.startsWith('/Authorization/'))
    draft.classify(behavior === '/Authorization/Verify' && failed ? 'access-denied' : 'account-change');
  else if (behavior === '/Modify/Configuration') draft.classify('policy-change');
  else if (behavior.startsWith('/Access') && failed) draft.classify('access-denied');
}
