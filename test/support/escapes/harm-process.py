"""Goes for a process outside. argv: its pid, a word of its command line, a word in its memory."""
import ctypes, os, signal, sys

pid, word, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3]
libc = ctypes.CDLL(None, use_errno=True)


def call(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def read_memory(one):
    with open(f'/proc/{one}/maps') as maps, open(f'/proc/{one}/mem', 'rb') as memory:
        for line in maps:
            if '[heap]' not in line:
                continue
            start, end = (int(x, 16) for x in line.split()[0].split('-'))
            memory.seek(start)
            if secret.encode() in memory.read(end - start):
                return
    raise OSError(0, 'not there')


def attempt(name, act):
    try:
        act()
        print('did', name)
    except (OSError, ValueError) as error:
        print('no', name, error, file=sys.stderr)


me = {os.getpid(), os.getppid()}
named = []
for one in [int(p) for p in os.listdir('/proc') if p.isdigit()]:
    try:
        text = open(f'/proc/{one}/cmdline').read()
    except OSError:
        continue
    if word in text and 'harm-process' not in text:
        named.append(one)
for one in named:
    print('saw', one)
    attempt('environ', lambda: open(f'/proc/{one}/environ').read().index('SECRET'))
    attempt('memory', lambda: read_memory(one))
    attempt('ptrace', lambda: (call(libc.ptrace(16, one, 0, 0)), os.waitpid(one, 0), call(libc.ptrace(17, one, 0, 0))))
    attempt('pidfd', lambda: os.pidfd_open(one))
    attempt('limits', lambda: __import__('resource').prlimit(one, 7, (5, 5)))
    attempt('priority', lambda: os.setpriority(os.PRIO_PROCESS, one, 19))
    attempt('affinity', lambda: os.sched_setaffinity(one, {0}))
    attempt('oom', lambda: open(f'/proc/{one}/oom_score_adj', 'w').write('1000'))
    attempt('kill', lambda: os.kill(one, signal.SIGKILL))
print('over')
