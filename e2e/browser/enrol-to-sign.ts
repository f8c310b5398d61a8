import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { pageCall } from './page-call.ts';
import { nextCodeOf } from './person-codes.ts';
import type { Person } from './sign-in-page.ts';
import { addAuthenticator } from './virtual-authenticator.ts';

const minuteMs = 60_000;

interface SigningWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly person: Person;
}

/** An authenticator of the window's own, enrolled to sign; usable once its enrolment is sealed. */
export async function enrolToSign(webUrl: string, { page, context, person }: SigningWindow): Promise<void> {
  await addAuthenticator(page);
  await page.goto(`${webUrl}/profile?tab=security`);
  await pageCall(context, 'POST /v1/session/step-up', { code: await nextCodeOf(person) });
  const options = await pageCall<object>(context, 'POST /v1/profile/signing-credentials/options', {});
  const passkey: object = await page.evaluate(
    `(async () => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)});
      return (await navigator.credentials.create({ publicKey })).toJSON();
    })()`,
  );
  await pageCall(context, 'POST /v1/profile/signing-credentials', { name: 'signing', passkey });
  await expect
    .poll(
      async () => {
        const { items } = await pageCall<{ items: { state: string }[] }>(
          context,
          'GET /v1/profile/signing-credentials',
        );
        return items.map(({ state }) => state);
      },
      { timeout: minuteMs },
    )
    .toEqual(['usable']);
}
