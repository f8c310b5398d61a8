import { incidentMessage } from './incident-message.ts';
import { MailError, type Mailer, type Message } from './mailer.ts';
import type { News, Organisation } from './news.ts';
import { slackMessage, slackTest } from './slack-message.ts';
import { teamsMessage, teamsTest } from './teams-message.ts';
import { testMessage } from './test-message.ts';
import { DeliveryError, sendToChat, sendWebhook, webhookBody, type GuardedFetch } from './webhook.ts';

export interface Recipient {
  readonly name: string;
  readonly address: string;
}

/** How a channel reaches somebody. */
export type Way =
  | { readonly kind: 'mail'; readonly recipients: readonly Recipient[] }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }
  | { readonly kind: 'slack' | 'teams'; readonly url: string };

export interface Telling {
  readonly way: Way;
  readonly organisation: Organisation;
  readonly news: readonly News[];
}

/** Which messages were taken, and the code of why the others were not. */
export interface Told {
  readonly sent: readonly string[];
  readonly failed: readonly string[];
  readonly error: string | null;
}

export interface Notifier {
  /** One mail or message of a chat for all news of a channel, or one call of its webhook for each. Rejects for nothing that a receiver does. */
  tell(telling: Telling): Promise<Told>;
  /** Sends a message that says that it is a test; answers null, or the code of why it was not taken. */
  try(to: { way: Way; organisation: Organisation; id: string }): Promise<string | null>;
}

export interface NotifierParts {
  readonly mailer: Pick<Mailer, 'send'>;
  readonly fetch: GuardedFetch;
  /** Where people find the web app. */
  readonly webUrl: string;
  readonly now: () => Date;
  /** The machine's own time: receivers judge by theirs how old a signature is. */
  readonly hostNow: () => Date;
}

const chats = {
  slack: { message: slackMessage, test: slackTest },
  teams: { message: teamsMessage, test: teamsTest },
} as const;

/** The one way by which people and programs are told of incidents. No log content is in any message. */
export function createNotifier({ mailer, fetch, webUrl, now, hostNow }: NotifierParts): Notifier {
  const mail = async (recipients: readonly Recipient[], message: Message): Promise<void> => {
    if (recipients.length === 0) throw new DeliveryError('no-recipient');
    const results = await Promise.allSettled(recipients.map((recipient) => mailer.send(recipient, message)));
    const refused = results.find((result) => result.status === 'rejected');
    // Whoever got it is not sent it again because another's mailbox refused; nobody got it: it is tried again.
    if (refused !== undefined && results.every(({ status }) => status === 'rejected')) throw refused.reason;
  };
  return {
    tell: async ({ way, organisation, news }) => {
      const sent: string[] = [];
      const ids = news.map(({ id }) => id);
      try {
        if (way.kind === 'mail') {
          await mail(way.recipients, incidentMessage({ organisation, webUrl, news }));
          return { sent: ids, failed: [], error: null };
        }
        if (way.kind !== 'webhook') {
          await sendToChat(fetch, way.url, chats[way.kind].message({ organisation, webUrl, news }));
          return { sent: ids, failed: [], error: null };
        }
        for (const each of news) {
          const body = webhookBody(each, { organisation, webUrl, now: now() });
          await sendWebhook(fetch, { url: way.url, secret: way.secret, id: each.id, now: hostNow(), body });
          sent.push(each.id);
        }
        return { sent, failed: [], error: null };
      } catch (error) {
        // A receiver that is away is not asked for each of them.
        return { sent, failed: ids.slice(sent.length), error: codeOf(error) };
      }
    },
    try: async ({ way, organisation, id }) => {
      try {
        if (way.kind === 'mail') await mail(way.recipients, testMessage(organisation));
        else if (way.kind !== 'webhook') await sendToChat(fetch, way.url, chats[way.kind].test(organisation));
        else {
          const { id: organisationId, nameJa, nameEn } = organisation;
          const data = { organisation: { id: organisationId, nameJa, nameEn } };
          const body = { type: 'channel.test', timestamp: now().toISOString(), data };
          await sendWebhook(fetch, { url: way.url, secret: way.secret, id, now: hostNow(), body });
        }
        return null;
      } catch (error) {
        return codeOf(error);
      }
    },
  };
}

function codeOf(error: unknown): string {
  if (error instanceof DeliveryError) return error.code;
  if (error instanceof MailError) return 'mail-refused';
  throw error;
}
