/** Operations of Microsoft 365, Entra ID and Azure that Requirement 10 asks for. */

import type { EventClass } from '../../classes/event-class.ts';

/** Names without blanks, full stops and case: `Add user.`, `Add User` and `AddUser` are one. */
const rows: Readonly<Record<string, string>> = {
  'authentication-use':
    'userloggedin userloginfailed sign-inactivity sign-in mailboxlogin userloggedoff foreignrealmindexlogoninitialauthusingadfsfederatedtoken',
  'account-change':
    'adduser deleteuser updateuser restoreuser harddeleteuser disableaccount enableaccount addgroup deletegroup updategroup addmembertogroup removememberfromgroup addserviceprincipal removeserviceprincipal inviteexternaluser addedtogroup removedfromgroup new-mailbox remove-mailbox',
  'account-change privilege-elevation':
    'addmembertorole addeligiblemembertorole addmembertorolecompletedpimactivation addmembertoroleinpimcompletedpermanent addapproleassignmenttoserviceprincipal adddelegatedpermissiongrant consenttoapplication add-rolegroupmember add-mailboxpermission siteadminchangerequest sitecollectionadminadded',
  'account-change policy-change': 'removememberfromrole remove-rolegroupmember',
  'credential-change':
    'changeuserpassword resetuserpassword setforcechangeuserpassword resetpassword(byadmin) resetpassword(self-service) changepassword(self-service) userregisteredsecurityinfo userdeletedsecurityinfo userchangeddefaultsecurityinfo adminregisteredsecurityinfo admindeletedsecurityinfo updateserviceprincipalcredentials addserviceprincipalcredentials removeserviceprincipalcredentials updateapplication–certificatesandsecretsmanagement disablestrongauthentication enablestrongauthentication',
  'policy-change':
    'addconditionalaccesspolicy updateconditionalaccesspolicy deleteconditionalaccesspolicy addpolicy updatepolicy deletepolicy setpasswordpolicy setdomainauthentication setfederationsettingsondomain adddomaintocompany verifydomain set-transportrule new-transportrule set-adminauditlogconfig set-organizationconfig set-mailbox new-inboxrule set-inboxrule sharingpolicychanged',
  'log-control': 'set-mailboxauditbypassassociation auditlogdisabled disableauditlog',
  'log-access': 'search-unifiedauditlog auditlogsearchcreated auditsearchcreated search-adminauditlog viewauditlog',
};

const byName: ReadonlyMap<string, readonly EventClass[]> = new Map(
  Object.entries(rows).flatMap(([names, operations]) =>
    operations.split(' ').map((operation) => [operation, names.split(' ') as EventClass[]] as const),
  ),
);

/** `MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/SECURITYRULES/WRITE`: a kind of resource, and what is done to it. */
const resourceRows: ReadonlyArray<readonly [RegExp, readonly EventClass[]]> = [
  [/^microsoft\.authorization\/roleassignments\/write$/, ['account-change', 'privilege-elevation']],
  [/^microsoft\.authorization\/roleassignments\/delete$/, ['account-change']],
  [/^microsoft\.authorization\/(?:elevateaccess)\/action$/, ['privilege-elevation']],
  [
    /^microsoft\.authorization\/(?:policy|roledefinitions|locks|policyassignments|policydefinitions)\S{0,64}\/(?:write|delete)$/,
    ['policy-change'],
  ],
  [
    /^microsoft\.network\/(?:networksecuritygroups|azurefirewalls|firewallpolicies|routetables)\S{0,128}\/(?:write|delete)$/,
    ['policy-change'],
  ],
  [/^microsoft\.sql\/servers\/(?:firewallrules|auditingsettings)\S{0,64}\/(?:write|delete)$/, ['policy-change']],
  [/^microsoft\.insights\/(?:diagnosticsettings|logprofiles|activitylogalerts)\/(?:write|delete)$/, ['log-control']],
  [/^microsoft\.keyvault\/vaults\/(?:accesspolicies\/)?write$/, ['policy-change']],
  [/\/(?:listkeys|regeneratekey|regeneratekeys|resetpassword)\/action$/, ['credential-change']],
  [/\/(?:write|delete)$/, ['system-object']],
];

export function operationClasses(operation: string): readonly EventClass[] {
  const name = operation.toLowerCase();
  if (name.startsWith('microsoft.')) return resourceRows.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  return byName.get(name.replace(/[\s.]/g, '')) ?? [];
}
