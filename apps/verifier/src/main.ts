import process from 'node:process';
import { run } from './run.ts';

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);
try {
  process.exitCode = await run(process.argv.slice(2), { out: write(process.stdout), err: write(process.stderr) });
} catch (error) {
  // A fault of the checker or of the machine says nothing about the evidence: not 1, which is an alteration.
  process.stderr.write(`The check could not be finished: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
