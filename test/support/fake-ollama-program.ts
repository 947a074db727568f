import { appendFileSync } from 'node:fs';
import { startScriptedServer } from './ollama/scripted-server.ts';

/** As much of Ollama's program as is started: `serve`, on the port that OLLAMA_HOST names. */
const { OLLAMA_HOST = '', OLLAMA_NO_CLOUD = '', FAKE_OLLAMA = '' } = process.env;
const said = JSON.stringify({
  words: process.argv.slice(2),
  host: OLLAMA_HOST,
  noCloud: OLLAMA_NO_CLOUD,
  folder: process.cwd(),
  pid: process.pid,
});
process.stdout.write(`${said}\n`);
if (FAKE_OLLAMA !== '') appendFileSync(FAKE_OLLAMA, `${said}\n`);
if (process.env.FAKE_OLLAMA_FAILS === '1') {
  process.stderr.write('Error: no memory for that\n');
  process.exit(3);
}
if (process.env.FAKE_OLLAMA_SLEEPS === '1') setTimeout(() => {}, 60_000);
else {
  void startScriptedServer({
    port: Number(OLLAMA_HOST.split(':').at(-1)),
    script: [{ reply: { says: 'Here I am.' }, times: 0 }],
  });
}
