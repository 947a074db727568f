/** A folder that a tool chain lives in. */
export type KnownChain = {
  /** Below home. */
  readonly at?: string;
  /** The variable that says where it is, where that is elsewhere. */
  readonly moved?: string;
  /** Only these of it; all of it where there are none. */
  readonly parts?: readonly string[];
};

/** What each of them downloads and runs; not what they are told about a person's accounts. */
export const KNOWN_CHAINS: readonly KnownChain[] = [
  // Several languages
  { at: '.asdf', moved: 'ASDF_DATA_DIR' },
  { at: '.local/share/mise', moved: 'MISE_DATA_DIR' },
  { at: '.local/share/rtx' },
  { at: '.proto', parts: ['bin', 'shims', 'tools'] },
  { at: '.nix-profile' },
  { at: '.local/state/nix', parts: ['profiles', 'profile'] },
  { at: '.cache/pre-commit' },
  // Node
  { at: '.nvm', moved: 'NVM_DIR' },
  { at: '.fnm', moved: 'FNM_DIR' },
  { at: '.local/share/fnm' },
  { at: '.volta', moved: 'VOLTA_HOME', parts: ['bin', 'tools'] },
  { at: '.nodenv', moved: 'NODENV_ROOT' },
  { at: '.n', moved: 'N_PREFIX', parts: ['bin', 'lib', 'n', 'include'] },
  { at: '.npm-global' },
  { at: '.npm-packages' },
  { at: '.local/share/pnpm', moved: 'PNPM_HOME' },
  { at: '.yarn', parts: ['berry', 'bin'] },
  { at: '.cache/node', parts: ['corepack'] },
  { at: '.cache/ms-playwright', moved: 'PLAYWRIGHT_BROWSERS_PATH' },
  { at: '.cache/puppeteer' },
  { at: '.cache/Cypress' },
  // Deno, Bun
  { at: '.deno', moved: 'DENO_INSTALL', parts: ['bin'] },
  { at: '.cache/deno', moved: 'DENO_DIR' },
  { at: '.bun', moved: 'BUN_INSTALL', parts: ['bin', 'install'] },
  // Python
  { at: '.pyenv', moved: 'PYENV_ROOT' },
  { at: '.local', parts: ['bin', 'lib/python3*'] },
  { at: '.local/pipx', moved: 'PIPX_HOME' },
  { at: '.local/share', parts: ['pipx', 'uv/python', 'uv/tools', 'virtualenv*', 'hatch/env'] },
  { at: '.virtualenvs', moved: 'WORKON_HOME' },
  { at: '.cache/pypoetry', parts: ['virtualenvs'] },
  { at: '.rye', parts: ['shims', 'py', 'tools', 'self', 'uv'] },
  { at: '.conda', parts: ['envs', 'pkgs'] },
  { at: 'miniconda3' },
  { at: 'anaconda3' },
  { at: 'miniforge3' },
  { at: 'mambaforge' },
  { at: 'micromamba', moved: 'MAMBA_ROOT_PREFIX' },
  // Rust
  { at: '.rustup', moved: 'RUSTUP_HOME' },
  { at: '.cargo', moved: 'CARGO_HOME', parts: ['bin', 'registry', 'git'] },
  // Go
  { at: 'go', moved: 'GOPATH', parts: ['bin', 'pkg'] },
  { at: 'sdk', parts: ['go*'] },
  { at: '.goenv', moved: 'GOENV_ROOT' },
  { at: '.gvm' },
  // Java and its relatives
  { at: '.sdkman', moved: 'SDKMAN_DIR', parts: ['candidates', 'bin', 'libexec'] },
  { at: '.m2', parts: ['repository', 'wrapper'] },
  { at: '.gradle', moved: 'GRADLE_USER_HOME', parts: ['wrapper'] },
  { at: '.jenv' },
  { at: '.jabba', parts: ['jdk'] },
  { at: '.jdks' },
  { at: '.cache/coursier' },
  { at: '.local/share/coursier' },
  // Ruby
  { at: '.rbenv', moved: 'RBENV_ROOT' },
  { at: '.rvm' },
  { at: '.rubies' },
  { at: '.gem', parts: ['ruby', 'bin'] },
  { at: '.local/share/gem', parts: ['ruby'] },
  // Wherever they are
  { moved: 'VIRTUAL_ENV' },
  { moved: 'CONDA_PREFIX' },
  { moved: 'GOROOT' },
  { moved: 'JAVA_HOME' },
  { moved: 'ANDROID_HOME' },
  { moved: 'DOTNET_ROOT' },
  // Others
  { at: '.dotnet' },
  { at: '.nuget', parts: ['packages'] },
  { at: '.phpenv' },
  { at: '.composer', parts: ['vendor'] },
  { at: '.config/composer', parts: ['vendor'] },
  { at: '.ghcup' },
  { at: '.cabal', parts: ['bin', 'packages', 'store'] },
  { at: '.stack', parts: ['programs', 'snapshots', 'pantry'] },
  { at: '.opam' },
  { at: '.elan' },
  { at: '.juliaup' },
  { at: '.julia', parts: ['juliaup', 'packages', 'artifacts', 'compiled', 'registries'] },
  { at: '.mix', parts: ['archives', 'elixir'] },
  { at: '.kiex' },
  { at: '.pub-cache', parts: ['bin', 'hosted', 'global_packages'] },
  { at: '.swiftly' },
  { at: '.local/share/swiftly' },
  { at: '.zvm' },
  { at: '.plenv' },
  { at: '.perlbrew' },
  { at: 'perl5' },
];
