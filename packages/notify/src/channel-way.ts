import type { PersonToTell } from '@akashi/policy';
import type { Way } from './notifier.ts';

interface Channel {
  readonly id: string;
  readonly kind: 'contacts' | 'mail' | 'webhook' | 'slack' | 'teams';
  readonly name: string;
  readonly target: string;
}

interface Surroundings {
  /** Opens the secret that was sealed for this place of the channel's row. */
  readonly openSecret: (place: { purpose: string; id: string }) => string;
  /** Who is told for the organisation as a whole. */
  readonly people: () => Promise<readonly PersonToTell[]>;
}

/** Which place in the ledger the signing secret of a webhook, or the URL of a chat, is sealed for. */
export function webhookSecretPlace(channelId: string): { purpose: string; id: string } {
  return { purpose: 'webhook', id: channelId };
}

/** How a channel reaches somebody. Throws what opening the secret or reading the people throws. */
export async function channelWay({ id, kind, name, target }: Channel, around: Surroundings): Promise<Way> {
  if (kind === 'mail') return { kind: 'mail', recipients: [{ name, address: target }] };
  if (kind === 'webhook') return { kind, url: target, secret: around.openSecret(webhookSecretPlace(id)) };
  if (kind === 'slack' || kind === 'teams') return { kind, url: around.openSecret(webhookSecretPlace(id)) };
  return { kind: 'mail', recipients: await around.people() };
}
