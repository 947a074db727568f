import fc from 'fast-check';

// Every run tries the same values; TINYCODE_SEED=$RANDOM tries others.
fc.configureGlobal({ seed: Number(process.env.TINYCODE_SEED ?? 1) });

export { fc };
