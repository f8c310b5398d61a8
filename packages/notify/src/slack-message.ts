import { incidentText, type IncidentTelling } from './incident-words.ts';
import type { Organisation } from './news.ts';
import { testWords } from './test-message.ts';

/** The body of an incoming webhook of Slack: `text` is what a notification shows, `blocks` what the channel shows. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly object[];
}

/** A message has at most 50 blocks. */
const mostShown = 20;
/** Of a header, in characters. */
const longestHeader = 150;
/** Of a section's text, in characters. */
const longestSection = 3_000;

/** Slack reads these three as markup (https://docs.slack.dev/messaging/formatting-message-text). */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One message for everything that is due. Names and places are plain text, so that nothing in them mentions or formats. */
export function slackMessage(telling: IncidentTelling): SlackMessage {
  const { subject, intro, incidents, closing, linkWord } = incidentText(telling, mostShown);
  return {
    text: escapeMarkup(subject),
    blocks: [
      header(subject),
      plain(intro),
      ...incidents.flatMap(({ title, lines, link }) => [
        plain([title, ...lines].join('\n')),
        { type: 'context', elements: [{ type: 'mrkdwn', text: `<${escapeMarkup(link)}|${escapeMarkup(linkWord)}>` }] },
      ]),
      ...closing.map(plain),
    ],
  };
}

export function slackTest(organisation: Organisation): SlackMessage {
  const { subject, sentence } = testWords(organisation);
  return { text: escapeMarkup(subject), blocks: [header(subject), plain(sentence)] };
}

function header(text: string): object {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, longestHeader), emoji: false } };
}

function plain(text: string): object {
  return { type: 'section', text: { type: 'plain_text', text: cut(text, longestSection), emoji: false } };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
