import type {
  FormatActivation,
  FormatSuggestionAnswer,
  FormatTrialAnswer,
  FormatTrialRequest,
  FormatTryAnswer,
  OwnFormatAnswer,
  OwnFormatDefinition,
  OwnFormatsAnswer,
  SavedOwnFormat,
  TriedLineAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type OwnFormat = OwnFormatAnswer;
export type FormatDefinition = OwnFormatDefinition;
export type FormatProblem = FormatTryAnswer['problems'][number];
export type TriedLine = TriedLineAnswer;
export type FormatTrial = FormatTrialAnswer;

export async function readFormats(signal: AbortSignal): Promise<OwnFormat[]> {
  return (await callApi<OwnFormatsAnswer>({ path: '/v1/formats', signal })).items;
}

export async function suggestFormat(lines: readonly string[]): Promise<FormatSuggestionAnswer['suggestion']> {
  const answer = await callApi<FormatSuggestionAnswer>({
    method: 'POST',
    path: '/v1/formats/suggest',
    body: { lines },
  });
  return answer.suggestion;
}

export function tryFormat(
  definition: FormatDefinition,
  lines: readonly string[],
  signal: AbortSignal,
): Promise<FormatTryAnswer> {
  return callApi({ method: 'POST', path: '/v1/formats/try', body: { definition, lines }, signal });
}

export function tryReceived(body: FormatTrialRequest): Promise<FormatTrial> {
  return callApi({ method: 'POST', path: '/v1/formats/trial', body });
}

export function saveFormat(definition: FormatDefinition): Promise<SavedOwnFormat> {
  return callApi({ method: 'POST', path: '/v1/formats', body: { definition } });
}

export function activateFormat(id: string, body: FormatActivation): Promise<OwnFormat> {
  return callApi({ method: 'POST', path: `/v1/formats/${encodeURIComponent(id)}/activate`, body });
}

export function deactivateFormat(id: string): Promise<OwnFormat> {
  return callApi({ method: 'POST', path: `/v1/formats/${encodeURIComponent(id)}/deactivate` });
}
