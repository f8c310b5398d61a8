/** Microsoft's clouds: the unified audit of Microsoft 365 (`Operation`), and what Entra ID and Azure export (`operationName`). */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { operationClasses } from './operation-classes.ts';

export const azureAuditFormat = 'azure-audit';

/** The members that are left; undefined for an object that is none of these. */
export function readAzureAuditJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const { Operation: operation, Workload: workload, operationName, category } = object;
  if (typeof operation === 'string' && typeof workload === 'string') return readUnified(draft, object, operation);
  const name = typeof operationName === 'string' ? operationName : scalar(objectOf(operationName)['value']);
  if (name === '' || typeof category !== 'string') return undefined;
  const isExported =
    object['resourceId'] !== undefined || object['tenantId'] !== undefined || isObject(object['properties']);
  return isExported ? readExported(draft, object, name) : undefined;
}

function readUnified(draft: EventDraft, object: JsonObject, operation: string): JsonObject {
  const result = scalar(object['ResultStatus']);
  const isFailure = /^(?:fail|error|false|denied|partiallysucceeded)/i.test(result) || operation === 'UserLoginFailed';
  start(draft, { name: operation, isFailure, time: scalar(object['CreationTime']) });
  draft.keyword('service.name', scalar(object['Workload']));
  draft.keyword('user.name', scalar(object['UserId']));
  draft.endpoint(
    'source',
    scalar(object['ClientIP']) || scalar(object['ClientIPAddress']) || scalar(object['ActorIpAddress']),
  );
  draft.keyword('cloud.account.id', scalar(object['OrganizationId']));
  draft.keyword('event.id', scalar(object['Id']));
  placeTarget(draft, scalar(object['ObjectId']) || scalar(object['TargetUserOrGroupName']));
  if (isFailure) draft.keyword('event.reason', scalar(object['LogonError']) || result);
  const {
    Operation: _operation,
    Workload: _workload,
    CreationTime: _time,
    UserId: _user,
    ClientIP: _ip,
    ObjectId: _object,
    ...others
  } = object;
  return others;
}

function readExported(draft: EventDraft, object: JsonObject, name: string): JsonObject {
  const properties = objectOf(object['properties']);
  const status = objectOf(properties['status']);
  const errorCode = scalar(status['errorCode']);
  const result =
    scalar(properties['result']) || scalar(object['resultType']) || scalar(objectOf(object['status'])['value']);
  const isFailure = (errorCode !== '' && errorCode !== '0') || /^(?:fail|error|denied|\d{5,6}$)/i.test(result);
  start(draft, { name, isFailure, time: scalar(object['time']) || scalar(object['eventTimestamp']) });
  const initiator = objectOf(objectOf(properties['initiatedBy'])['user']);
  const claims = objectOf(objectOf(object['identity'])['claims']);
  draft.keyword(
    'user.name',
    scalar(properties['userPrincipalName']) ||
      scalar(initiator['userPrincipalName']) ||
      scalar(object['caller']) ||
      scalar(claims['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn']) ||
      scalar(object['identity']),
  );
  draft.endpoint(
    'source',
    scalar(properties['ipAddress']) || scalar(initiator['ipAddress']) || scalar(object['callerIpAddress']),
  );
  draft.keyword('service.name', scalar(properties['appDisplayName']) || scalar(object['category']));
  draft.keyword('cloud.account.id', scalar(object['tenantId']) || scalar(object['subscriptionId']));
  const targets = properties['targetResources'];
  const [first] = Array.isArray(targets) ? (targets as unknown[]) : [];
  placeTarget(draft, scalar(objectOf(first)['userPrincipalName']) || scalar(objectOf(first)['displayName']));
  draft.keyword('cloud.resource', scalar(object['resourceId']));
  if (isFailure) {
    draft.keyword('error.code', errorCode);
    draft.keyword('event.reason', scalar(status['failureReason']) || scalar(object['resultDescription']) || result);
  }
  return { properties };
}

function start(draft: EventDraft, { name, isFailure, time }: { name: string; isFailure: boolean; time: string }): void {
  draft.parsedAs(azureAuditFormat);
  // Microsoft 365 writes UTC without saying so.
  takeTime(draft, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?$/.test(time) ? `${time}Z` : time);
  const classes = operationClasses(name);
  const isSignIn = classes.includes('authentication-use');
  draft.event(name, isSignIn ? 'authentication' : 'configuration', isFailure ? 'failure' : 'success');
  draft.set('cloud.provider', 'azure');
  draft.classify(...classes);
  if (isFailure && isSignIn) draft.classify('access-denied');
}

/** An account has the form of an address; all else is a resource. */
function placeTarget(draft: EventDraft, name: string): void {
  draft.keyword(/^[^\s/]{1,255}@[^\s/]{1,255}$/.test(name) ? 'user.target.name' : 'cloud.resource', name);
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
