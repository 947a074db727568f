declare const TINYCODE_VERSION: string;

const argv = process.argv.slice(2);

// The version is asked for by scripts in loops: it waits for nothing else.
if (argv.length === 1 && argv[0] === '--version') {
  process.stdout.write(`tinycode ${TINYCODE_VERSION}\n`);
} else {
  const { start } = await import('./wire/start.ts');
  await start({ argv, version: TINYCODE_VERSION });
}
