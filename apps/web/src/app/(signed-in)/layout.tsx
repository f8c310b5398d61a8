import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Frame } from '../../frame/frame.tsx';
import { readSession } from '../../session/read-session.ts';
import { signInAddress } from '../../session/return-path.ts';
import { SessionProvider } from '../../session/session-context.tsx';
import { ServerUnreachable } from '../../states/server-unreachable.tsx';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const reading = await readSession();
  if (reading.state === 'signed-out' || (reading.state === 'signed-in' && reading.session.stage !== 'full')) {
    redirect(signInAddress((await headers()).get('x-akashi-path') ?? '/'));
  }
  if (reading.state === 'unreachable') return <ServerUnreachable />;
  return (
    <SessionProvider session={{ ...reading.session, readAt: reading.readAt }}>
      <Frame>{children}</Frame>
    </SessionProvider>
  );
}
