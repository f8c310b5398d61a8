/** AWS CloudTrail: one event, or a delivered file of one (`Records`). */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { callClasses } from './event-classes.ts';

export const cloudtrailFormat = 'cloudtrail';

/** The members that are left; undefined for an object that is none of CloudTrail's. */
export function readCloudtrailJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const { Records: records } = object;
  if (Array.isArray(records)) {
    const first = records[0] as unknown;
    if (!isObject(first) || first['eventSource'] === undefined) return undefined;
    // One record of a log is one event: what else it holds stays in its text.
    if (records.length > 1) draft.flaw ??= 'fields-dropped';
    return readCloudtrailJson(draft, first);
  }
  const detail = object['detail'];
  if (isObject(detail) && detail['eventSource'] !== undefined && detail['eventName'] !== undefined)
    return readCloudtrailJson(draft, detail);
  const { eventName, eventSource, userIdentity } = object;
  if (typeof eventName !== 'string' || typeof eventSource !== 'string' || userIdentity === undefined) return undefined;
  return readEvent(draft, object, { name: eventName, service: eventSource });
}

function readEvent(
  draft: EventDraft,
  object: JsonObject,
  { name, service }: { name: string; service: string },
): JsonObject {
  const text = (key: string): string => scalar(object[key]);
  draft.parsedAs(cloudtrailFormat);
  takeTime(draft, text('eventTime'));
  const response = objectOf(object['responseElements']);
  const isSignInRefused =
    name === 'ConsoleLogin' &&
    (scalar(response['ConsoleLogin']) === 'Failure' || text('errorMessage') === 'Failed authentication');
  const isFailure = text('errorCode') !== '' || isSignInRefused;
  draft.event(name, categoryOf(name), isFailure ? 'failure' : 'success');
  draft.set('cloud.provider', 'aws');
  draft.keyword('cloud.region', text('awsRegion'));
  draft.keyword(
    'cloud.account.id',
    text('recipientAccountId') || scalar(objectOf(object['userIdentity'])['accountId']),
  );
  draft.keyword('service.name', service);
  draft.endpoint('source', text('sourceIPAddress'));
  draft.keyword('user_agent.original', text('userAgent'));
  draft.keyword('event.id', text('eventID'));
  draft.keyword('http.request.id', text('requestID'));
  draft.keyword('error.code', text('errorCode'));
  draft.keyword('event.reason', text('errorMessage'));
  const isRoot = placeIdentity(draft, objectOf(object['userIdentity']));
  placeObject(draft, object);
  classify(draft, {
    name,
    isFailure,
    isSignInRefused,
    code: text('errorCode'),
    isReadOnly: object['readOnly'] === true || object['readOnly'] === 'true',
    isRoot,
  });
  const { requestParameters, responseElements, additionalEventData, userIdentity } = object;
  return { userIdentity, requestParameters, responseElements, additionalEventData };
}

/** True for the account's root user. */
function placeIdentity(draft: EventDraft, identity: JsonObject): boolean {
  const kind = scalar(identity['type']);
  const arn = scalar(identity['arn']);
  const issuer = objectOf(objectOf(identity['sessionContext'])['sessionIssuer']);
  if (kind === 'Root') draft.set('user.name', 'root');
  draft.keyword(
    'user.name',
    scalar(identity['userName']) ||
      sessionName(arn) ||
      scalar(identity['invokedBy']) ||
      scalar(identity['principalId']),
  );
  draft.keyword('user.id', arn || scalar(identity['principalId']));
  draft.keyword('user.roles', scalar(issuer['userName']));
  return kind === 'Root';
}

/** `arn:aws:sts::1:assumed-role/Admin/sato@corp.example`: the name of the session is who took the role. */
function sessionName(arn: string): string {
  return arn.includes(':assumed-role/') || arn.includes(':federated-user/') ? arn.slice(arn.lastIndexOf('/') + 1) : '';
}

const targetKeys = ['userName', 'groupName', 'roleName'];
const objectKeys = [
  'policyArn', 'roleArn', 'bucketName', 'groupId', 'name', 'trailName', 'logGroupName', 'functionName', 'dBInstanceIdentifier', 'instanceId', 'keyId', 'secretId', 'resourceArn', 'stackName', 'tableName',
]; // prettier-ignore

function placeObject(draft: EventDraft, object: JsonObject): void {
  const request = objectOf(object['requestParameters']);
  const [user, group, role] = targetKeys.map((key) => scalar(request[key]));
  draft.keyword('user.target.name', user);
  draft.keyword('group.name', group);
  draft.keyword('user.target.name', role);
  const resources = Array.isArray(object['resources']) ? (object['resources'] as unknown[]) : [];
  const key = scalar(request['key']);
  const bucket = scalar(request['bucketName']);
  if (bucket !== '' && key !== '') draft.keyword('cloud.resource', `${bucket}/${key}`);
  draft.keyword(
    'cloud.resource',
    scalar(objectOf(resources[0])['ARN']) ||
      objectKeys.map((name) => scalar(request[name])).find((value) => value !== ''),
  );
}

interface Call {
  name: string;
  isFailure: boolean;
  isSignInRefused: boolean;
  code: string;
  isReadOnly: boolean;
  isRoot: boolean;
}

const refusals =
  /AccessDenied|Unauthorized|Forbidden|AuthFailure|InvalidClientTokenId|SignatureDoesNotMatch|NotAuthorized|ExpiredToken/;

function classify(draft: EventDraft, { name, isFailure, isSignInRefused, code, isReadOnly, isRoot }: Call): void {
  const classes = callClasses(name, isReadOnly);
  draft.classify(...classes);
  if (isRoot) draft.classify('administrator-action');
  if (isSignInRefused || refusals.test(code) || (isFailure && classes.includes('authentication-use')))
    draft.classify('access-denied');
}

function categoryOf(name: string): string {
  if (/Login|Auth|Assume|Session|Mfa/i.test(name)) return 'authentication';
  return /User|Group|Role|Policy|AccessKey/.test(name) ? 'iam' : 'configuration';
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
