import type { LineShapeAnswer, UnparsedLinesAnswer, UnparsedLinesRequest } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type LineShape = LineShapeAnswer;
export type UnparsedLines = UnparsedLinesAnswer;

export function readUnparsedLines(body: UnparsedLinesRequest, signal: AbortSignal): Promise<UnparsedLines> {
  return callApi({ method: 'POST', path: '/v1/unparsed-lines', body, signal });
}
