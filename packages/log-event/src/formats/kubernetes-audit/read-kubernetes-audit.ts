/** The audit of Kubernetes' API server (`audit.k8s.io/v1`): who asked for what, from where, and with what answer. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';

export const kubernetesAuditFormat = 'kubernetes-audit';

/** The members that are left; undefined for an object that is no such event. */
export function readKubernetesAuditJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const { apiVersion, verb } = object;
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith('audit.k8s.io/') || typeof verb !== 'string')
    return undefined;
  const target = objectOf(object['objectRef']);
  const kind = [scalar(target['resource']), scalar(target['subresource'])].filter((part) => part !== '').join('/');
  const code = scalar(objectOf(object['responseStatus'])['code']);
  const isFailure = code.startsWith('4') || code.startsWith('5');
  draft.parsedAs(kubernetesAuditFormat);
  takeTime(draft, scalar(object['stageTimestamp']) || scalar(object['requestReceivedTimestamp']));
  draft.event(
    kind === '' ? verb : `${verb} ${kind}`,
    'configuration',
    code === '' ? undefined : isFailure ? 'failure' : 'success',
  );
  placeWho(draft, object);
  const name = [scalar(target['namespace']), kind, scalar(target['name'])].filter((part) => part !== '').join('/');
  draft.keyword('cloud.resource', name);
  draft.keyword('url.original', scalar(object['requestURI']));
  draft.keyword('event.id', scalar(object['auditID']));
  draft.keyword('user_agent.original', scalar(object['userAgent']));
  draft.long('http.response.status_code', code);
  if (isFailure) draft.keyword('event.reason', scalar(objectOf(object['responseStatus'])['reason']));
  draft.classify(...classesOf(verb, kind));
  if (code === '401' || code === '403') draft.classify('access-denied');
  if (code === '401') draft.classify('authentication-use');
  return { level: undefined, stage: object['stage'], annotations: object['annotations'] };
}

function placeWho(draft: EventDraft, object: JsonObject): void {
  const user = scalar(objectOf(object['user'])['username']);
  const other = scalar(objectOf(object['impersonatedUser'])['username']);
  draft.keyword('user.name', user);
  draft.keyword('user.id', scalar(objectOf(object['user'])['uid']));
  draft.keyword('user.effective.name', other);
  if (other !== '') draft.classify('privilege-elevation');
  if (user === 'kubernetes-admin' || user === 'system:admin') draft.classify('administrator-action');
  const [address] = Array.isArray(object['sourceIPs']) ? (object['sourceIPs'] as unknown[]) : [];
  draft.endpoint('source', scalar(address));
}

const changing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);
const bindings = new Set(['rolebindings', 'clusterrolebindings']);
const policies = new Set([
  'roles',
  'clusterroles',
  'networkpolicies',
  'podsecuritypolicies',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'resourcequotas',
]);
const credentials = new Set([
  'secrets',
  'certificatesigningrequests',
  'certificatesigningrequests/approval',
  'serviceaccounts/token',
]);
const systemObjects = new Set(
  'pods deployments daemonsets statefulsets replicasets jobs cronjobs services ingresses namespaces nodes configmaps persistentvolumes persistentvolumeclaims customresourcedefinitions storageclasses'.split(
    ' ',
  ),
);

function classesOf(verb: string, kind: string): readonly EventClass[] {
  if (kind === 'pods/exec' || kind === 'pods/attach' || kind === 'pods/portforward' || kind === 'nodes/proxy')
    return ['administrator-action'];
  if (kind === 'pods/log') return ['log-access'];
  if (kind === 'tokenreviews') return ['authentication-use'];
  if (!changing.has(verb)) return [];
  if (bindings.has(kind))
    return verb.startsWith('delete') ? ['account-change'] : ['account-change', 'privilege-elevation'];
  if (policies.has(kind)) return ['policy-change'];
  if (kind === 'serviceaccounts') return ['account-change'];
  if (credentials.has(kind)) return ['credential-change'];
  return systemObjects.has(kind) && verb !== 'update' && verb !== 'patch' ? ['system-object'] : [];
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
