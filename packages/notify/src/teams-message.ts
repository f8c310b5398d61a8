import { incidentText, type IncidentTelling } from './incident-words.ts';
import type { Organisation } from './news.ts';
import { testWords } from './test-message.ts';

/** What a Teams webhook ("Post to a channel when a webhook request is received") takes: a message with one Adaptive Card. */
export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly object[];
}

/** A message has at most 28 KB. */
const mostShown = 10;

/** One card for everything that is due. Its texts are runs, in which Teams reads no Markdown. */
export function teamsMessage(telling: IncidentTelling): TeamsMessage {
  const { subject, intro, incidents, closing, linkWord } = incidentText(telling, mostShown);
  return card([
    run(subject, { size: 'Large', weight: 'Bolder' }),
    run(intro),
    ...incidents.map(({ title, lines, link }) => ({
      type: 'Container',
      separator: true,
      items: [
        run(title, { weight: 'Bolder' }),
        ...lines.map((line) => ({ ...run(line), spacing: 'None' })),
        { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: linkWord, url: link }] },
      ],
    })),
    ...closing.map((sentence) => run(sentence)),
  ]);
}

export function teamsTest(organisation: Organisation): TeamsMessage {
  const { subject, sentence } = testWords(organisation);
  return card([run(subject, { size: 'Large', weight: 'Bolder' }), run(sentence)]);
}

function run(text: string, look: { size?: 'Large'; weight?: 'Bolder' } = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...look }] };
}

function card(body: readonly object[]): TeamsMessage {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
