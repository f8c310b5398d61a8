import type { Message } from './mailer.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A message as text and as HTML; `parts` of the HTML are markup already. */
export function letter(content: {
  readonly language: 'ja' | 'en';
  readonly subject: string;
  readonly text: readonly string[];
  readonly parts: readonly string[];
}): Message {
  const { language, subject, text, parts } = content;
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: sans-serif; line-height: 1.7; color: #1a1a1a">
${parts.join('\n')}
</body></html>
`;
  return { subject, text: `${text.join('\n\n')}\n`, html };
}
