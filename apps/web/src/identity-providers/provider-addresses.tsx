'use client';

import { useTranslations } from 'next-intl';
import { useSession } from '../session/session-context.tsx';
import { CommandLine } from '../states/command-line.tsx';

interface ProviderAddressesProps {
  callbackUrl: string;
  /** There is a button for the link to lead to. */
  hasProvider: boolean;
}

/** What the provider has to be told, and what the organisation's people have to be told. */
export function ProviderAddresses({ callbackUrl, hasProvider }: ProviderAddressesProps) {
  const t = useTranslations('identityProviders.addresses');
  const { slug } = useSession().tenant;
  const signInLink = new URL(`/sign-in?organisation=${encodeURIComponent(slug)}`, callbackUrl).href;
  return (
    <div className="grid max-w-[80ch] gap-6">
      <Address title={t('callback')} note={t('callbackNote')} url={callbackUrl} />
      {hasProvider && <Address title={t('signIn')} note={t('signInNote', { slug })} url={signInLink} />}
    </div>
  );
}

function Address({ title, note, url }: { title: string; note: string; url: string }) {
  return (
    <section className="min-w-0">
      <h2 className="font-medium">{title}</h2>
      <p className="mb-2 text-meta text-muted">{note}</p>
      <CommandLine label={title} command={url} />
    </section>
  );
}
