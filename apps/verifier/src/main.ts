import { run } from './run.ts';

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);
process.exitCode = run(process.argv.slice(2), { out: write(process.stdout), err: write(process.stderr) });
