import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../../src/adapters/processes/cage/child-environment.ts';

const request = { env: {}, rung: 'L0', hasTerminal: false } as const;

describe('the variables of a program', () => {
  it('are those that programs need, and where their tools are', () => {
    const own = {
      ...{ PATH: '/usr/bin', HOME: '/home/ada', LANG: 'de_DE.UTF-8', LC_ALL: 'C', TZ: 'UTC' },
      ...{ JAVA_HOME: '/opt/jdk', RUSTUP_HOME: '/opt/rustup', TMPDIR: '/var/tmp' },
    };
    expect(childEnvironment(own, request)).toEqual({ ...own, TERM: 'dumb' });
  });

  it('hold no secret, and nothing that loads code into every program', () => {
    const own = {
      ...{ GITHUB_TOKEN: 'x', AWS_SECRET_ACCESS_KEY: 'x', SSH_AUTH_SOCK: '/run/agent' },
      ...{ LD_PRELOAD: 'x', NODE_OPTIONS: 'x', PYTHONPATH: 'x', BASH_ENV: 'x', GIT_DIR: 'x' },
      ...{ LC_secret: 'x', XDG_RUNTIME_DIR: '/run/user/1', DBUS_SESSION_BUS_ADDRESS: 'x' },
    };
    expect(childEnvironment(own, request)).toEqual({ TERM: 'dumb' });
  });

  it('lead to no program by a relative path', () => {
    const own = { PATH: '.:/usr/bin:node_modules/.bin::~/bin:/bin' };
    expect(childEnvironment(own, request).PATH).toBe('/usr/bin:/bin');
  });

  it('name the temporary folder that the cage has', () => {
    const own = { TMPDIR: '/var/folders/x' };
    for (const rung of ['L2', 'L3'] as const) {
      expect(childEnvironment(own, { ...request, rung }).TMPDIR).toBe('/tmp');
    }
    expect(childEnvironment(own, { ...request, rung: 'L1' }).TMPDIR).toBe('/var/folders/x');
  });

  it('say what terminal there is', () => {
    expect(childEnvironment({ TERM: 'foot' }, request).TERM).toBe('dumb');
    const said = childEnvironment({ TERM: 'foot' }, { ...request, hasTerminal: true });
    expect(said.TERM).toBe('xterm-256color');
  });

  it('are what the request says, whatever that is', () => {
    const env = { PATH: '/opt/bin', TERM: 'vt100', API_TOKEN: 'of the step', LD_PRELOAD: 'x' };
    expect(childEnvironment({ PATH: '/usr/bin', API_TOKEN: 'own' }, { ...request, env })).toEqual(
      env,
    );
  });
});
