/**
 * What the groups and the PCI DSS 3.x tags of Wazuh's rules mean in our classes. Tags are opinionated: where we differ, the
 * table says why.
 */

import type { EventClass } from '@akashi/log-event';

const ofGroup: Readonly<Record<string, readonly EventClass[]>> = {
  authentication_failed: ['authentication-use', 'access-denied'],
  authentication_failures: ['authentication-use', 'access-denied'],
  invalid_login: ['authentication-use', 'access-denied'],
  authentication_success: ['authentication-use'],
  access_denied: ['access-denied'],
  firewall_drop: ['access-denied'],
  multiple_drops: ['access-denied'],
  adduser: ['account-change'],
  account_changed: ['account-change'],
  group_changed: ['account-change'],
  policy_changed: ['policy-change'],
  config_changed: ['policy-change'],
  audit_configuration: ['policy-change'],
  audit_daemon: ['log-control'],
};

const ofRequirement: Readonly<Record<string, readonly EventClass[]>> = {
  '10.2.2': ['privilege-elevation'],
  '10.2.4': ['access-denied'],
  '10.2.5': ['authentication-use'],
  '10.2.6': ['log-control'],
};

interface Difference {
  readonly classes: readonly EventClass[];
  readonly because: string;
}

/** By the rule's id. */
export const differences: Readonly<Record<string, Difference>> = {
  '30112': { classes: [], because: 'a file that does not exist is no refused attempt: nobody was denied anything' },
  '31310': { classes: [], because: 'a file that does not exist is no refused attempt: nobody was denied anything' },
  '31320': { classes: [], because: 'a name that is too long is a fault of the request, no refused attempt' },
  '31312': { classes: [], because: 'the first 401 asks for a name; nobody has tried one yet' },
  '31315': {
    classes: [],
    because:
      'its lines are shortened by hand; a typed path can end in these words, so only the whole message of nginx counts',
  },
  '2508': { classes: [], because: 'a connection to a directory is no sign-in: the BIND behind it is' },
  '5722': { classes: [], because: 'a connection that ends before anybody signed in is no use of a mechanism' },
  '5761': { classes: [], because: 'the end of a connection; the session has a line of its own' },
  '60109': {
    classes: ['account-change'],
    because: '10.2.5 of 3.x holds accounts too: an account that was enabled, nobody signed in',
  },
  '60110': { classes: ['account-change'], because: '10.2.5 of 3.x holds accounts too: nobody signed in' },
  '60160': { classes: ['account-change'], because: '10.2.5 of 3.x holds accounts too: nobody signed in' },
  '64027': { classes: ['account-change'], because: '10.2.5 of 3.x holds accounts too: nobody signed in' },
  '64008': {
    classes: ['privilege-elevation'],
    because: 'a higher level is an elevation; 10.2.7 is for system-level objects',
  },
  '80705': { classes: [], because: 'one of its two lines is an error of the daemon that changed nothing' },
  '80702': { classes: ['log-control'], because: 'the audit daemon starts' },
  '5405': {
    classes: ['privilege-elevation', 'access-denied'],
    because: 'sudo refused somebody: an attempt to gain rights',
  },
  '5401': {
    classes: ['privilege-elevation', 'access-denied'],
    because: 'sudo refused somebody: an attempt to gain rights',
  },
  '5404': {
    classes: ['privilege-elevation', 'access-denied'],
    because: 'sudo refused somebody: an attempt to gain rights',
  },
  '5301': {
    classes: ['privilege-elevation', 'access-denied'],
    because: 'su refused somebody: an attempt to gain rights',
  },
  '5302': {
    classes: ['privilege-elevation', 'access-denied'],
    because: 'su refused somebody: an attempt to gain rights',
  },
  '5755': {
    classes: ['access-denied'],
    because: 'the server refuses a file of keys; who signs in is told by another line',
  },
  '12108': { classes: ['access-denied'], because: 'one of its five lines has lost its last word, and one its program' },
  '64010': { classes: ['access-denied'], because: 'a refused enable is an attempt to gain rights' },
  // Rules without tags whose description says what happened.
  '5403': { classes: ['administrator-action'], because: 'a command run by sudo is an administrator’s act' },
  '5305': { classes: ['privilege-elevation'], because: 'su gives the rights of another account' },
  '40705': { classes: ['time-change'], because: 'the clock was set' },
  '64025': { classes: ['administrator-action'], because: 'a command on the firewall' },
  '64026': { classes: ['administrator-action'], because: 'a command on the firewall' },
  '60228': { classes: ['system-object'], because: 'a scheduled task is a system-level object' },
  '80793': { classes: ['account-change'], because: 'an account was locked' },
  '80794': { classes: ['account-change'], because: 'an account was unlocked' },
};

interface Rule {
  readonly rule: string;
  readonly pci_3: readonly string[];
  readonly groups: readonly string[];
}

/** Lines of which a rule's tags say more than the line does. */
const lessInLine: ReadonlyArray<readonly [RegExp, EventClass, string]> = [
  [/: Postponed /, 'access-denied', 'a step of an attempt that goes on: nobody was refused yet'],
];

export const lineDifferences = lessInLine.map(([, name, because]) => ({ name, because }));

/** What a line must have of what its rule is about. */
export function classesOfLine(line: string, classes: readonly EventClass[]): readonly EventClass[] {
  return classes.filter((name) => !lessInLine.some(([pattern, less]) => less === name && pattern.test(line)));
}

/** The classes that the event of each line of the rule must have. */
export function classesOfRule({ rule, pci_3: requirements, groups }: Rule): readonly EventClass[] {
  const different = differences[rule];
  if (different !== undefined) return different.classes;
  const classes = [
    ...groups.flatMap((group) => ofGroup[group] ?? []),
    ...requirements.flatMap((id) => ofRequirement[id] ?? []),
  ];
  return [...new Set(classes)];
}
