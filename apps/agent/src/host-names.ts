import { hostname, networkInterfaces } from 'node:os';

import type { AgentEnvironment } from './env.ts';
import type { Say } from './say.ts';

/** The address at which cloud machines are told their instance id. Elsewhere nobody answers there. */
const metadataService = 'http://169.254.169.254';
const metadataWaitMs = 300;

export type HostNames = { readonly hostname: string; readonly instanceId: string; readonly ipAddress: string };

/** What stands for {hostname}, {instance_id} and {ip_address}. Asks the metadata service only when `pattern` needs it, briefly. */
export async function findHostNames(
  patterns: string[],
  context: { environment: AgentEnvironment; say: Say },
): Promise<HostNames> {
  const { environment, say } = context;
  const name = environment.hostname ?? hostname();
  const needsInstance = patterns.some((pattern) => pattern.includes('{instance_id}'));
  let instanceId = name;
  if (needsInstance) {
    // A host name that was set by hand speaks for the instance too.
    const asked =
      environment.hostname === null ? await askInstanceId(environment.metadataUrl ?? metadataService) : null;
    if (asked === null) say.line(`no instance metadata here: {instance_id} is the host name, ${name}.`);
    instanceId = asked ?? name;
  }
  return { hostname: name, instanceId, ipAddress: firstAddress() ?? name };
}

async function askInstanceId(url: string): Promise<string | null> {
  if (url === 'off') return null;
  const signal = AbortSignal.timeout(metadataWaitMs);
  try {
    const session = await fetch(`${url}/latest/api/token`, {
      method: 'PUT',
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
      signal,
    });
    const answer = await fetch(`${url}/latest/meta-data/instance-id`, {
      headers: session.ok ? { 'X-aws-ec2-metadata-token': await session.text() } : {},
      signal,
    });
    const id = answer.ok ? (await answer.text()).trim() : '';
    return /^[A-Za-z0-9._-]{1,64}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

function firstAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const found =
    addresses.find((entry) => !entry.internal && entry.family === 'IPv4') ?? addresses.find((entry) => !entry.internal);
  return found?.address ?? null;
}

/** Fills in the placeholders; a character that no stream name may hold becomes `_`. */
export function fillLogStream(pattern: string, names: HostNames): string {
  return pattern
    .replaceAll('{instance_id}', names.instanceId)
    .replaceAll('{hostname}', names.hostname)
    .replaceAll('{ip_address}', names.ipAddress)
    .replace(/[^.\-_/#A-Za-z0-9]/g, '_')
    .slice(0, 512);
}
