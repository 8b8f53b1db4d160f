/** Headers of C, POSIX, Linux and the compiler: no package brings them. A name without an ending is C++'s own. */
const C = `assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbit
stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype`;
const POSIX = `aio alloca ar argp byteswap cpio crypt dirent dlfcn elf endian err error execinfo fcntl features fmtmsg fnmatch fts ftw getopt
glob grp iconv ifaddrs langinfo libgen libintl link lastlog malloc memory mntent monetary mqueue ndbm netdb nl_types nss obstack paths poll
pthread pty pwd regex resolv sched search semaphore shadow spawn strings stropts sysexits syslog tar termio termios tgmath ucontext ulimit
unistd utime utmp utmpx values wait wordexp cpuid immintrin emmintrin xmmintrin smmintrin tmmintrin nmmintrin pmmintrin wmmintrin x86intrin
arm_neon omp quadmath unwind mcheck printf thread_db ttyent vfork windows winsock2 ws2tcpip io direct process conio`;
const NAMES = new Set(`${C} ${POSIX}`.split(/\s+/).map((name) => `${name}.h`));

export function isStandard(header: string): boolean {
  return (
    NAMES.has(header) ||
    !/[./]/.test(header) ||
    /^(sys|net|netinet|netpacket|arpa|linux|asm|asm-generic|bits|rpc|scsi|mach|mach-o|experimental|ext|tr1|misc|mtd|sound|rdma|CoreFoundation|Security|SystemConfiguration)\//.test(
      header,
    )
  );
}
