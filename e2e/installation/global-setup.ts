import type { TestProject } from 'vitest/node';
import { RunningInstallation, type DemoFile } from './installation.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly demo: DemoFile;
    readonly home: string;
    readonly portBase: number;
  }
}

/** One installation serves all journeys of a run; it is stopped and its folder removed afterwards. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const installation = await RunningInstallation.start();
  project.provide('demo', installation.demo);
  project.provide('home', installation.home);
  project.provide('portBase', installation.portBase);
  return async () => {
    await installation.stop();
  };
}
