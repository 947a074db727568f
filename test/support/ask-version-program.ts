import { getVersion } from '../../src/adapters/ollama/get-version.ts';
import { parseOllamaHost } from '../../src/adapters/ollama/host.ts';
import { httpWire } from '../../src/adapters/ollama/http-wire.ts';

/** Asks the server at the address that it is given for its version, and prints what came of it. */
const host = parseOllamaHost(process.argv[2] ?? '');
const version = host.ok
  ? await getVersion(httpWire, host.value, new AbortController().signal)
  : host;
console.log(version.ok ? version.value : version.error.message);
