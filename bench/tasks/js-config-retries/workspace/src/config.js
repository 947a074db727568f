import { readFileSync } from 'node:fs';

const DEFAULTS = { server: 'http://localhost:8080', chunkKb: 128, isVerbose: false };

/** What a configuration says, checked; what it does not say is as usual. */
export function readConfig(text) {
  const given = { ...DEFAULTS, ...JSON.parse(text) };
  if (!/^https?:\/\//.test(given.server)) throw new TypeError(`server: ${given.server} is no address`);
  checkNumber('chunkKb', given.chunkKb, 1, 4096);
  return {
    server: given.server.replace(/\/+$/, ''),
    chunkKb: given.chunkKb,
    isVerbose: given.isVerbose === true,
  };
}

export const loadConfig = (path) => readConfig(readFileSync(path, 'utf8'));

function checkNumber(name, value, least, most) {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name}: ${value} is not between ${least} and ${most}`);
}
