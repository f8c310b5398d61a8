import { incidentText, type IncidentTelling } from './incident-words.ts';
import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

/** A digest of more says how many there are beside these. */
const mostShown = 20;

/** One mail for everything that is due: the first of an incident at once, what came meanwhile with it. */
export function incidentMessage(telling: IncidentTelling): Message {
  const { subject, intro, incidents, closing, linkWord } = incidentText(telling, mostShown);
  return letter({
    language: telling.organisation.language,
    subject,
    text: [
      intro,
      ...incidents.map(({ title, lines, link }) => [title, ...lines, `${linkWord}: ${link}`].join('\n')),
      ...closing,
    ],
    parts: [
      `<p>${escapeHtml(intro)}</p>`,
      ...incidents.map(
        ({ title, lines, link }) =>
          `<p><strong>${escapeHtml(title)}</strong><br>${lines.map(escapeHtml).join('<br>')}<br>` +
          `<a href="${escapeHtml(link)}">${escapeHtml(linkWord)}</a></p>`,
      ),
      ...closing.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    ],
  });
}
