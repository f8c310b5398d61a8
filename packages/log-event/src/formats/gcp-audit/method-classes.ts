/** Methods of Google Cloud that Requirement 10 asks for, by the last part of their names; the rest follow from their verbs. */

import type { EventClass } from '../../classes/event-class.ts';

const rows: ReadonlyArray<readonly [RegExp, readonly EventClass[]]> = [
  [/^(?:loginSuccess|loginFailure|loginChallenge|loginVerification|logout|AuthorizeUser)$/i, ['authentication-use']],
  [/^(?:GenerateAccessToken|GenerateIdToken|SignBlob|SignJwt)$/i, ['authentication-use', 'privilege-elevation']],
  [/^(?:Create|Delete|Upload|Enable|Disable)ServiceAccountKey$/i, ['credential-change']],
  [
    /^(?:passwordChange|changePassword|2svEnroll|2svDisable|addSecretVersion|destroySecretVersion)$/i,
    ['credential-change'],
  ],
  [/^(?:Create|Delete|Undelete|Update|Patch|Enable|Disable)ServiceAccount$/i, ['account-change']],
  [
    /^(?:createUser|deleteUser|suspendUser|unsuspendUser|addGroupMember|removeGroupMember|createGroup|deleteGroup)$/i,
    ['account-change'],
  ],
  [/^(?:assignRole|grantAdminPrivilege)$/i, ['account-change', 'privilege-elevation']],
  [/^SetIamPolicy$/i, ['privilege-elevation', 'policy-change']],
  [/^(?:Create|Update|Delete|Undelete|Patch)Role$/i, ['policy-change']],
  [/^(?:SetOrgPolicy|ClearOrgPolicy|CreatePolicy|UpdatePolicy|DeletePolicy|setIamPermissions)$/i, ['policy-change']],
  [
    /^(?:(?:Create|Update|Delete)(?:Sink|Exclusion|Bucket)|UpdateCmekSettings|DeleteLog|UpdateBucket|UndeleteBucket)$/,
    ['log-control'],
  ],
  [/^(?:ListLogEntries|TailLogEntries|ReadLogEntries|CopyLogEntries)$/i, ['log-access']],
];

const firewall =
  /\b(?:firewalls|securityPolicies|firewallPolicies|networkFirewallPolicies|sslPolicies)\.(?:insert|patch|update|delete|addRule|removeRule|patchRule)$/;
const logging = /^google\.logging\./;
const makesOrDeletes = /^(?:insert|delete|create|bulkInsert|remove|import|destroy)/i;

/** Of `google.iam.admin.v1.CreateServiceAccount`, `v1.compute.firewalls.delete`. */
export function methodClasses(method: string): readonly EventClass[] {
  if (firewall.test(method)) return ['policy-change'];
  const name = method.slice(method.lastIndexOf('.') + 1);
  const found = rows.find(([pattern]) => pattern.test(name));
  const isOfLogs = found?.[1].includes('log-control') === true && name.endsWith('Bucket');
  if (found !== undefined && (!isOfLogs || logging.test(method))) return found[1];
  return makesOrDeletes.test(name) ? ['system-object'] : [];
}
