"""Tries every way it knows to change something beside the workspace.

argv: the folder outside, of a name that is nobody else's, and a word that names what it makes. Says which ways seemed to work."""
import ctypes, os, sys

outside, word = sys.argv[1], sys.argv[2]
libc = ctypes.CDLL(None, use_errno=True)
beside = '../' + os.path.basename(outside)
did = []


def attempt(name, act):
    try:
        act()
        did.append(name)
    except (OSError, ValueError) as error:
        print('no', name, error, file=sys.stderr)


def put(path, text='x'):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    os.write(fd, text.encode())
    os.close(fd)


def mount(source, target, kind, flags):
    if libc.mount(source.encode(), target.encode(), kind, flags, None) != 0:
        raise OSError(ctypes.get_errno(), 'mount')


there = f'{outside}/{word}'
attempt('absolute', lambda: put(f'{there}-absolute'))
attempt('dotdot', lambda: put(f'{beside}/{word}-dotdot'))
attempt('link made before', lambda: put(f'link-out/{word}-link'))
attempt('file link made before', lambda: put('link-file', 'changed'))
attempt('link made here', lambda: (os.symlink(outside, 'made-link'), put(f'made-link/{word}-made')))
for pid in [p for p in os.listdir('/proc') if p.isdigit()] + ['self', 'thread-self']:
    attempt(f'root of {pid}', lambda: put(f'/proc/{pid}/root{there}-root-{pid}'))
    attempt(f'cwd of {pid}', lambda: put(f'/proc/{pid}/cwd/{beside}/{word}-cwd-{pid}'))
    for fd in os.listdir(f'/proc/{pid}/fd') if os.access(f'/proc/{pid}/fd', os.R_OK) else []:
        attempt(f'fd {fd} of {pid}', lambda: put(f'/proc/{pid}/fd/{fd}/{beside}/{word}-fd'))
        attempt(f'in fd {fd} of {pid}', lambda: put(f'/dev/fd/{fd}{there}-in-fd'))
attempt('truncate', lambda: os.truncate(f'{outside}/file', 0))
attempt('unlink', lambda: os.unlink(f'{outside}/other'))
attempt('chmod', lambda: os.chmod(f'{outside}/file', 0o777))
attempt('times', lambda: os.utime(f'{outside}/file', (1, 1)))
attempt('attribute', lambda: os.setxattr(f'{outside}/file', 'user.tc', b'x'))
attempt('rename out', lambda: (put('carry'), os.rename('carry', f'{there}-renamed')))
attempt('link out', lambda: (put('carry2'), os.link('carry2', f'{there}-linked')))
attempt('link in', lambda: (os.link(f'{outside}/file', 'linked-in'), put('linked-in', 'changed')))
attempt('pipe', lambda: os.mkfifo(f'{there}-pipe'))
attempt('device', lambda: os.mknod(f'{there}-device', 0o20666, os.makedev(1, 3)))
attempt('no name', lambda: os.open(outside, os.O_TMPFILE | os.O_WRONLY))
attempt('bind', lambda: (os.mkdir('point'), mount(outside, 'point', None, 4096), put(f'point/{word}-bind')))
attempt('rw again', lambda: mount('none', outside, None, 32 | 4096))
attempt('rw all again', lambda: mount('none', '/', None, 32 | 4096))
attempt('rw', lambda: put(f'{there}-rw'))
attempt('up the tree', lambda: (os.chdir('..'), os.chdir(os.path.basename(outside)), put(f'{word}-up')))
for folder in ('/tmp', '/var/tmp', '/dev/shm', '/usr', '/etc', '/run'):
    attempt(f'in {folder}', lambda: put(f'{folder}/{word}-shared'))
print('\n'.join(did))
