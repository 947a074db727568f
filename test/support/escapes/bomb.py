"""Takes more and more of one thing, up to a bound of its own. argv: what, how many steps."""
import ctypes, mmap, os, sys, time

what, most = sys.argv[1], int(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
MB = 1 << 20
held = []
children = []


def fork():
    pid = os.fork()
    if pid:
        children.append(pid)
    return pid


def leave_group():
    for line in open('/proc/self/cgroup'):
        for folder in ('/sys/fs/cgroup/' + line.split(':')[1], '/sys/fs/cgroup'):
            try:
                with open(folder + '/cgroup.procs', 'w') as file:
                    file.write('0')
                break
            except OSError:
                pass


def step(n):
    if what == 'forks':
        if fork() == 0:
            time.sleep(20)
            os._exit(0)
    elif what == 'memory':
        held.append(b'x' * MB)
    elif what.startswith('memory of many'):
        if n == 0 and what.endswith('elsewhere'):
            leave_group()
        if n % 20 == 0:
            if fork() == 0:
                mine = [b'x' * MB for _ in range(20)]
                time.sleep(20)
                os._exit(len(mine) & 1)
        time.sleep(0.03)
    elif what == 'shared memory':
        piece = mmap.mmap(-1, MB)
        piece.write(b'x' * MB)
        held.append(piece)
        time.sleep(0.01)
    elif what == 'memory without a process':
        # Attached, filled and let go: it stays, and no process has it.
        number = libc.shmget(0, MB, 0o1600)
        if number < 0:
            raise OSError(ctypes.get_errno(), 'shmget')
        libc.shmat.restype = ctypes.c_void_p
        at = libc.shmat(number, None, 0)
        ctypes.memset(at, 120, MB)
        libc.shmdt(ctypes.c_void_p(at))
        time.sleep(0.01)
    elif what == 'memory files':
        fd = os.memfd_create('x')
        os.write(fd, b'x' * MB)
        held.append(fd)
        time.sleep(0.01)
    elif what == 'one file':
        with open('big', 'ab') as file:
            file.write(b'x' * MB)
    elif what == 'files':
        with open(f'file{n}', 'wb') as file:
            file.write(b'x' * MB)
        time.sleep(0.02)
    elif what == 'files without a name':
        fd = os.open('.', os.O_TMPFILE | os.O_RDWR)
        os.write(fd, b'x' * MB)
        held.append(fd)
        time.sleep(0.02)
    elif what == 'temporary files':
        places = [p for p in ('/tmp', '/var/tmp', '/dev/shm', os.environ['HOME']) if os.access(p, os.W_OK)]
        with open(f'{places[n % len(places)]}/tcescape-{os.getppid()}-{n}', 'wb') as file:
            file.write(b'x' * MB)
        time.sleep(0.02)
    elif what == 'open files':
        held.append(open('/dev/null'))
    elif what == 'output':
        os.write(1 + n % 2, b'x' * MB)
    elif what == 'processors':
        if fork() == 0:
            while True:
                pass
        time.sleep(0.5)
    elif what == 'sparse file':
        os.truncate(os.open('sparse', os.O_CREAT | os.O_RDWR), (n + 1) * 1000 * MB)
    else:
        raise SystemExit('what?')


for n in range(most):
    try:
        step(n)
    except (OSError, MemoryError, ValueError) as error:
        print('stopped at', n, error, flush=True)
        sys.exit(3)
    if what != 'output':
        print('step', n, flush=True)
print('all of it', flush=True)
time.sleep(0.7)
for child in children:
    os.kill(child, 9)
