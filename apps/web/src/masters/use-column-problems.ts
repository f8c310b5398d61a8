import { useTranslations } from 'next-intl';

const reasons = [
  'required',
  'too-long',
  'character',
  'email',
  'mac',
  'address',
  'addresses',
  'yes-no',
  'time',
  'no-such-day',
  'ends-first',
  'no-common-time',
] as const;

/** Words for what a row's values are refused for. The API names the column, so the field is found without. */
export function useColumnProblems(): { problemWords: Record<string, string> } {
  const t = useTranslations('masters.reasons');
  return { problemWords: Object.fromEntries(reasons.map((reason) => [`request-invalid/${reason}`, t(reason)])) };
}
