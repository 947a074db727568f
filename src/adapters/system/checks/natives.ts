import { createRequire } from 'node:module';
import { fine, type Probe } from '../probe.ts';

/** Packages that are faster than what is built in. Only looked for, never loaded here. */
const OPTIONAL = ['faiss-node', '@xenova/transformers'];

export const nativesProbe = (): Probe => ({
  check: 'natives',
  async run() {
    const absent = OPTIONAL.filter((name) => !isInstalled(name));
    const present = OPTIONAL.filter((name) => !absent.includes(name));
    const found = present.length > 0 ? `Found ${present.join(' and ')}.` : '';
    const missing =
      absent.length > 0 ? `${absent.join(' and ')} not installed; the built-in ones serve.` : '';
    return fine([found, missing].filter(Boolean).join(' '));
  },
});

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    // Any other complaint comes from a package that is there.
    return !(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND');
  }
}
