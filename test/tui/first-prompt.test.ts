import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('waits for no package: Ink, React and the width tables come after the first prompt', async () => {
  const { metafile } = await build({
    entryPoints: ['src/tui/first-prompt.ts'],
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['react-devtools-core'],
  });
  const first = Object.values(metafile.outputs).find(
    ({ entryPoint }) => entryPoint === 'src/tui/first-prompt.ts',
  );
  const statics = (first?.imports ?? []).filter(({ kind }) => kind === 'import-statement');
  const inputs = [first, ...statics.map(({ path }) => metafile.outputs[path])].flatMap((output) =>
    Object.keys(output?.inputs ?? {}),
  );
  expect(inputs).toContain('src/tui/first-prompt.ts');
  expect(inputs.filter((path) => path.startsWith('node_modules'))).toEqual([]);
});
