export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];
export const localeCookie = 'akashi-locale';

/** The language a person chose, or the first of the browser's languages that we speak, or Japanese. */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = locales.find((locale) => locale === chosen);
  if (known) return known;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag, ...parameters] = entry.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: (tag ?? '').toLowerCase().split('-')[0], weight: Number(weight ?? 1) };
    })
    .filter((entry) => entry.weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const match = locales.find((locale) => locale === language);
    if (match) return match;
  }
  return 'ja';
}
