import process from 'node:process';
import { openWitness, WitnessError } from './open-witness.ts';

const home = process.env['AKASHI_WITNESS_HOME'] ?? '';
const name = process.env['AKASHI_WITNESS_NAME'] ?? '';
const logsFile = process.env['AKASHI_WITNESS_LOGS'] ?? '';
const bind = process.env['AKASHI_WITNESS_BIND'] ?? '127.0.0.1';
const port = Number(process.env['AKASHI_WITNESS_PORT'] ?? '3010');
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

try {
  if (home === '' || name === '' || logsFile === '' || !Number.isInteger(port)) {
    throw new WitnessError(
      'Set AKASHI_WITNESS_HOME (a folder), AKASHI_WITNESS_NAME (such as witness.example/akashi) and AKASHI_WITNESS_LOGS (a file of lines "log <verifier key>"). AKASHI_WITNESS_PORT is a number.',
    );
  }
  const { server, vkeys, release } = await openWitness({
    home,
    name,
    logsFile,
    now: () => new Date(),
    tell: (fault) => void process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`),
  });
  const stop = (): void => void server.close(release);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  server.listen(port, bind, () => {
    say(`The witness answers at http://${bind}:${port}/add-checkpoint. For the policies of those who ask it:`);
    vkeys.forEach((vkey) => say(`  ${vkey}`));
  });
} catch (error) {
  if (!(error instanceof WitnessError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
