import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../adapters/files/read-small-file.ts';
import { isTrusted, readTrust } from '../adapters/files/trust-file.ts';
import { listWorkspaceFiles, MAX_FILE_BYTES, sha256Of } from '../adapters/files/workspace-files.ts';
import { loadYaml } from '../adapters/files/yaml.ts';
import { compilePolicies, type RuleText } from '../adapters/policies/load-policy.ts';
import { createPolicyReader } from '../adapters/policies/policy-reader.ts';
import { readRuleFiles } from '../adapters/policies/read-rule-files.ts';
import { parseShell } from '../adapters/shell/parse.ts';
import { ok } from '../core/result.ts';
import type { Result } from '../core/types.ts';
import type { Hashing, Places, PolicyReader } from '../ports.ts';

/** The package's own folder; chunks and sources lie equally deep in it. */
const ROOT = join(import.meta.dirname, '..', '..');
const BUILT_IN = join(ROOT, 'policies');
const COMPILED = join(ROOT, 'dist', 'policies.json');

const parseYaml = (text: string): unknown => loadYaml().parse(text);

/** The rules in force: TinyCode's, the person's, and what a workspace may add to them. */
export const openPolicies = (places: Places, hashing: Hashing): PolicyReader =>
  createPolicyReader({
    builtInFolder: BUILT_IN,
    compiledFile: COMPILED,
    added: () => addedBy(places),
    parseYaml,
    parseShell,
    hashing,
  });

/** For the build: checks the built-in rules against their examples and writes them ready to use. */
export function compileBuiltIn(folder: string, hashing: Hashing): Result<string> {
  const builtIn = readRuleFiles(folder);
  if (!builtIn.ok) return builtIn;
  return compilePolicies({ builtIn: builtIn.value, parseYaml, parseShell, hashing });
}

function addedBy(places: Places): Result<readonly RuleText[]> {
  const personal = personalRules(places);
  if (!personal.ok) return personal;
  const workspace = workspaceRules(places);
  return workspace.ok ? ok([...personal.value, ...workspace.value]) : workspace;
}

function personalRules({ config }: Places): Result<readonly RuleText[]> {
  const folder = join(config, 'policies');
  if (!existsSync(folder)) return ok([]);
  const files = readRuleFiles(folder);
  return files.ok ? ok(files.value.map((file) => ({ ...file, isTrusted: true }))) : files;
}

/** Trusted are the very bytes that are read here, not the file's name. */
function workspaceRules(places: Places): Result<readonly RuleText[]> {
  const trust = readTrust(places);
  const entries = trust.ok ? trust.value : [];
  const rules: RuleText[] = [];
  for (const { path } of listWorkspaceFiles(places.workspace).files) {
    if (!path.startsWith('.tinycode/policies/')) continue;
    const read = readSmallFile(join(places.workspace, path), MAX_FILE_BYTES);
    if (!read.ok) return read;
    if (read.value === null) continue;
    const { bytes } = read.value;
    const trusted = isTrusted(entries, { path, sha256: sha256Of(bytes) });
    rules.push({ path, text: bytes.toString('utf8'), isTrusted: trusted });
  }
  return ok(rules);
}
