import { z } from 'zod';

/** An address that somebody typed, for the installation to call. Which networks it may lead to is judged later, at every call. */
export const webAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'is no web address such as https://hooks.example.jp/akashi');

/** What the answer that made a webhook says besides. */
export const signingSecret = z.string().optional().meta({
  description: 'Of a webhook: what its messages are signed with (Standard Webhooks). Shown this once',
});
