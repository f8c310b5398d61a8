'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useState, type ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { ApiProblem, isSessionEnded } from '../api-client/api-problem.ts';
import { NoticeProvider } from '../forms/notices.tsx';
import { KeyboardProvider } from '../keyboard/keyboard-provider.tsx';
import { leaveToSignIn } from '../session/leave.ts';

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const router = useRouter();
  const [client] = useState(createQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem nonce={nonce} disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <NuqsAdapter>
          <RouterProvider navigate={(path) => router.push(path)}>
            <KeyboardProvider>
              <NoticeProvider>{children}</NoticeProvider>
            </KeyboardProvider>
          </RouterProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </ThemeProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSessionEnded(error)) leaveToSignIn();
      },
    }),
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        staleTime: 30_000,
        // What the browser believes about the network says little about a server on the same machine or site.
        networkMode: 'always',
        retry: (count, error) => count < 1 && error instanceof ApiProblem && error.status === 0,
      },
    },
  });
}
