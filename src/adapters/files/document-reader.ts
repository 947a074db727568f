import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { DocumentReader } from '../../ports.ts';
import { failureOf } from './system-errors.ts';
import { loadYaml } from './yaml.ts';

/** A plan may carry whole files. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Beyond this only JSON is read: YAML takes a hundred times as long. */
const MAX_YAML_CHARACTERS = 8 * 1024 * 1024;
/** A few anchors can stand for a text that fills the memory. */
const MAX_ALIASES = 100;

/** `folders`: where a relative path may lie, the first that has it wins. */
export function createDocumentReader(folders: readonly string[]): DocumentReader {
  return {
    read(path) {
      const places = isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path));
      const place = places.find((each) => existsSync(each));
      return place === undefined ? fail('not-found', `There is no file ${path}.`) : readText(place);
    },
    parse(text) {
      const trimmed = text.replace(/^\uFEFF/, '');
      if (/^\s*[[{]/.test(trimmed)) {
        const json = parseJson(trimmed);
        if (json.ok || trimmed.length > MAX_YAML_CHARACTERS) return json;
      }
      if (trimmed.length > MAX_YAML_CHARACTERS) {
        return fail('limit', `YAML of more than ${MAX_YAML_CHARACTERS} characters is not read.`, {
          hint: 'Write it as JSON.',
        });
      }
      try {
        return ok(loadYaml().parse(trimmed, { maxAliasCount: MAX_ALIASES, prettyErrors: true }));
      } catch (error) {
        return fail('invalid', `It is neither JSON nor YAML: ${messageOf(error)}`);
      }
    },
    yaml: (value) => loadYaml().stringify(value, { lineWidth: 0 }),
  };
}

/** A person named it, so a link is followed and a pipe is waited for. */
function readText(path: string): Result<string> {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return fail('usage', `${path} is a folder.`);
    if (stats.size > MAX_BYTES) return fail('limit', `${path} has more than ${MAX_BYTES} bytes.`);
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    return failureOf(error, 'unreadable', `${path} cannot be read`);
  }
}

function parseJson(text: string) {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return fail('invalid', `It is no JSON: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);
