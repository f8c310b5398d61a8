/** Google Cloud's audit logs: a log entry whose `protoPayload` is an `AuditLog`. */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { methodClasses } from './method-classes.ts';

export const gcpAuditFormat = 'gcp-audit';

/** PERMISSION_DENIED and UNAUTHENTICATED of google.rpc.Code. */
const refused = new Set(['7', '16']);

/** The members that are left; undefined for an object that is no such entry. */
export function readGcpAuditJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const payload = object['protoPayload'];
  if (!isObject(payload)) return undefined;
  const method = scalar(payload['methodName']);
  if (method === '') return undefined;
  const status = objectOf(payload['status']);
  const code = scalar(status['code']);
  const isSignIn = method.startsWith('google.login.');
  const isFailure =
    (code !== '' && code !== '0') || method.endsWith('loginFailure') || isNotGranted(payload['authorizationInfo']);
  draft.parsedAs(gcpAuditFormat);
  takeTime(draft, scalar(object['timestamp']) || scalar(object['receiveTimestamp']));
  draft.event(method, isSignIn ? 'authentication' : 'configuration', isFailure ? 'failure' : 'success');
  draft.set('cloud.provider', 'gcp');
  draft.keyword('service.name', scalar(payload['serviceName']));
  draft.keyword('cloud.resource', scalar(payload['resourceName']));
  const labels = objectOf(objectOf(object['resource'])['labels']);
  draft.keyword('cloud.account.id', scalar(labels['project_id']));
  draft.keyword('cloud.region', scalar(labels['location']) || scalar(labels['zone']));
  const who = objectOf(payload['authenticationInfo']);
  draft.keyword('user.name', scalar(who['principalEmail']) || scalar(who['principalSubject']));
  const metadata = objectOf(payload['requestMetadata']);
  draft.endpoint('source', scalar(metadata['callerIp']));
  draft.keyword('user_agent.original', scalar(metadata['callerSuppliedUserAgent']));
  draft.keyword('event.id', scalar(object['insertId']));
  draft.keyword('log.level', scalar(object['severity']).toLowerCase());
  if (isFailure) {
    draft.keyword('error.code', code);
    draft.keyword('event.reason', scalar(status['message']));
  }
  const classes = methodClasses(method);
  draft.classify(...classes);
  if (refused.has(code) || (isFailure && (isSignIn || isNotGranted(payload['authorizationInfo']))))
    draft.classify('access-denied');
  const { request, response, metadata: more } = payload;
  return { request, response, metadata: more, logName: object['logName'] };
}

function isNotGranted(authorization: unknown): boolean {
  return (
    Array.isArray(authorization) && (authorization as unknown[]).some((each) => objectOf(each)['granted'] === false)
  );
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
