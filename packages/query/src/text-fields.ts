import { searchTextField } from '@akashi/log-event';

/**
 * Text fields that bare words and `message:` look into: `message` is kept only when it is no part of `record`, and the
 * third only when escapes hide words of the record.
 */
export const messageFields = ['record', 'message', searchTextField] as const;

export function textFieldsOf(field: string): readonly string[] {
  return field === 'message' ? messageFields : [field];
}
